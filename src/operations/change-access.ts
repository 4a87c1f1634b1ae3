import { diagnostic } from '../diagnostics/diagnostic.ts'
import { failed, outcome, type Outcome } from '../diagnostics/outcome.ts'
import { wordsOf } from '../diagnostics/to-document.ts'
import { foldEmail } from '../model/account.ts'
import type { AccountMove } from '../model/change.ts'
import type { Step } from '../model/plan.ts'
import { statusesOf } from './access-now.ts'
import { attempt } from './attempt.ts'
import { lookUntilDone, type Wait } from './look-until-done.ts'
import { sendOne, type StepRun } from './send-one.ts'

/**
 * Takes access from accounts or gives it back: a request for each, and one that fails keeps no other from its own. What became of them is read back: a request whose
 * answer was lost may have been carried out.
 */
export async function changeAccess(step: Step, run: StepRun): Promise<Outcome<undefined>> {
  const { client, stop } = run
  const accounts = step.accounts ?? []
  const problems = new Map<string, string>()
  for (const [index, { account }] of accounts.entries()) {
    // A step may be about thousands: it ends after the account under way.
    if (stop?.aborted === true) {
      for (const { account: left } of accounts.slice(index))
        problems.set(foldEmail(left.email), 'the run was interrupted before')
      break
    }
    if (run.left !== undefined && !run.left.has(index)) continue
    const request = step.requests?.[index]
    const sent = request === undefined ? undefined : await sendOne(step, index, request, run)
    if (sent?.ok === true) continue
    problems.set(foldEmail(account.email), sent?.diagnostics.map(found => wordsOf(found).summary).join('; ') ?? '')
    // What stops one stops them all.
    if (sent?.diagnostics.some(({ code }) => code === 'org/stopped') === true) break
  }
  const wait: Wait = stop?.aborted === true ? () => Promise.resolve() : run.wait
  const action = step.action === 'suspend' ? 'suspend' : 'restore'
  const wanted = action === 'suspend' ? 'suspended' : 'active'
  const look = async (expected: readonly AccountMove[]) => {
    const now = await statusesOf(client, expected)
    return expected.filter(({ account }) => now.get(account.accountId ?? '') !== wanted)
  }
  const hasProblem = ({ account }: AccountMove): boolean => problems.has(foldEmail(account.email))
  const looked = await attempt(async () => [
    ...(await look(accounts.filter(hasProblem))),
    ...(await lookUntilDone(
      accounts.filter(account => !hasProblem(account)),
      wait,
      look,
    )),
  ])
  if (!looked.ok) {
    const why = [...problems.values(), ...looked.diagnostics.map(found => wordsOf(found).summary)]
    return failed(diagnostic('apply/unfinished', { step: step.id, why: [...new Set(why)].join('; ') }))
  }
  const refused = looked.value.map(({ account }) => ({
    account: account.email,
    why: problems.get(foldEmail(account.email)) ?? `is not seen to be ${wanted}`,
  }))
  return refused.length === 0
    ? outcome(undefined, [])
    : failed(diagnostic('apply/accounts-refused', { policy: step.name, action, refused }))
}
