import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { failed, outcome, type Outcome } from '../diagnostics/outcome.ts'
import { wordsOf } from '../diagnostics/to-document.ts'
import { foldEmail } from '../model/account.ts'
import type { ApiRequest } from '../model/api-request.ts'
import type { SavedPlan, Step } from '../model/plan.ts'
import { bulkFetchBatch } from '../org/assumptions.ts'
import type { OrgClient } from '../org/client.ts'
import { attempt } from './attempt.ts'
import { changeAccess } from './change-access.ts'
import { lookUntilDone, type Wait } from './look-until-done.ts'

/** Sends the requests of one step in their order and follows each to its end. The first that fails ends the step. */
export async function runStep(
  client: OrgClient,
  step: Step,
  plan: SavedPlan,
  { wait, stop }: { readonly wait: Wait; readonly stop?: AbortSignal | undefined },
): Promise<Outcome<undefined>> {
  if (step.action === 'suspend' || step.action === 'restore') return changeAccess(client, step, { wait, stop })
  let createdId: string | undefined
  const refused: { readonly account: string; readonly why: string }[] = []
  const unfinished: string[] = []
  for (const request of step.requests ?? []) {
    const execution = await client.execute(filledIn(request, createdId))
    createdId ??= execution.createdId
    refused.push(
      ...execution.failures.map(({ email, status, title, detail }) => ({
        account: email,
        why: reason(status, title, detail),
      })),
    )
    if (execution.unfinished !== undefined) unfinished.push(execution.unfinished)
  }
  const diagnostics: Diagnostic[] = []
  const looked = await attempt(async () =>
    step.action === 'move' ? await stayed(client, step, plan, { refused, wait }) : [],
  )
  if (looked.ok) refused.push(...looked.value)
  // Everything was accepted; what became of it could not be seen.
  else
    diagnostics.push(
      diagnostic('apply/unfinished', {
        step: step.id,
        why: [...unfinished, ...looked.diagnostics.map(found => wordsOf(found).summary)].join('; '),
      }),
    )
  if (refused.length > 0)
    diagnostics.push(diagnostic('apply/accounts-refused', { policy: step.name, action: 'move', refused }))
  // A move whose end was not seen may be seen to have happened all the same.
  if (looked.ok && unfinished.length > 0 && (step.action !== 'move' || refused.length > 0)) {
    diagnostics.push(diagnostic('apply/unfinished', { step: step.id, why: unfinished.join('; ') }))
  }
  return diagnostics.length === 0 ? outcome(undefined, []) : failed(...diagnostics)
}

/** The id of what an earlier request of the step made goes into the path of the next ones. */
const filledIn = (request: ApiRequest, createdId: string | undefined): ApiRequest =>
  createdId === undefined
    ? request
    : { ...request, path: request.path.replace('{created}', encodeURIComponent(createdId)) }

const reason = (status: number | undefined, title: string | undefined, detail: string | undefined): string =>
  [status, title, detail].filter(part => part !== undefined && part !== '').join(' ') || 'no reason was given'

/** Reads back where the accounts are now: a move is done when it can be seen, not when it was accepted. */
async function stayed(
  client: OrgClient,
  step: Step,
  { desired }: SavedPlan,
  { refused, wait }: { readonly refused: readonly { readonly account: string }[]; readonly wait: Wait },
): Promise<readonly { readonly account: string; readonly why: string }[]> {
  const named = new Set(refused.map(({ account }) => foldEmail(account)))
  const target = desired.ids[step.name]
  const expected = (step.accounts ?? []).filter(({ account }) => !named.has(foldEmail(account.email)))
  const left = await lookUntilDone(expected, wait, async accounts => {
    const now = await policiesOf(
      client,
      accounts.flatMap(({ account: { accountId } }) => accountId ?? []),
    )
    return accounts.filter(
      ({ account: { accountId = '', email } }) =>
        target === undefined || (now.get(accountId) !== target && now.get(foldEmail(email)) !== target),
    )
  })
  return left.map(({ account, from }) => ({ account: account.email, why: `is still in \`${from}\`` }))
}

/** The policy that each account is in now, by account id where the answer has one, and by folded address. */
export async function policiesOf(
  client: OrgClient,
  accountIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const batches = Array.from({ length: Math.ceil(accountIds.length / bulkFetchBatch) }, (_, index) =>
    client.accountPolicies(accountIds.slice(index * bulkFetchBatch, (index + 1) * bulkFetchBatch)),
  )
  const answers = (await Promise.all(batches)).flat()
  return new Map(
    answers.flatMap(({ accountId, email, policyId }) => [
      ...(accountId === undefined ? [] : [[accountId, policyId] as const]),
      [foldEmail(email), policyId] as const,
    ]),
  )
}
