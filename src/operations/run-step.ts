import { diagnostic } from '../diagnostics/diagnostic.ts'
import { failed, outcome, type Outcome } from '../diagnostics/outcome.ts'
import { wordsOf } from '../diagnostics/to-document.ts'
import { foldEmail } from '../model/account.ts'
import type { ApiRequest } from '../model/api-request.ts'
import type { Step } from '../model/plan.ts'
import type { OrgClient } from '../org/client.ts'
import { attempt } from './attempt.ts'
import { changeAccess } from './change-access.ts'
import { lookUntilDone, type Wait } from './look-until-done.ts'
import { policiesOf } from './policies-of.ts'
import { seenAfter } from './seen-after.ts'
import { sendOne, type StepRun } from './send-one.ts'
import { targetOf } from './standing.ts'

/**
 * Sends the requests of one step in their order and follows each to its end. The first that fails ends the step. The value is the hash of the object it is about, as it was seen after it.
 */
export async function runStep(step: Step, run: StepRun): Promise<Outcome<string | undefined>> {
  if (step.action === 'suspend' || step.action === 'restore') return changeAccess(step, run)
  const { client, wait } = run
  let { createdId } = run
  const refused: Refused[] = []
  const unfinished: string[] = []
  for (const [index, request] of (step.requests ?? []).entries()) {
    if (run.left !== undefined && !run.left.has(index)) continue
    // Where it stands is seen by reading back, as after a failure.
    if (run.stop?.aborted === true) {
      unfinished.push('the run was interrupted')
      break
    }
    const sent = await sendOne(step, index, filledIn(request, createdId), run)
    if (!sent.ok) return sent
    createdId ??= sent.value.createdId
    refused.push(
      ...sent.value.failures.map(({ email, status, title, detail }) => ({
        account: email,
        why: reason(status, title, detail),
      })),
    )
    if (sent.value.unfinished !== undefined) unfinished.push(sent.value.unfinished)
  }
  const patience: Wait = run.stop?.aborted === true ? () => Promise.resolve() : wait
  if (step.action === 'move') return moved(step, { client, wait: patience, refused, unfinished })
  const seen = await attempt(() => seenAfter(client, step, patience))
  const why = [...unfinished, ...(seen.ok ? seen.value.left : seen.diagnostics.map(found => wordsOf(found).summary))]
  return why.length === 0
    ? outcome(seen.ok ? seen.value.after : undefined, [])
    : failed(diagnostic('apply/unfinished', { step: step.id, why: why.join('; ') }))
}

interface Refused {
  readonly account: string
  readonly why: string
}

/** A move is done when it can be seen, not when it was accepted. */
async function moved(
  step: Step,
  {
    client,
    wait,
    refused,
    unfinished,
  }: {
    readonly client: OrgClient
    readonly wait: Wait
    readonly refused: Refused[]
    readonly unfinished: readonly string[]
  },
): Promise<Outcome<undefined>> {
  const looked = await attempt(() => stayed(client, step, { refused, wait }))
  // Everything was accepted; what became of it could not be seen.
  if (!looked.ok) {
    const why = [...unfinished, ...looked.diagnostics.map(found => wordsOf(found).summary)].join('; ')
    return failed(
      diagnostic('apply/unfinished', { step: step.id, why }),
      ...(refused.length === 0 ? [] : [diagnostic('apply/accounts-refused', refusal(step, refused))]),
    )
  }
  // Where the move goes on, nobody refused it yet.
  const seen = unfinished.length === 0 ? 'is still' : 'was last seen'
  refused.push(...looked.value.map(({ account, from }) => ({ account, why: `${seen} in “${from}”` })))
  // A move whose end was not seen may be seen to have happened all the same.
  return refused.length === 0
    ? outcome(undefined, [])
    : failed(
        diagnostic('apply/accounts-refused', refusal(step, refused)),
        ...(unfinished.length === 0
          ? []
          : [diagnostic('apply/unfinished', { step: step.id, why: unfinished.join('; ') })]),
      )
}

const refusal = ({ name }: Step, refused: readonly Refused[]) => ({ policy: name, action: 'move', refused }) as const

/** The id of what an earlier request of the step made goes into the path of the next ones. */
const filledIn = (request: ApiRequest, createdId: string | undefined): ApiRequest =>
  createdId === undefined
    ? request
    : { ...request, path: request.path.replace('{created}', encodeURIComponent(createdId)) }

const reason = (status: number | undefined, title: string | undefined, detail: string | undefined): string =>
  [status, title, detail].filter(part => part !== undefined && part !== '').join(' ') || 'no reason was given'

/** Reads back where the accounts are now. */
async function stayed(
  client: OrgClient,
  step: Step,
  { refused, wait }: { readonly refused: readonly Refused[]; readonly wait: Wait },
): Promise<readonly { readonly account: string; readonly from: string }[]> {
  const named = new Set(refused.map(({ account }) => foldEmail(account)))
  const target = targetOf(step)
  const expected = (step.accounts ?? []).filter(({ account }) => !named.has(foldEmail(account.email)))
  const left = await lookUntilDone(expected, wait, async accounts => {
    const now = await policiesOf(client, accounts)
    return accounts.filter(({ account: { accountId = '' } }) => target === undefined || now.get(accountId) !== target)
  })
  return left.map(({ account, from }) => ({ account: account.email, from }))
}
