import { foldEmail } from '../../model/account.ts'
import type { AccountPolicy } from '../../org/answers/account-policy.ts'
import type { User } from '../../org/answers/user.ts'
import { keepPages } from '../../org/keep-pages.ts'
import type { OrgReader } from '../../org/reader.ts'
import type { UserSearch } from '../../org/user-search.ts'
import type { KeptCollection } from '../../model/drift.ts'
import { isSameUser, type KeptAnswers } from './kept-answers.ts'

/** What an earlier reading kept, and which of it is asked for all the same. */
export interface Earlier {
  readonly answers: KeptAnswers
  readonly again: Readonly<Record<KeptCollection, boolean>>
}

/**
 * Keeps what the organization answers about accounts, their policies and groups. Where an earlier reading kept an answer that still holds, it is given in place of a request, and kept on. Everything else
 * is asked of the organization and not kept.
 */
export function keepingReader(reader: OrgReader, into: KeptAnswers, earlier?: Earlier): OrgReader {
  const known = (collection: KeptCollection): KeptAnswers | undefined =>
    earlier === undefined || earlier.again[collection] ? undefined : earlier.answers
  // What the listing shows so far: policies are asked for while it is being read.
  let shown: ReadonlyMap<string, User> = new Map()
  async function* listing(search: UserSearch): AsyncIterable<readonly User[]> {
    const users = new Map<string, User>()
    shown = users
    for await (const page of reader.users(search)) {
      for (const user of page) users.set(user.accountId, user)
      yield page
    }
    into.users = users
  }

  /** The policy that an account was in, if it still shows what it did then: one that shows anything else may be in another policy, too. */
  function keptPolicy(id: string): AccountPolicy | null | undefined {
    const [before, now] = [earlier?.answers.users?.get(id), shown.get(id)]
    const isStill = before !== undefined && now !== undefined && (before === now || isSameUser(before, now))
    return isStill ? known('policies')?.policies.get(id) : undefined
  }

  return {
    ...reader,
    users: (search = {}) => {
      if (!isPlain(search)) return reader.users(search)
      const group = search.groupIds?.[0]
      if (group === undefined) {
        const users = known('accounts')?.users
        if (users === undefined) return listing(search)
        shown = users
        into.users = users
        return page([...users.values()])
      }
      const members = known('groups')?.members.get(group)
      if (members === undefined)
        return keepPages(reader.users(search), found => {
          into.members.set(
            group,
            found.map(({ accountId }) => accountId),
          )
        })
      into.members.set(group, members)
      return page(members.map(accountId => earlier?.answers.users?.get(accountId) ?? { accountId }))
    },
    groups: search => {
      const term = search?.searchTerm
      if (term === undefined || search?.directoryId !== undefined) return reader.groups(search)
      const found = known('groups')?.groups.get(term)
      if (found === undefined)
        return keepPages(reader.groups(search), all => {
          into.groups.set(
            term,
            all.map(({ id, name }) => ({ id, name })),
          )
        })
      into.groups.set(term, found)
      return page(found)
    },
    accountPolicies: async ids => {
      for (const id of ids) {
        const policy = keptPolicy(id)
        if (policy !== undefined) into.policies.set(id, policy)
      }
      const unknown = ids.filter(id => !into.policies.has(id))
      const answers = unknown.length === 0 ? [] : await reader.accountPolicies(unknown)
      const byId = new Map(answers.map(answer => [answer.accountId, answer]))
      const byEmail = new Map(answers.map(answer => [foldEmail(answer.email), answer]))
      for (const id of unknown)
        into.policies.set(id, byId.get(id) ?? byEmail.get(foldEmail(shown.get(id)?.email ?? id)) ?? null)
      return ids.flatMap(id => into.policies.get(id) ?? [])
    },
  }
}

/** Whether a search is for everybody, or for the members of one group: whatever it shows of them, and however many at a time. */
const isPlain = (search: UserSearch): boolean =>
  Object.keys(search).every(key => key === 'groupIds' || key === 'expand' || key === 'limit') &&
  (search.groupIds === undefined || search.groupIds.length === 1)

async function* page<T>(items: readonly T[]): AsyncIterable<readonly T[]> {
  yield await Promise.resolve(items)
}
