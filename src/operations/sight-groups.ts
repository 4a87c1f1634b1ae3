import type { UnreadPart } from '../adoption/sighting.ts'
import { wordsOf } from '../diagnostics/to-document.ts'
import { canBeName } from '../kinds/document-name.ts'
import { compareText } from '../model/address.ts'
import { grouped } from '../model/grouped.ts'
import type { Group } from '../org/answers/group.ts'
import type { User } from '../org/answers/user.ts'
import { isOutOfReach } from '../org/org-error.ts'
import type { OrgReader } from '../org/reader.ts'

/** What the accounts as they were served tell of groups. */
export interface GroupMembers {
  /** Ids by account id. */
  readonly groupsOf: ReadonlyMap<string, readonly string[]>
  /** Groups that hold an external account. */
  readonly mixed: ReadonlySet<string>
  /** Whether every account came with its groups. */
  readonly complete: () => boolean
}

/** Takes note of the groups of each account. Lists that recur are kept once: there may be half a million accounts. */
export function groupMembers(): { readonly see: (user: User) => void; readonly members: GroupMembers } {
  const groupsOf = new Map<string, readonly string[]>()
  const mixed = new Set<string>()
  const lists = new Map<string, readonly string[]>()
  let complete = true
  const see = ({ accountId, groups, claimStatus }: User): void => {
    if (groups === undefined) complete = false
    else if (claimStatus === 'unmanaged') for (const id of groups) mixed.add(id)
    else if (groups.length > 0) {
      const sorted = [...new Set(groups)].sort(compareText)
      const key = sorted.join('\n')
      const list = lists.get(key) ?? sorted
      lists.set(key, list)
      groupsOf.set(accountId, list)
    }
  }
  return { see, members: { groupsOf, mixed, complete: () => complete } }
}

/** All groups, or why there are none. */
export async function listGroups(
  reader: OrgReader,
): Promise<{ readonly groups: readonly Group[]; readonly unread?: UnreadPart }> {
  const groups: Group[] = []
  try {
    for await (const page of reader.groups()) groups.push(...page)
    return { groups }
  } catch (error) {
    if (!isOutOfReach(error)) throw error
    return { groups: [], unread: { part: 'groups', why: wordsOf(error.diagnostic).summary } }
  }
}

/**
 * The names of the groups of an account, of those that documents can name: one group has the name, a document can hold it, and no external account is a member, of
 * which each plan would warn.
 */
export function groupNames(
  groups: readonly Group[],
  { groupsOf, mixed }: GroupMembers,
): (accountId: string) => readonly string[] {
  const named = new Map(
    [...grouped(groups, ({ name }) => name)].flatMap(([name, same]) =>
      same.flatMap(({ id }) => (same.length === 1 && canBeName(name) && !mixed.has(id) ? [[id, name] as const] : [])),
    ),
  )
  const namesOf = new Map<readonly string[], readonly string[]>()
  return accountId => {
    const ids = groupsOf.get(accountId) ?? none
    const names = namesOf.get(ids) ?? ids.flatMap(id => named.get(id) ?? []).sort(compareText)
    namesOf.set(ids, names)
    return names
  }
}

const none: readonly string[] = []
