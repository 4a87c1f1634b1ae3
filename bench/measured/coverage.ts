// Coverage of 100,000 accounts in one process: loads them from a simulator in another process, then measures. Prints one JSON line. Run by bench/rows/coverage.ts.
import { isCounted } from '../../src/coverage/gaps.ts'
import { reportOf } from '../../src/coverage/report.ts'
import { requirementResult } from '../../src/coverage/requirements.ts'
import { connect } from '../../src/operations/connection.ts'
import { readLedger } from '../../src/operations/ledger-state.ts'
import { measure } from '../../src/operations/measure.ts'
import { openLedger } from '../../src/operations/open-ledger.ts'
import { readLive } from '../../src/operations/read-live.ts'
import { loadFolder } from '../../src/operations/validate.ts'
import { turnBy } from '../../src/engine/rollout.ts'
import { sha256 } from '../../src/operations/hash.ts'
import { resolveMembership } from '../../src/engine/membership.ts'

const [folder = '', apiUrl = '', apiKey = '', ledgerFolder = ''] = process.argv.slice(2)
const { gc } = globalThis as { gc?: () => void }
if (gc === undefined) throw new Error('run it with --expose-gc')

const settledHeap = async (): Promise<number> => {
  for (let round = 0; round < 3; round++) {
    gc()
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  return process.memoryUsage().heapUsed
}

const now = new Date()
const loaded = await loadFolder(folder, now, 'kept')
const opened = openLedger(ledgerFolder, path => path)
if (!loaded.result.ok || !opened.ok) throw new Error('the policy folder or the ledger cannot be read')
const desired = loaded.result.value
const connection = { apiUrl, apiKey, consoleUrl: 'https://admin.atlassian.com' }
const client = await connect(connection, desired.organization.spec.id, 'read')
await client.organization()
const base = await settledHeap()

const began = performance.now()
const state = await readLedger(opened.value)
const read = await readLive(client, desired, state, now)
const loading = performance.now() - began
if (!read.ok) throw new Error(read.diagnostics.map(({ code }) => code).join(', '))
const { live, bindings } = read.value
const loadedHeap = await settledHeap()

const compute = () => {
  const start = performance.now()
  const { claimed } = resolveMembership({
    policies: desired.AuthenticationPolicy,
    live,
    ids: bindings.ids,
    recorded: new Map(),
    staging: { turn: turnBy(sha256), breakGlass: new Set(), isPartial: false },
  })
  const membership = performance.now() - start
  const measured = measure(desired, live, state, { claimed, steps: [] })
  const results = measured.requirements.map(requirement =>
    requirementResult(requirement, measured.rows, 'now', span => loaded.places.source(span)),
  )
  const assessed = performance.now() - start - membership
  const organization = { id: live.organization.id, name: live.organization.name }
  const report = reportOf({
    ...measured,
    desired,
    activity: live.activity,
    domains: live.domains,
    organization,
    results,
    checks: [],
    seen: [],
    all: false,
  })
  return { measured, report, membership, assessed, whole: performance.now() - start - membership }
}
let cold: ReturnType<typeof compute> | undefined = compute()
const { measured } = cold
const told = {
  gaps: cold.report.gaps.length,
  membership: cold.membership,
  assessed: cold.assessed,
  whole: cold.whole,
}
// The report is printed and gone; what is kept is what every account was found to be.
cold = undefined
const measuredHeap = await settledHeap()
const warm = compute()
// The floor: what it costs just to parse as much JSON as the accounts came in.
const text = JSON.stringify([...live.accounts, ...live.externals])
const parsing = performance.now()
JSON.parse(text)
const parseMilliseconds = performance.now() - parsing
await client.close()

const accounts = live.accounts.length + live.externals.length
console.log(
  JSON.stringify({
    accounts,
    counted: measured.rows.filter(isCounted).length,
    gaps: told.gaps,
    loadingMilliseconds: loading,
    parseMilliseconds,
    membershipMilliseconds: told.membership,
    coldMilliseconds: told.whole,
    assessMilliseconds: told.assessed,
    warmMilliseconds: warm.whole,
    bytesPerAccountLoaded: (loadedHeap - base) / accounts,
    bytesPerAccountMeasured: (measuredHeap - base) / accounts,
  }),
)
