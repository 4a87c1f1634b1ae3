import { foldEmail } from '../model/account.ts'
import type { ApiRequest } from '../model/api-request.ts'
import { parseDuration } from '../model/duration.ts'
import type { LiveAccount } from './live.ts'
import type { Organization } from './organization.ts'

/** The platform role of organization admins (ref 2.2). */
export const orgAdmin = 'atlassian/org-admin'

/** The addresses of the break-glass accounts, folded. */
export const breakGlassOf = ({ breakGlass = [] }: Organization): ReadonlySet<string> =>
  new Set(breakGlass.map(entry => foldEmail(typeof entry === 'string' ? entry : entry.account)))

/**
 * Accounts that no access rule suspends: break-glass, organization admins, and portal customers, who have no access to lose. Where the API does not tell roles or
 * apps, nobody can be told not to be one of them.
 */
export const isExempt = (
  {
    email,
    roles,
    rolesUnknown,
    type,
    products,
  }: Pick<LiveAccount, 'email' | 'roles' | 'rolesUnknown' | 'type' | 'products'>,
  breakGlass: ReadonlySet<string>,
): boolean =>
  breakGlass.has(foldEmail(email)) ||
  !email.includes('@') ||
  roles.includes(orgAdmin) ||
  rolesUnknown === true ||
  type !== undefined ||
  products === undefined ||
  products.length === 0

/** The time (milliseconds since 1970) before which who was last active is inactive; undefined without a rule. */
export function cutoffOf(inactiveAfter: string | undefined, now: Date): number | undefined {
  const minutes = inactiveAfter === undefined ? undefined : parseDuration(inactiveAfter)
  return minutes === undefined ? undefined : now.getTime() - minutes * 60_000
}

/**
 * The request that takes access from an account, or gives it back with its roles and groups (ref 2.1). **Inferred**: `-` stands for all directories in
 * reads (ref 2), and is taken to do so here; it suspends access to all apps.
 */
export const accessRequest = (
  organizationId: string,
  action: 'suspend' | 'restore',
  accountId: string,
): ApiRequest => ({
  method: 'POST',
  path: `/admin/v2/orgs/${organizationId}/directories/-/users/${encodeURIComponent(accountId)}/${action}`,
})
