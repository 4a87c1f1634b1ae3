import { isMembers } from '../model/document-member.ts'
import type { Draft, DraftMember } from './draft.ts'

/** A draft without one of its members, and without the mappings that are empty then. Of a list one item goes where the path ends in its place. */
export const without = (draft: Draft, path: readonly (string | number)[]): Draft => ({
  ...draft,
  members: removed(draft.members, path),
})

function removed(
  members: readonly DraftMember[],
  [key, ...rest]: readonly (string | number)[],
): readonly DraftMember[] {
  return members.flatMap((member): readonly DraftMember[] => {
    if (member.key !== key) return [member]
    if (rest.length === 0) return []
    const { value } = member
    if (isMembers(value)) {
      const left = removed(value, rest)
      return left.length === 0 ? [] : [{ ...member, value: left }]
    }
    if (!Array.isArray(value) || rest.length > 1) return [member]
    const left = value.filter((_, index) => index !== rest[0])
    return left.length === 0 ? [] : [{ ...member, value: left }]
  })
}
