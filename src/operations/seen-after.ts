import { accessBasis } from '../engine/access-steps.ts'
import { fingerprint } from '../engine/digest.ts'
import { basisOf } from '../engine/make-steps.ts'
import { moveBasis } from '../engine/move-steps.ts'
import type { Observed } from '../kinds/contract.ts'
import type { Step } from '../model/plan.ts'
import type { OrgClient } from '../org/client.ts'
import { sha256 } from './hash.ts'
import { objectOf } from './look-back.ts'
import type { Wait } from './look-until-done.ts'
import { objectStanding } from './object-standing.ts'
import { targetOf } from './standing.ts'

/** Pauses between looks at an object that does not show its change yet. **Inferred**: how far the listing lags behind a write is not documented. */
const pauses = [0, 1_000, 2_000, 4_000, 8_000] as const

/** What was seen of an object after its step. */
export interface Seen {
  /** What is not as the step should leave it, in words. */
  readonly left: readonly string[]
  /** The hash of the object as it was seen. */
  readonly after: string
}

/** Reads an object back after its step: accepted is not yet done. */
export async function seenAfter(client: OrgClient, step: Step, wait: Wait): Promise<Seen> {
  let seen: Seen = { left: ['nobody looked'], after: '' }
  for (const pause of pauses) {
    if (pause > 0) await wait(pause)
    const observed = await objectOf(client, step)
    const after = fingerprint(sha256)(basisOf(observed === undefined ? {} : { observed }))
    seen = { left: leftOf(step, observed), after }
    if (seen.left.length === 0) break
  }
  return seen
}

function leftOf(step: Step, observed: Observed | undefined): readonly string[] {
  if (step.action === 'delete') return observed === undefined ? [] : ['it is still there']
  if (observed === undefined) return ['it is not seen yet']
  const standing = objectStanding(step, observed, null)
  if (standing.state === 'moved') return standing.moved.map(({ what, to }) => `\`${what}\` is ${to}`)
  return standing.state === 'done' ? [] : ['not all of it is seen yet']
}

/** The hash of what accounts rest on once all of them are seen where a step puts them. Undefined for a step about an object. */
export function hashAfter(step: Step): string | undefined {
  const { action, accounts = [] } = step
  const ids = accounts.map(({ account }) => account.accountId ?? '')
  const all = (value: string) => new Map(ids.map(id => [id, value]))
  const hash = fingerprint(sha256)
  if (action === 'suspend' || action === 'restore')
    return hash(accessBasis(all(action === 'suspend' ? 'suspended' : 'active')))
  const into = targetOf(step)
  return action === 'move' && into !== undefined ? hash(moveBasis(into, accounts, all(into))) : undefined
}
