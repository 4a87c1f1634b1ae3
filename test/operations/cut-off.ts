import type { Ledger } from '../../src/ledger/contract.ts'
import { guardCodes } from '../../src/engine/guards/index.ts'
import type { JournalEntry } from '../../src/model/journal.ts'
import type { SavedPlan } from '../../src/model/plan.ts'
import { lockRun, type ApplyOptions } from '../../src/operations/apply.ts'
import { acmeIds, folderWith, planned, policy } from './acme-documents.ts'
import { start, valueOf, type Started, type StartOptions } from './start.ts'

export const jira = 'ari:cloud:jira::site/3f2a0c1e-0000-4000-8000-000000000001'
export const confluence = 'ari:cloud:confluence::site/3f2a0c1e-0000-4000-8000-000000000001'

export const allowlist = (name: string, rest: string): string => `kind: IpAllowlist\nname: ${name}\n${rest}`

/** One step of each sort: a move, accounts that lose their access, an allowlist that is made and one that is changed. */
export const everySort: readonly string[] = [
  policy(
    'Contractors and break-glass',
    `id: ${acmeIds.contractors}\ndirectory: local\nmembers: { accounts: [owen.price@acme.com, petra.vogel@acme.com] }`,
  ),
  policy('Local accounts', `id: ${acmeIds.local}\ndirectory: local\ndefault: true`),
  'kind: ExternalUserPolicy\nname: external\naccess: { allowedDomains: [partner.example, freelance.example, acme-emergency.example], onViolation: suspend }',
  allowlist('New', `ranges: [192.0.2.1]\nenabled: false\nresources: ["${jira}", "${confluence}"]`),
  allowlist('Office and VPN', 'ranges: [203.0.113.0/24, "2001:db8::/48"]'),
]

/** An organization with these documents, in which no guard stands in the way: guards have tests of their own. */
export async function begun(documents = everySort, options: StartOptions = {}) {
  const started = await start({ allow: guardCodes, ...options })
  const folder = await folderWith(...documents)
  return { started, folder }
}

/** Thrown where a run dies: no error that the program knows, so that nothing of it goes on. */
export const death = new Error('the process dies here')

/** A ledger whose every write goes through a function. */
export const watched = (ledger: Ledger, write: (work: () => Promise<void>) => Promise<void>): Ledger => ({
  ...ledger,
  update: (section, change) => write(() => ledger.update(section, change)),
  journal: { ...ledger.journal, append: (run, entries) => write(() => ledger.journal.append(run, entries)) },
  records: { ...ledger.records, write: (kind, run, text) => write(() => ledger.records.write(kind, run, text)) },
})

/** The ledger of a run that dies at its nth write, either before that is durable or right after. */
export function dying(ledger: Ledger, nth: number, when: 'before' | 'after'): Ledger {
  let writes = 0
  return watched(ledger, async work => {
    writes += 1
    if (writes > nth || (writes === nth && when === 'before')) throw death
    await work()
    if (writes === nth) throw death
  })
}

/** The ledger of a run that dies right after a line of its journal. */
export const dyingAfter = (ledger: Ledger, last: (entry: JournalEntry) => boolean): Ledger => ({
  ...ledger,
  journal: {
    ...ledger.journal,
    append: async (run, entries) => {
      await ledger.journal.append(run, entries)
      if (entries.some(last)) throw death
    },
  },
})

/** Makes the holder of the lock a process that is gone: as if the number of this one had been given anew since. */
export const die = (ledger: Ledger): Promise<void> =>
  ledger.update('lock', before => {
    const { holder = null } = before ?? {}
    const { process: identity } = holder ?? {}
    return {
      holder: holder && {
        ...holder,
        ...(identity === undefined ? { pid: 2 ** 22 + 1 } : { process: identity.replace(/[^/]*$/, '0') }),
      },
    }
  })

/** Applies a folder as the command does: under the lock it closes what was cut off, then plans, then carries out. */
export async function applyFolder(started: Started, folder: string, changes: Partial<ApplyOptions> = {}) {
  const { ledger, now } = started
  const { connection = started.connection } = changes
  const run = changes.run ?? 'again'
  const origin = { command: 'apply', by: 'bob', version: '0.0.0' }
  const locked = await lockRun({ connection, origin }, { command: 'apply', owner: 'bob', run, now, ledger })
  const lock = valueOf(locked)
  const plan = await planned(started, folder)
  const applied = await started.apply(plan, { run, origin, lock, ...changes })
  await lock.release()
  return { locked, plan, applied }
}

export const stepsOf = ({ steps }: SavedPlan) => steps.filter(({ channel }) => channel === 'api')

/** The lines of a journal as `type`, then the request or the end of the step. */
export const lines = (entries: readonly JournalEntry[]): readonly string[] =>
  entries.map(entry =>
    entry.type === 'step'
      ? `step ${entry.result.status}`
      : 'request' in entry
        ? `${entry.type} ${entry.step.split('/')[1]} ${entry.request}`
        : entry.type,
  )

/** Everything that the organization holds and an apply can change. */
export const organizationNow = ({ simulator }: Started) => ({
  policies: Object.fromEntries(simulator.state.accounts.list.map(({ email, policyId }) => [email, policyId])),
  statuses: Object.fromEntries(
    simulator.state.accounts.list.map(({ email, membershipStatus }) => [email, membershipStatus]),
  ),
  allowlists: simulator.state.controlPolicies
    .map(({ name, status, rule, resources }) => ({
      name,
      status,
      // Left out it means the same.
      rule: { allowMobileBypass: false, ...rule },
      resources: resources.map(({ id }) => id).sort(),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1)),
})
