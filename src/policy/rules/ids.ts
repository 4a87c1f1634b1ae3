import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import { conflict, type Draft, type Rule } from './rule.ts'

/** Two documents must not stand for one policy: each would undo the other. */
export const ids: Rule = ({ AuthenticationPolicy }) => {
  const byId = new Map<string, Draft<'AuthenticationPolicy'>[]>()
  for (const policy of AuthenticationPolicy) {
    const id = policy.spec.id?.toLowerCase()
    if (id !== undefined) byId.set(id, [...(byId.get(id) ?? []), policy])
  }
  return [...byId].flatMap(([id, same]): readonly Diagnostic[] => {
    if (same.length < 2) return []
    const places = same.map(({ locate }) => ({ span: locate(['id']), summary: 'the same id stands here' }))
    return [conflict('policy/one-id-twice', { id, policies: same.map(({ address }) => address.name) }, places)]
  })
}
