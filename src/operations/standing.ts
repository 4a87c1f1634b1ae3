import { fingerprint } from '../engine/digest.ts'
import { accessBasis } from '../engine/access-steps.ts'
import { basisOf } from '../engine/make-steps.ts'
import { moveBasis } from '../engine/move-steps.ts'
import { foldEmail } from '../model/account.ts'
import type { AccountMove } from '../model/change.ts'
import type { Json } from '../model/json.ts'
import type { SavedPlan, Step } from '../model/plan.ts'
import type { OrgClient } from '../org/client.ts'
import { activeAgain, exemptNow, statusesOf } from './access-now.ts'
import { sha256 } from './hash.ts'
import { objectOf } from './look-back.ts'
import { objectStanding } from './object-standing.ts'
import { policiesOf } from './policies-of.ts'

/** One thing that a step rests on and that has changed since it was planned. */
export interface Moved {
  /** The account or the field. */
  readonly what: string
  readonly from: string
  readonly to: string
}

/**
 * How the objects that a step rests on are now. `as-planned`: as they were when it was planned. `done`: as the step would leave them. `between`: each of them one or the other, as an apply that
 * was cut off leaves them; `left` are the places of the requests that are still to be sent. `moved`: something else, so that the step must not be carried out.
 */
export type Standing =
  | { readonly state: 'as-planned' }
  | { readonly state: 'done' }
  | { readonly state: 'between'; readonly left: ReadonlySet<number>; readonly createdId?: string }
  | { readonly state: 'moved'; readonly moved: readonly Moved[] }

/**
 * Reads again just what a step rests on. The API has no conditional writes (ref 1.3): between this look and the write somebody can still come in between; it narrows the race and does not close it.
 */
export async function standingOf(client: OrgClient, step: Step, plan: SavedPlan): Promise<Standing> {
  if (step.basis === undefined) return { state: 'as-planned' }
  if (step.action === 'move') return moveStanding(client, step, plan)
  if (step.action === 'suspend' || step.action === 'restore') return accessStanding(client, step, plan)
  const observed = await objectOf(client, step)
  if (isBasis(step, basisOf(observed === undefined ? {} : { observed }))) return { state: 'as-planned' }
  return objectStanding(step, observed, plan.before.objects[`${step.kind}/${step.name}`] ?? null)
}

const isBasis = ({ basis }: Step, value: Json): boolean => fingerprint(sha256)(value) === basis

/** The policy that a move goes into: its id stands in the path of its requests. */
export const targetOf = ({ requests }: Step): string | undefined =>
  /\/auth-policy\/([^/]+)\//.exec(requests?.[0]?.path ?? '')?.[1]

async function moveStanding(client: OrgClient, step: Step, plan: SavedPlan): Promise<Standing> {
  const accounts = step.accounts ?? []
  const into = targetOf(step)
  const now = await policiesOf(client, accounts)
  if (isBasis(step, moveBasis(into, accounts, now))) return { state: 'as-planned' }
  const names = new Map(Object.entries(plan.desired.ids).map(([name, id]) => [id, name]))
  const named = (id: string | null | undefined): string =>
    id == null ? 'no policy' : (names.get(id) ?? `the policy ${id}`)
  return judged(step, accounts, {
    now: ({ account: { accountId = '' } }) => now.get(accountId) ?? null,
    before: ({ account: { accountId = '' } }) => plan.before.policyOf[accountId] ?? null,
    after: into ?? null,
    named,
  })
}

async function accessStanding(client: OrgClient, step: Step, plan: SavedPlan): Promise<Standing> {
  const accounts = step.accounts ?? []
  const now = await statusesOf(client, accounts)
  const standing = isBasis(step, accessBasis(now))
    ? ({ state: 'as-planned' } as const)
    : judged(step, accounts, {
        now: ({ account: { accountId = '' } }) => now.get(accountId) ?? null,
        before: ({ from }) => from,
        after: step.action === 'suspend' ? 'suspended' : 'active',
        named: status => status ?? 'gone',
      })
  if (standing.state !== 'as-planned' && standing.state !== 'between') return standing
  const kept = [...(await activeAgain(client, step, plan)), ...(await exemptNow(client, step, plan))]
  return kept.length === 0 ? standing : { state: 'moved', moved: kept }
}

/** Each account by itself: as it was, as it shall be, or moved. */
function judged(
  { requests = [] }: Step,
  accounts: readonly AccountMove[],
  {
    now,
    before,
    after,
    named,
  }: {
    readonly now: (account: AccountMove) => string | null
    readonly before: (account: AccountMove) => string | null
    readonly after: string | null
    readonly named: (value: string | null) => string
  },
): Standing {
  const moved = accounts.flatMap(account => {
    const value = now(account)
    return value === before(account) || value === after
      ? []
      : [{ what: account.account.email, from: named(before(account)), to: named(value) }]
  })
  if (moved.length > 0) return { state: 'moved', moved }
  const open = new Set(
    accounts.filter(account => now(account) !== after).map(({ account }) => foldEmail(account.email)),
  )
  if (open.size === 0) return { state: 'done' }
  return {
    state: 'between',
    left: new Set(requests.flatMap((request, index) => (touches(request.body, index) ? [index] : []))),
  }

  /** A move names its accounts in its body; access has one request for each account, in their order. */
  function touches(body: Json | undefined, index: number): boolean {
    const users = typeof body === 'object' && body !== null ? (body as { readonly users?: Json }).users : undefined
    return Array.isArray(users)
      ? users.some(email => typeof email === 'string' && open.has(foldEmail(email)))
      : open.has(foldEmail(accounts[index]?.account.email ?? ''))
  }
}
