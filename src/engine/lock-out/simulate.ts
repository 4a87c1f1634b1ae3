import { orgAdmin } from '../../kinds/access-rules.ts'
import type { Live, LiveAccount } from '../../kinds/live.ts'
import type { Desired } from '../../kinds/resource.ts'
import { foldEmail } from '../../model/account.ts'
import { compareText } from '../../model/address.ts'
import type { Step } from '../../model/plan.ts'
import { buildWorld, effectsOf } from './build-world.ts'
import type { LockOut, Role, Watched } from './lock-out.ts'
import { reachable } from './reachable.ts'
import { signIn } from './sign-in.ts'

export interface LockOutInput {
  readonly desired: Desired
  readonly live: Live
  /** In the order in which they are carried out. */
  readonly steps: readonly Step[]
  /** Folded addresses of the break-glass accounts, those of the last apply too. */
  readonly breakGlass: ReadonlySet<string>
  /** The policy that the ledger last recorded for an account, by account id. */
  readonly recorded: ReadonlyMap<string, string>
}

/**
 * Who can sign in while a plan is carried out: each organization admin, break-glass account and the owner of the key, now and in every state that some of the steps
 * lead to. The API may fail at any step and go on with the next, and a person may do a console step at any time; only what a step depends on is sure to be
 * done before it. So for each account every set of steps is looked at that `dependsOn` allows, not only the plan from its beginning.
 */
export function simulateLockOut({ desired, live, steps, breakGlass, recorded }: LockOutInput): LockOut {
  const { world, stateOf } = buildWorld(desired, live, recorded)
  const { keyOwner } = desired.organization.spec.runner ?? {}
  const owner = keyOwner === undefined ? undefined : foldEmail(keyOwner)
  const statesFor = reachable(effectsOf(steps), new Map(steps.map(({ id, dependsOn }) => [id, dependsOn])))
  const watched: Watched[] = []
  const missing = new Map<string, Role>([...breakGlass].map(email => [email, 'break-glass']))
  if (owner !== undefined && !missing.has(owner)) missing.set(owner, 'key-owner')
  let rolesUnknown = 0

  const watch = (account: LiveAccount, managed: boolean): void => {
    if (account.type !== undefined) return
    if (account.rolesUnknown === true) rolesUnknown++
    const email = foldEmail(account.email)
    const roles: readonly Role[] = [
      ...(account.roles.includes(orgAdmin) ? (['admin'] as const) : []),
      ...(breakGlass.has(email) ? (['break-glass'] as const) : []),
      ...(email === owner ? (['key-owner'] as const) : []),
    ]
    if (roles.length === 0) return
    missing.delete(email)
    const situation = { world, state: stateOf(account, managed) }
    for (const role of roles)
      watched.push({
        account: situation.state.account,
        role,
        now: signIn(situation, role),
        reached: statesFor(situation, role),
      })
  }
  for (const account of live.accounts) watch(account, true)
  for (const account of live.externals) watch(account, false)
  watched.sort((a, b) => compareText(a.account.email, b.account.email) || compareText(a.role, b.role))
  const sure = (role: Role) =>
    watched.filter(other => other.role === role && isSure(other)).map(({ account }) => account)
  return {
    watched,
    notFound: [...missing].sort(([a], [b]) => compareText(a, b)).map(([email, role]) => ({ email, role })),
    rolesUnknown,
    wayBack: { admins: sure('admin'), breakGlass: sure('break-glass') },
  }
}

/** Whether nothing known speaks against it now, nor in any state that the plan can lead to. */
const isSure = ({ now, reached }: Watched): boolean => [now, ...reached].every(({ can }) => can === 'yes')
