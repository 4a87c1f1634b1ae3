import { foldEmail } from '../model/account.ts'
import type { AccountMove } from '../model/change.ts'
import { bulkFetchBatch } from '../org/assumptions.ts'
import type { OrgClient } from '../org/client.ts'

/** The policy that each account is in now, by account id; null where the answer leaves it out. */
export async function policiesOf(
  client: OrgClient,
  accounts: readonly AccountMove[],
): Promise<ReadonlyMap<string, string | null>> {
  const ids = accounts.flatMap(({ account: { accountId } }) => accountId ?? [])
  const batches = Array.from({ length: Math.ceil(ids.length / bulkFetchBatch) }, (_, index) =>
    client.accountPolicies(ids.slice(index * bulkFetchBatch, (index + 1) * bulkFetchBatch)),
  )
  const found = new Map<string, string>()
  for (const { accountId, email, policyId } of (await Promise.all(batches)).flat()) {
    if (accountId !== undefined) found.set(accountId, policyId)
    found.set(foldEmail(email), policyId)
  }
  return new Map(
    accounts.map(({ account: { accountId = '', email } }) => [
      accountId,
      found.get(accountId) ?? found.get(foldEmail(email)) ?? null,
    ]),
  )
}
