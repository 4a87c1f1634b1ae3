import type { User } from '../../org/answers/user.ts'
import { searchUsersLimit } from '../../org/assumptions.ts'
import type { OrgReader } from '../../org/reader.ts'
import { withoutPolicies, type KeptAnswers } from './kept-answers.ts'

/** What is kept, with some accounts as they are now. */
export interface AccountsReadAgain {
  readonly answers: KeptAnswers
  readonly before: readonly User[]
  readonly after: readonly User[]
  /** Ids of which neither anything is kept nor shown now. */
  readonly unknown: readonly string[]
}

/** Asks for exactly these accounts. One that is gone is left out, one that is new is added, and what is kept of their policies is forgotten. */
export async function readAccountsAgain(
  reader: OrgReader,
  ids: readonly string[],
  kept: KeptAnswers,
): Promise<AccountsReadAgain> {
  const now = new Map<string, User>()
  for (let at = 0; at < ids.length; at += searchUsersLimit) {
    const accountIds = ids.slice(at, at + searchUsersLimit)
    const wanted = new Set(accountIds)
    for await (const page of reader.users({ accountIds, expand: ['platformRoles', 'productAccess'] }))
      for (const user of page) if (wanted.has(user.accountId)) now.set(user.accountId, user)
  }
  const users = new Map(kept.users)
  for (const id of ids) users.delete(id)
  for (const [id, user] of now) users.set(id, user)
  return {
    answers: { ...withoutPolicies(kept, ids), users },
    before: ids.flatMap(id => kept.users?.get(id) ?? []),
    after: [...now.values()],
    unknown: ids.filter(id => kept.users?.get(id) === undefined && !now.has(id)),
  }
}
