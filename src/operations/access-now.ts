import { cutoffOf, isExempt } from '../kinds/access-rules.ts'
import type { AccountStatus } from '../kinds/live.ts'
import { breakGlassIn } from '../kinds/organization-in.ts'
import { formatAddress } from '../model/address.ts'
import type { AccountMove } from '../model/change.ts'
import { isObject } from '../model/json.ts'
import type { SavedPlan, Step } from '../model/plan.ts'
import { searchUsersLimit } from '../org/assumptions.ts'
import type { OrgClient } from '../org/client.ts'
import { statusOf } from './read-accounts.ts'
import type { Moved } from './standing.ts'

/** What accounts can reach now; one that is gone is left out. */
export async function statusesOf(
  client: OrgClient,
  accounts: readonly AccountMove[],
): Promise<ReadonlyMap<string, AccountStatus>> {
  const wanted = accounts.flatMap(({ account }) => account.accountId ?? [])
  const statuses = new Map<string, AccountStatus>()
  for (let start = 0; start < wanted.length; start += searchUsersLimit) {
    const accountIds = wanted.slice(start, start + searchUsersLimit)
    for await (const page of client.users({ accountIds, expand: [] }))
      // A filter that is ignored returns everybody (ref 7).
      for (const user of page) if (accountIds.includes(user.accountId)) statuses.set(user.accountId, statusOf(user))
  }
  return statuses
}

/** The accounts among those to be suspended that no rule may touch any more: they became organization admins, or break-glass accounts. */
export async function exemptNow(client: OrgClient, step: Step, plan: SavedPlan): Promise<readonly Moved[]> {
  if (step.action !== 'suspend') return []
  const exempt: Moved[] = []
  const breakGlass = breakGlassIn(plan.desired.documents)
  const accountIds = (step.accounts ?? []).flatMap(({ account }) => account.accountId ?? [])
  for (let start = 0; start < accountIds.length; start += searchUsersLimit) {
    const wanted = accountIds.slice(start, start + searchUsersLimit)
    for await (const page of client.users({ accountIds: wanted, expand: ['platformRoles', 'productAccess'] })) {
      for (const user of page) {
        if (!wanted.includes(user.accountId)) continue
        const { email = user.accountId, platformRoles, productAccess } = user
        const account = {
          email,
          roles: platformRoles ?? [],
          ...(platformRoles === undefined && { rolesUnknown: true as const }),
          ...(productAccess && { products: productAccess }),
        }
        if (isExempt(account, breakGlass)) exempt.push({ what: email, from: 'under the access rules', to: 'exempt' })
      }
    }
  }
  return exempt
}

/** The accounts among those to be suspended for inactivity that have been active since the plan was made. */
export async function activeAgain(client: OrgClient, step: Step, plan: SavedPlan): Promise<readonly Moved[]> {
  const access = plan.desired.documents[formatAddress(step)]?.['access']
  const rule = isObject(access) ? access['inactiveAfter'] : undefined
  const cutoff = cutoffOf(typeof rule === 'string' ? rule : undefined, new Date(plan.createdAt))
  if (step.action !== 'suspend' || cutoff === undefined) return []
  const inactive = (step.accounts ?? []).filter(account => account.rule === 'inactiveAfter')
  const answers = await Promise.all(inactive.map(({ account }) => client.lastActive(account.accountId ?? '')))
  return inactive.flatMap(({ account }, index) => {
    const at = answers[index]?.lastActive
    return at !== undefined && Date.parse(at) >= cutoff
      ? [{ what: account.email, from: 'inactive', to: `active on ${at}` }]
      : []
  })
}
