import type { LiveAccount, NamedAccount } from '../kinds/live.ts'
import { foldEmail } from '../model/account.ts'
import { bulkFetchBatch, searchUsersLimit } from '../org/assumptions.ts'
import type { User } from '../org/answers/user.ts'
import type { OrgReader } from '../org/reader.ts'

/** Managed accounts with the policies they are in, and the policy names that the API happened to serve. */
export interface AccountsRead {
  readonly accounts: readonly LiveAccount[]
  readonly servedNames: ReadonlyMap<string, string>
}

/** Reads the managed accounts page by page; the policies of a page are asked for while the next one is on its way. */
export async function readManagedAccounts(reader: OrgReader): Promise<AccountsRead> {
  const servedNames = new Map<string, string>()
  const accounts: LiveAccount[] = []
  const batches: Promise<void>[] = []
  let waiting: { readonly accountId: string; readonly email: string; readonly index: number }[] = []

  const flush = () => {
    const batch = waiting
    waiting = []
    if (batch.length === 0) return
    const answered = reader.accountPolicies(batch.map(({ accountId }) => accountId)).then(answers => {
      const byId = new Map(
        answers.flatMap(answer => (answer.accountId === undefined ? [] : [[answer.accountId, answer] as const])),
      )
      const byEmail = new Map(answers.map(answer => [foldEmail(answer.email), answer]))
      for (const { accountId, email, index } of batch) {
        const answer = byId.get(accountId) ?? byEmail.get(foldEmail(email))
        const account = accounts[index]
        if (answer === undefined || account === undefined) continue
        accounts[index] = { ...account, policyId: answer.policyId }
        if (answer.policyName !== undefined) servedNames.set(answer.policyId, answer.policyName)
      }
    })
    // It is awaited at the end; where the listing fails before, nobody asks for it.
    answered.catch(() => undefined)
    batches.push(answered)
  }

  for await (const page of reader.users({ claimStatus: 'managed', expand: [] })) {
    for (const user of page) {
      // A filter that is ignored returns everybody (ref 7).
      if (user.claimStatus === 'unmanaged' || user.email === undefined) continue
      const active = isActive(user)
      accounts.push({ accountId: user.accountId, email: user.email, active })
      if (active) waiting.push({ accountId: user.accountId, email: user.email, index: accounts.length - 1 })
      if (waiting.length === bulkFetchBatch) flush()
    }
  }
  flush()
  await Promise.all(batches)
  return { accounts, servedNames }
}

/** Deactivated accounts and those about to be deleted stay in listings (ref 7). */
const isActive = ({ accountStatus, status }: User): boolean =>
  (accountStatus === undefined || accountStatus === 'active') && status !== 'deactivated' && status !== 'for_deletion'

/** Looks for addresses that documents name and that no managed account has. */
export async function findElsewhere(reader: OrgReader, emails: readonly string[]): Promise<readonly NamedAccount[]> {
  const found = new Set<string>()
  for (let start = 0; start < emails.length; start += searchUsersLimit) {
    for await (const page of reader.users({ emails: emails.slice(start, start + searchUsersLimit), expand: [] })) {
      for (const { email, claimStatus } of page)
        if (email !== undefined && claimStatus === 'unmanaged') found.add(foldEmail(email))
    }
  }
  return emails.map(email => ({ email, found: found.has(foldEmail(email)) ? 'external' : 'nowhere' }))
}
