import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts'
import type { AuthenticationPolicy } from '../kinds/authentication-policy.ts'
import type { ListedAccounts } from '../kinds/resource.ts'
import type { Path } from './locate.ts'
import type { Draft, Drafts } from './rules/rule.ts'

type Policy = Draft<'AuthenticationPolicy'>
type List = Draft<'AccountList'>

/** What `members` and `except` have in common. */
type Selectors = Pick<NonNullable<AuthenticationPolicy['members']>, 'accounts' | 'accountLists'>

/** Accounts that lists may bring into all policies together. A short name stands for a long list, so a small folder could be made to hold more than memory does. */
export const maximumListed = 1_000_000

/** A list where a policy names it. */
interface NamedList extends ListedAccounts {
  readonly list: List | undefined
}

/**
 * The documents with the accounts of each list put where it is named: under `accounts`, after those that stand there. What asks for the place of such an
 * account is shown the list. A list that no document declares is reported elsewhere, and holds nobody.
 */
export function listAccounts(drafts: Drafts): {
  readonly drafts: Drafts
  readonly diagnostics: readonly Diagnostic[]
} {
  const lists = new Map<string, List>()
  // Of two with one name the first counts: that there are two is an error already.
  for (const list of drafts.AccountList) if (!lists.has(list.address.name)) lists.set(list.address.name, list)
  const diagnostics: Diagnostic[] = []
  let left = maximumListed

  function named(policy: Policy, at: Path, accountLists: readonly string[] = []): readonly NamedList[] {
    const seen = new Set<string>()
    return accountLists.map((name, index) => {
      const list = seen.has(name) ? undefined : lists.get(name)
      seen.add(name)
      const accounts = list?.spec.accounts ?? []
      if (accounts.length <= left) {
        left -= accounts.length
        return { name, list, accounts }
      }
      const span = policy.locate([...at, 'accountLists', index])
      diagnostics.push(diagnostic('policy/too-many-listed', { list: name, limit: maximumListed }, { span }))
      return { name, list, accounts: [] }
    })
  }

  return {
    drafts: {
      ...drafts,
      AuthenticationPolicy: drafts.AuthenticationPolicy.map(policy => {
        const { members } = policy.spec
        if (members === undefined || (members.accountLists ?? members.except?.accountLists) === undefined) return policy
        return withAccounts(
          policy,
          members,
          named(policy, ['members'], members.accountLists),
          named(policy, ['members', 'except'], members.except?.accountLists),
        )
      }),
    },
    diagnostics,
  }
}

function withAccounts(
  policy: Policy,
  members: NonNullable<AuthenticationPolicy['members']>,
  named: readonly NamedList[],
  excepted: readonly NamedList[],
): Policy {
  const { except } = members
  const places = [
    placesOf(['members'], members.accounts, named),
    placesOf(['members', 'except'], except?.accounts, excepted),
  ]
  return {
    ...policy,
    spec: {
      ...policy.spec,
      members: { ...together(members, named), ...(except && { except: together(except, excepted) }) },
    },
    locate: path => {
      for (const place of places) {
        const found = place(path)
        if (found !== undefined) return (found.list ?? policy).locate(found.path)
      }
      return policy.locate(path)
    },
    ...(named.length > 0 && { lists: named.map(({ name, accounts }) => ({ name, accounts })) }),
  }
}

function together<S extends Selectors>(selectors: S, lists: readonly NamedList[]): Omit<S, 'accountLists'> {
  const { accountLists = [], ...own } = selectors
  const listed = accountLists.length === 0 ? [] : lists.flatMap(({ accounts }) => accounts)
  // The same as if nothing but the accounts were written: no account, no `accounts`.
  return listed.length === 0 ? own : { ...own, accounts: [...(own.accounts ?? []), ...listed] }
}

/** Finds what stands in a list, and what stands in the place of `accounts` where only lists are named. */
function placesOf(
  at: Path,
  own: readonly string[] | undefined,
  lists: readonly NamedList[],
): (path: Path) => { readonly list?: List | undefined; readonly path: Path } | undefined {
  return path => {
    const [member, item] = [path[at.length], path[at.length + 1]]
    if (member !== 'accounts' || !at.every((step, index) => path[index] === step)) return undefined
    if (item === undefined) return own === undefined ? { path: [...at, 'accountLists'] } : undefined
    const found = itemOf(lists, Number(item) - (own?.length ?? 0))
    return found && { list: lists[found.list]?.list, path: ['accounts', found.item] }
  }
}

/** Which item of which list an account is, of lists that are put one behind the other; undefined before the first and after the last. */
export function itemOf(
  lists: readonly { readonly accounts: readonly string[] }[],
  index: number,
): { readonly list: number; readonly item: number } | undefined {
  let item = index
  for (const [list, { accounts }] of lists.entries()) {
    if (item >= 0 && item < accounts.length) return { list, item }
    item -= accounts.length
  }
  return undefined
}
