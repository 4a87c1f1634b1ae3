import { expect } from 'vitest'
import type { SavedPlan } from '../../src/model/plan.ts'
import { revert, type RevertOptions } from '../../src/operations/revert.ts'
import { acmeIds, folderWith, planned, policy } from './acme-documents.ts'
import { begun, organizationNow } from './cut-off.ts'
import { codesOf, valueOf, type Started } from './start.ts'

/** The plan that undoes a run. */
export const undo = async (started: Started, run: string, changes: Partial<RevertOptions> = {}) => {
  const { connection, ledger } = started
  return revert({ connection, ledger, now: started.now(), allow: [], run, ...changes })
}

export const local = policy('Local accounts', `id: ${acmeIds.local}\ndirectory: local\ndefault: true`)
export const contractors = (accounts: string): string =>
  policy(
    'Contractors and break-glass',
    `id: ${acmeIds.contractors}\ndirectory: local\nmembers: { accounts: [${accounts}] }`,
  )
export const external = (domains: string): string =>
  `kind: ExternalUserPolicy\nname: external\naccess: { allowedDomains: [${domains}], onViolation: suspend }`

/** Applies some documents and then others, as two runs. */
export async function twice(first: readonly string[], second: readonly string[]) {
  const { started, folder } = await begun(first)
  valueOf(await started.apply(await planned(started, folder)))
  const before = organizationNow(started)
  const next = await folderWith(...second)
  const plan = await planned(started, next)
  const applied = await started.apply(plan)
  expect(codesOf(applied)).toEqual([])
  return { started, before, folder: next, plan }
}

/** What a plan does, whatever ids the objects have by now. */
export const shape = ({ steps }: SavedPlan) =>
  steps.map(({ id, changes, accounts = [], requests = [] }) => ({
    id,
    changes,
    accounts: accounts.map(({ account, from }) => [account.email, from]),
    requests: requests.map(({ path, ...rest }) => ({
      ...rest,
      path: path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}$/, 'ID'),
    })),
  }))

/** The domains of all external accounts. */
export const everyone = 'partner.example, agency.example, freelance.example, acme-emergency.example'
