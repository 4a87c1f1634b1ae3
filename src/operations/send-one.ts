import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { outcome, type Outcome } from '../diagnostics/outcome.ts'
import { wordsOf } from '../diagnostics/to-document.ts'
import type { ApiRequest } from '../model/api-request.ts'
import type { Step } from '../model/plan.ts'
import type { OrgClient } from '../org/client.ts'
import type { Execution } from '../org/execute.ts'
import { attempt } from './attempt.ts'
import type { Journal } from './journal.ts'
import { lookBack } from './look-back.ts'
import type { Wait } from './look-until-done.ts'

/** What a step needs besides itself. */
export interface StepRun {
  readonly client: OrgClient
  readonly journal: Journal
  readonly wait: Wait
  /** Asks to stop: the request under way is finished, no other one is sent. */
  readonly stop?: AbortSignal | undefined
  /** The places of the requests to send, where an earlier run sent the others. */
  readonly left?: ReadonlySet<number> | undefined
  /** The id of what an earlier run made. */
  readonly createdId?: string | undefined
}

/** Sends one request, with a line in the journal before and after it. A lost answer is recognised by reading back. */
export async function sendOne(
  step: Step,
  index: number,
  request: ApiRequest,
  { client, journal, wait, stop }: StepRun,
): Promise<Outcome<Execution>> {
  await journal.sending(step.id, index)
  const told = { unrecorded: false }
  const sent = await attempt(() =>
    client.execute(request, {
      stop,
      onAccepted: async accepted => {
        told.unrecorded = true
        await journal.accepted(step.id, index, accepted)
        told.unrecorded = false
      },
    }),
  )
  if (sent.ok) return sent
  const [problem] = sent.diagnostics
  // It was carried out, and the ledger could not be told: the line before it goes on to say that nobody knows.
  if (problem === undefined || told.unrecorded) return sent
  const inDoubt = mayBeCarriedOut(problem)
  await journal.refused(step.id, index, problem.code, inDoubt ? 'maybe' : 'no')
  // What is not there any more was removed: by this request when its answer was lost, or by somebody else.
  if (request.method === 'DELETE' && problem.code === 'org/not-found') return outcome({ failures: [] }, [])
  // That it was not put into effect was read already.
  if (!inDoubt || problem.code === 'org/stopped' || problem.code === 'org/not-applied') return sent
  if (step.action === 'move' || step.action === 'suspend' || step.action === 'restore')
    // Memberships and access are read back at the end of the step.
    return step.action === 'move' ? outcome({ failures: [], unfinished: wordsOf(problem).summary }, []) : sent
  const looked = await attempt(() => lookBack(client, step, request, wait))
  if (!looked.ok || !looked.value.carriedOut) return sent
  const { createdId } = looked.value
  await journal.accepted(step.id, index, createdId === undefined ? {} : { createdId })
  return outcome({ failures: [], ...(createdId !== undefined && { createdId }) }, [])
}

const mayBeCarriedOut = (found: Diagnostic): boolean => 'written' in found.facts && found.facts.written === 'maybe'
