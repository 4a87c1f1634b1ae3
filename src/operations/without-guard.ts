import { isOrgError } from '../org/org-error.ts'
import type { OrgReader } from '../org/reader.ts'
import type { AccountsRead } from './read-accounts.ts'

/**
 * Whether the organization has no Guard Standard: then it has one authentication policy, no external user policy and no audit log (ref 5.4). Asked only where all accounts
 * are in one policy; where the key may not ask, it is taken to have it.
 */
export async function isWithoutGuard(
  reader: OrgReader,
  { accounts }: Pick<AccountsRead, 'accounts'>,
): Promise<boolean> {
  const first = accounts.find(({ policyId }) => policyId !== undefined)?.policyId
  if (first === undefined || accounts.some(({ policyId = first }) => policyId !== first)) return false
  try {
    await reader.eventActions()
    return false
  } catch (error) {
    if (isOrgError(error, 'org/missing-scope')) return false
    if (!isOrgError(error, 'org/forbidden', 'org/not-found', 'org/feature-off')) throw error
    return true
  }
}
