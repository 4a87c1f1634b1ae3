import type { LastApplied, Ledger } from '../ledger/contract.ts'
import type { SavedPlan } from '../model/plan.ts'
import type { StepResult } from '../model/reports.ts'
import { claimLedger } from './claim-ledger.ts'

/**
 * Remembers what is now governed: the documents, and the policy of every claimed account. What a failed step should have changed stays recorded as it
 * was before, so that it is not taken for somebody else's change later.
 */
export async function recordApply(
  ledger: Ledger,
  plan: SavedPlan,
  results: ReadonlyMap<string, StepResult>,
  { run, now }: { readonly run: string; readonly now: () => Date },
): Promise<void> {
  await claimLedger(ledger, plan.organization)
  await ledger.update('bindings', before => ({ policies: { ...before?.policies, ...plan.desired.ids } }))
  await ledger.update('last-applied', before => ({
    run,
    at: now().toISOString(),
    digest: plan.digest,
    documents: documents(plan, results, before),
    policyOf: policies(plan, results, before),
  }))
}

function documents(
  { steps, desired }: SavedPlan,
  results: ReadonlyMap<string, StepResult>,
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
  results: ReadonlyMap<string, StepResult>,
  before: LastApplied | undefined,
): LastApplied['policyOf'] {
  const policyOf: Record<string, string> = { ...desired.policyOf }
  for (const { id, action, accounts = [] } of steps) {
    if (action !== 'move' || !unfinished(results.get(id))) continue
    for (const {
      account: { accountId },
    } of accounts) {
      if (accountId === undefined) continue
      const previous = before?.policyOf[accountId]
      if (previous === undefined) Reflect.deleteProperty(policyOf, accountId)
      else policyOf[accountId] = previous
    }
  }
  return policyOf
}

const unfinished = (result: StepResult | undefined): boolean => result?.status !== 'done'
