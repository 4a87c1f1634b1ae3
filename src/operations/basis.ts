import { fingerprint } from '../engine/digest.ts'
import { accessBasis } from '../engine/access-steps.ts'
import { basisOf } from '../engine/make-steps.ts'
import { moveBasis } from '../engine/move-steps.ts'
import { isKindName, kindNamed } from '../kinds/index.ts'
import { foldEmail } from '../model/account.ts'
import type { SavedPlan, Step } from '../model/plan.ts'
import type { OrgClient } from '../org/client.ts'
import { sha256 } from './hash.ts'
import { activeAgain, exemptNow, statusesOf } from './access-now.ts'
import { policiesOf } from './run-step.ts'

/**
 * Whether the objects that a step rests on are still as they were when it was planned. The API has no conditional writes (ref 1.3): between this
 * look and the write somebody can still come in between; it narrows the race and does not close it.
 */
export async function basisHolds(client: OrgClient, step: Step, plan: SavedPlan): Promise<boolean> {
  const { kind, name, basis } = step
  if (basis === undefined) return true
  const hash = fingerprint(sha256)
  if (step.action === 'move') {
    const accounts = step.accounts ?? []
    const now = await policiesOf(
      client,
      accounts.flatMap(({ account: { accountId } }) => accountId ?? []),
    )
    const policyOf = new Map(
      accounts.map(({ account: { accountId = '', email } }) => [
        accountId,
        now.get(accountId) ?? now.get(foldEmail(email)) ?? null,
      ]),
    )
    const into = /\/auth-policy\/([^/]+)\//.exec(step.requests?.[0]?.path ?? '')?.[1]
    return hash(moveBasis(into, accounts, policyOf)) === basis
  }
  if (step.action === 'suspend' || step.action === 'restore')
    return (
      hash(accessBasis(await statusesOf(client, step.accounts ?? []))) === basis &&
      !(await activeAgain(client, step, plan)) &&
      !(await exemptNow(client, step, plan))
    )
  const observe = isKindName(kind) ? kindNamed(kind).observe : undefined
  const found = (await observe?.(client, new Set([name])))?.filter(({ address }) => address.name === name) ?? []
  return hash(basisOf(found[0] === undefined ? {} : { observed: found[0] })) === basis
}
