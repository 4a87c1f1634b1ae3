import { diagnostic } from '../../diagnostics/diagnostic.ts'
import type { Outcome } from '../../diagnostics/outcome.ts'
import type { Ledger } from '../../ledger/contract.ts'
import { currentFormat } from '../../ledger/migrations.ts'
import { provesConditions } from '../../ledger/proven-conditions.ts'
import { s3Place } from '../../ledger/s3-place.ts'
import { s3Store } from '../../ledger/s3-store.ts'
import type { DoctorCheck } from '../../model/doctor-report.ts'
import { attempt } from '../attempt.ts'
import { refuseForeign } from '../claim-ledger.ts'
import { readLedger, type LedgerState } from '../ledger-state.ts'
import { lockHolder, type Holder } from '../unlock.ts'
import { because, failed, notChecked, ok, warning } from './check.ts'
import { folderProblem } from './folder-problem.ts'

/** What was found of the ledger, and what is in it where that can be read. */
export interface LedgerFound {
  readonly checks: readonly DoctorCheck[]
  readonly state?: LedgerState
}

export interface LedgerOptions {
  /** The id of the organization that the documents are of. */
  readonly organization: string | undefined
  readonly now: Date
}

/** Whether the ledger can be used: read, written, by whom it is held, whose it is. Nothing stays behind in it. `opened` may carry a warning about its place. */
export async function ledgerChecks(
  opened: Outcome<Ledger>,
  { organization, now }: LedgerOptions,
): Promise<LedgerFound> {
  if (!opened.ok)
    return {
      checks: [
        ...opened.diagnostics.map(found => because('ledger', 'failed', found)),
        notChecked('ledger-lock', 'the ledger cannot be used'),
      ],
    }
  const ledger = opened.value
  const [noticed] = opened.diagnostics
  const read = await attempt(async () => {
    // The sections that the state of a plan does not hold.
    await Promise.all([ledger.read('runs'), ledger.read('approvals')])
    const state = await readLedger(ledger)
    if (organization !== undefined) await refuseForeign(ledger, organization)
    return state
  })
  const written = read.ok ? await attempt(() => whyUnwritable(ledger.place)) : read
  if (!read.ok || !written.ok)
    return {
      checks: [
        ...(read.ok ? written : read).diagnostics.map(found => because('ledger', 'failed', found)),
        notChecked('ledger-lock', 'the ledger cannot be used'),
      ],
      ...(read.ok && { state: read.value }),
    }
  const state = read.value
  const { check: unwritable, note = '' } = written.value
  const summary = `${ledger.place}: ${whatIsThere(state)}, can be read and written${note}`
  return {
    checks: [
      unwritable ?? (noticed === undefined ? ok('ledger', summary) : because('ledger', 'warning', noticed)),
      await lockCheck(ledger, state, now),
    ],
    state,
  }
}

const whatIsThere = ({ organization }: LedgerState): string =>
  organization === undefined
    ? `nothing recorded yet, format ${currentFormat.version}`
    : `of the organization ${organization.name}, format ${currentFormat.version}`

/** What keeps the place from being written to. In a bucket nothing is left behind either: a server that honours conditions refuses what is asked of it. */
async function whyUnwritable(place: string): Promise<{ readonly check?: DoctorCheck; readonly note?: string }> {
  const bucket = s3Place(place)
  if (bucket === undefined) {
    const problem = await folderProblem(place)
    return problem === undefined
      ? {}
      : {
          check: failed(
            'ledger',
            `cannot write to ${place}: ${problem}`,
            'let this user write there, or name another place with POSTERN_LEDGER',
          ),
        }
  }
  const proven = await provesConditions(s3Store(bucket, process.env))
  return {
    note:
      proven === 'both'
        ? '; it honours conditional writes'
        : '; it honours If-Match, and the first write proves If-None-Match',
  }
}

/** Who holds the lock, or left a run without an end. */
async function lockCheck(ledger: Ledger, { open }: LedgerState, now: Date): Promise<DoctorCheck> {
  const found = await lockHolder(ledger)
  const [problem] = found.diagnostics
  if (!found.ok)
    return problem === undefined ? notChecked('ledger-lock', 'no answer') : because('ledger-lock', 'failed', problem)
  if (found.value !== null) return heldBy(found.value, now)
  return open === undefined
    ? ok('ledger-lock', 'nobody holds it')
    : because('ledger-lock', 'warning', diagnostic('apply/left-open', { run: open.run, by: open.by, at: open.at }))
}

function heldBy({ run, command, owner, host, pid, at, state }: Holder, now: Date): DoctorCheck {
  const minutes = Math.max(0, Math.round((now.getTime() - Date.parse(at)) / 60_000))
  const who = `${owner}: \`${command}\`, run ${run}, process ${pid} on ${host}, for ${minutes} min`
  switch (state) {
    case 'gone':
      return warning(
        'ledger-lock',
        `held by ${who}, which is gone`,
        'nothing: the next apply on this machine takes it over',
      )
    case 'alive':
      return warning('ledger-lock', `held by ${who}, which goes on`, 'wait until it ends')
    case 'elsewhere':
      return warning(
        'ledger-lock',
        `held by ${who}; whether that goes on cannot be seen from here`,
        'wait until it ends; where it surely died, `postern unlock` frees the lock',
      )
  }
}
