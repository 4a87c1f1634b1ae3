import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import { grouped } from '../../model/grouped.ts'
import { conflict, type Rule } from './rule.ts'

/** Two documents must not stand for one policy: each would undo the other. */
export const ids: Rule = ({ AuthenticationPolicy }) =>
  [...grouped(AuthenticationPolicy, ({ spec }) => spec.id?.toLowerCase())].flatMap(
    ([id, same]): readonly Diagnostic[] => {
      if (same.length < 2) return []
      const places = same.map(({ locate }) => ({ span: locate(['id']), summary: 'the same id stands here' }))
      return [conflict('policy/one-id-twice', { id, policies: same.map(({ address }) => address.name) }, places)]
    },
  )
