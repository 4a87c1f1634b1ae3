import { organizationIn } from '../kinds/organization-in.ts'
import type { LastApplied, Ledger } from '../ledger/contract.ts'
import { foldEmail } from '../model/account.ts'
import type { SavedPlan } from '../model/plan.ts'
import type { StepResult } from '../model/reports.ts'
import { claimLedger } from './claim-ledger.ts'
import { markRestored } from './suspensions.ts'
import { rememberDeclarations } from './remember-declarations.ts'

/** How the steps of a run ended, and the accounts that did not move though others of their step did: folded addresses, by the id of the step. */
export interface Ended {
  readonly results: ReadonlyMap<string, StepResult>
  readonly refused: ReadonlyMap<string, ReadonlySet<string>>
}

/**
 * What is governed once a run has ended: the documents, and the policy of every claimed account. What a failed step should have changed stays recorded as it was before, so that it is not taken
 * for somebody else's change later.
 */
export const lastAppliedBy = (
  plan: SavedPlan,
  ended: Ended,
  { run, at }: { readonly run: string; readonly at: string },
  before: LastApplied | undefined,
): LastApplied => ({
  run,
  at,
  digest: plan.digest,
  documents: documents(plan, ended, before),
  policyOf: policies(plan, ended, before),
})

/** Remembers what is now governed. Doing it twice does no harm. */
export async function recordApply(
  ledger: Ledger,
  plan: SavedPlan,
  ended: Ended,
  { run, now }: { readonly run: string; readonly now: () => Date },
): Promise<void> {
  await claimLedger(ledger, plan.organization)
  const organization = organizationIn(plan.desired.documents)
  if (organization !== undefined) await rememberDeclarations(ledger, organization, now())
  await markRestored(ledger, plan.desired.seenBack ?? [], now().toISOString())
  await rememberIds(ledger, plan)
  await ledger.update('last-applied', before => lastAppliedBy(plan, ended, { run, at: now().toISOString() }, before))
}

/** Remembers the ids of the declared policies, by name. */
export const rememberIds = (ledger: Ledger, { desired }: SavedPlan): Promise<void> =>
  ledger.update('bindings', before => ({ policies: { ...before?.policies, ...desired.ids } }))

function documents(
  { steps, desired }: SavedPlan,
  { results }: Ended,
  before: LastApplied | undefined,
): LastApplied['documents'] {
  const failedObjects = new Set(
    steps
      .filter(step => step.channel === 'api' && step.action !== 'move' && unfinished(results.get(step.id)))
      .map(({ kind, name }) => `${kind}/${name}`),
  )
  const kept = Object.entries(before?.documents ?? {}).filter(([address]) => failedObjects.has(address))
  return {
    ...Object.fromEntries(Object.entries(desired.documents).filter(([address]) => !failedObjects.has(address))),
    ...Object.fromEntries(kept),
  }
}

function policies(
  { steps, desired }: SavedPlan,
  { results, refused }: Ended,
  before: LastApplied | undefined,
): LastApplied['policyOf'] {
  const policyOf: Record<string, string> = { ...desired.policyOf }
  for (const { id, action, accounts = [] } of steps) {
    if (action !== 'move' || !unfinished(results.get(id))) continue
    const stayed = refused.get(id)
    for (const {
      account: { accountId, email },
    } of accounts) {
      // Where those that stayed are known by name, the others moved.
      if (accountId === undefined || (stayed !== undefined && !stayed.has(foldEmail(email)))) continue
      const previous = before?.policyOf[accountId]
      if (previous === undefined) Reflect.deleteProperty(policyOf, accountId)
      else policyOf[accountId] = previous
    }
  }
  return policyOf
}

const unfinished = (result: StepResult | undefined): boolean => result?.status !== 'done'
