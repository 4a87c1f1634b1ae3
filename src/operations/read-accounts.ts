import type { AccountStatus, LiveAccount } from '../kinds/live.ts'
import { foldEmail } from '../model/account.ts'
import { compareText } from '../model/address.ts'
import { bulkFetchBatch } from '../org/assumptions.ts'
import type { User } from '../org/answers/user.ts'
import type { OrgReader } from '../org/reader.ts'
import type { UserSearch } from '../org/user-search.ts'

/** The accounts of people, the managed ones with the policies they are in, and the policy names that the API happened to serve. */
export interface AccountsRead {
  readonly accounts: readonly LiveAccount[]
  readonly externals: readonly LiveAccount[]
  readonly servedNames: ReadonlyMap<string, string>
}

/** Reads the accounts page by page; the policies of a page are asked for while the next one is on its way. `see` is shown every account as it was served. */
export async function readAccounts(
  reader: OrgReader,
  search: UserSearch = {},
  see: (user: User) => void = () => undefined,
): Promise<AccountsRead> {
  const servedNames = new Map<string, string>()
  const accounts: LiveAccount[] = []
  const externals: LiveAccount[] = []
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

  const live = liveAccounts()
  for await (const page of reader.users({ expand: ['platformRoles', 'productAccess'], ...search })) {
    for (const user of page) {
      const account = live(user)
      see(user)
      if (user.claimStatus === 'unmanaged') {
        externals.push(account)
        continue
      }
      accounts.push(account)
      if (account.active) waiting.push({ accountId: user.accountId, email: account.email, index: accounts.length - 1 })
      if (waiting.length === bulkFetchBatch) flush()
    }
  }
  flush()
  await Promise.all(batches)
  // The order of listings is not documented: what is made of them must not depend on it.
  return { accounts: accounts.sort(byAddress), externals: externals.sort(byAddress), servedNames }
}

const byAddress = (a: LiveAccount, b: LiveAccount): number =>
  compareText(a.email, b.email) || compareText(a.accountId, b.accountId)

/** Makes accounts of users. Lists that recur among them, which nearly all do, are kept once: there may be half a million. */
function liveAccounts(): (user: User) => LiveAccount {
  const lists = new Map<string, readonly string[]>()
  const shared = (list: readonly string[]): readonly string[] => {
    const sorted = [...new Set(list)].sort(compareText)
    const key = sorted.join('\n')
    const first = lists.get(key)
    if (first === undefined) lists.set(key, sorted)
    return first ?? sorted
  }
  return user => {
    // Without an address an account is counted all the same, under its id; it is not moved.
    const { accountId, email = accountId, name, mfaEnabled, platformRoles, productAccess } = user
    const lastActive = moment(user.lastActive)
    const addedAt = moment(user.addedToOrg)
    return {
      accountId,
      email,
      ...(name !== undefined && { name }),
      active: isActive(user),
      status: statusOf(user),
      ...((user.accountType === 'app' || user.accountType === 'customer') && { type: user.accountType }),
      ...(mfaEnabled !== undefined && { mfaEnabled }),
      roles: shared(platformRoles ?? []),
      ...(platformRoles === undefined && { rolesUnknown: true as const }),
      ...(productAccess && { products: shared(productAccess) }),
      ...(lastActive !== undefined && { lastActive }),
      ...(addedAt !== undefined && { addedAt }),
    }
  }
}

function moment(text: string | undefined): number | undefined {
  const time = text === undefined ? Number.NaN : Date.parse(text)
  return Number.isNaN(time) ? undefined : time
}

/** What of the organization an account can reach. */
export function statusOf(user: User): AccountStatus {
  if (!isActive(user)) return 'deactivated'
  if (user.status === 'suspended' || user.membershipStatus === 'suspended') return 'suspended'
  return user.status === 'not_invited' || user.membershipStatus === 'no_membership' ? 'not-in-directory' : 'active'
}

/** Deactivated accounts and those about to be deleted stay in listings (ref 7). */
const isActive = ({ accountStatus, status }: User): boolean =>
  (accountStatus === undefined || accountStatus === 'active') && status !== 'deactivated' && status !== 'for_deletion'
