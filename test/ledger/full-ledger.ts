import type { LockHolder, Sections } from '../../src/ledger/contract.ts'
import { LedgerError } from '../../src/ledger/ledger-error.ts'
import type { JournalEntry } from '../../src/model/journal.ts'
import type { SavedPlan } from '../../src/model/plan.ts'

export const at = '2026-11-24T08:00:00.000Z'

/** A holder of the lock; its process is not this one. */
export const holderOf = (run: string, more: Partial<LockHolder> = {}): LockHolder => ({
  run,
  command: 'apply',
  owner: 'alice',
  host: 'ci-3',
  pid: 4711,
  at,
  ...more,
})

/** Content of every section, with every member. */
export const full: Sections = {
  organization: { id: '96c9b91d-3eab-41b4-9d9c-09eb84db70cf', name: 'acme “ünï”' },
  evidence: {
    facts: [
      {
        address: { kind: 'ExternalUserPolicy', name: 'test' },
        path: 'testUsers',
        value: ['a@x.example'],
        from: 'attestation',
        at,
        by: 'alice',
      },
    ],
  },
  exports: { members: { at, policies: { P: ['a@acme.com'] } } },
  bindings: { policies: { P: 'id' } },
  'last-applied': {
    run: 'r',
    at,
    digest: 'd',
    documents: { 'IpAllowlist/O': { kind: 'IpAllowlist' } },
    policyOf: { i: 'P' },
  },
  suspensions: { accounts: { i: { email: 'a@x.example', at, run: 'r' } } },
  declarations: { seen: { 'identityProviders/okta/enforcesMfa=true': at } },
  checks: {
    checks: [{ at, totals: { accounts: 1, managed: 1, external: 0 }, levels: { none: 1 } }],
    externals: ['i'],
  },
  drift: { lastCompleteAt: at, seen: ['i'], reading: { of: 'd', through: at, handled: ['e'] } },
  reading: {
    organization: '96c9b91d-3eab-41b4-9d9c-09eb84db70cf',
    fullAt: at,
    run: 'r',
    requests: 9,
    counts: { managed: 1, unmanaged: 0, twoStep: 0 },
    answers: 'H4sI',
  },
  audit: {
    through: at,
    events: [{ id: 'e', at, subject: { kind: 'IpAllowlist', what: 'settings' }, context: [] }],
  },
  lock: { holder: holderOf('r-1', { process: 'boot/ns/1' }) },
  runs: { head: { run: 'r-0', digest: 'd' }, open: 'r-1' },
  approvals: {
    approvals: [{ digest: 'd', approver: 'alice', at, expiresAt: at }],
    codes: { alice: { lastStep: 59_000_000, wrong: 5, pausedUntil: at }, bob: { wrong: 0 } },
  },
}

/** One entry of each type; the plan in the first is not looked at by a ledger. */
export const entries: readonly JournalEntry[] = [
  { type: 'begin', at, run: 'r-1', by: 'alice “ünï”\n', plan: {} as SavedPlan, remember: true },
  { type: 'sending', at, step: 's', request: 0 },
  { type: 'accepted', at, step: 's', request: 0, taskId: 't' },
  { type: 'sending', at, step: 's', request: 1 },
  { type: 'refused', at, step: 's', request: 1, code: 'org/refused', carriedOut: 'no' },
  { type: 'step', at, result: { id: 's', status: 'failed' }, refused: ['a@acme.com'], after: 'h' },
  { type: 'end', at },
]

/** The diagnostic that a promise ends with; undefined where it does not. */
export async function problemOf(work: Promise<unknown>) {
  try {
    await work
  } catch (error) {
    if (error instanceof LedgerError) return error.diagnostic
    throw error
  }
  return undefined
}

/** The code of the problem that a promise ends with. */
export const codeOf = async (work: Promise<unknown>): Promise<string> => (await problemOf(work))?.code ?? 'none'
