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
  const accounts: Unfinished[] = []
  const externals: Unfinished[] = []
  const batches: Promise<void>[] = []
  let waiting: Unfinished[] = []

  const flush = () => {
    const batch = waiting
    waiting = []
    if (batch.length === 0) return
    const answered = reader.accountPolicies(batch.map(({ accountId }) => accountId)).then(answers => {
      const byId = new Map(
        answers.flatMap(answer => (answer.accountId === undefined ? [] : [[answer.accountId, answer] as const])),
      )
      const byEmail = new Map(answers.map(answer => [foldEmail(answer.email), answer]))
      for (const account of batch) {
        const { accountId, email } = account
        const answer = byId.get(accountId) ?? byEmail.get(foldEmail(email))
        if (answer === undefined) continue
        account.policyId = answer.policyId
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
      if (account.active) waiting.push(account)
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

/** An account that may still be told its policy. */
type Unfinished = { -readonly [Member in keyof LiveAccount]: LiveAccount[Member] }

/**
 * Makes accounts of users. Lists that recur among them, which nearly all do, are kept once: there may be half a million. Members are set one by one and always in one order: of an object that is
 * spread together from parts V8 keeps a description of its own, which takes more than the account.
 */
function liveAccounts(): (user: User) => Unfinished {
  // By the list as it was served, and by what it holds.
  const served = new Map<string, readonly string[]>()
  const lists = new Map<string, readonly string[]>()
  const shared = (list: readonly string[]): readonly string[] => {
    const asServed = list.join('\n')
    const known = served.get(asServed)
    if (known !== undefined) return known
    const sorted = [...new Set(list)].sort(compareText)
    const key = sorted.join('\n')
    const first = lists.get(key) ?? sorted
    lists.set(key, first)
    served.set(asServed, first)
    return first
  }
  return user => {
    // Without an address an account is counted all the same, under its id; it is not moved.
    const { accountId, email = accountId, name, mfaEnabled, platformRoles, productAccess } = user
    const lastActive = moment(user.lastActive)
    const addedAt = moment(user.addedToOrg)
    const account: Unfinished = {
      accountId,
      email,
      active: isActive(user),
      status: statusOf(user),
      roles: shared(platformRoles ?? []),
    }
    if (name !== undefined) account.name = name
    if (user.accountType === 'app' || user.accountType === 'customer') account.type = user.accountType
    if (mfaEnabled !== undefined) account.mfaEnabled = mfaEnabled
    if (platformRoles === undefined) account.rolesUnknown = true
    if (productAccess !== undefined) account.products = shared(productAccess)
    if (lastActive !== undefined) account.lastActive = lastActive
    if (addedAt !== undefined) account.addedAt = addedAt
    return account
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
