import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import { grouped } from '../../model/grouped.ts'
import { conflict, type Rule } from './rule.ts'

/** What the Organization document declares for others has one name each: a policy that names it must mean one thing. */
export const duplicates: Rule = ({ organization }) => {
  if (organization === undefined) return []
  const { locate, spec } = organization
  const { identityProviders = [], directories = [], approvals } = spec
  const lists = [
    { kind: 'IdentityProvider', path: ['identityProviders'], items: identityProviders },
    { kind: 'Directory', path: ['directories'], items: directories },
    { kind: 'approver', path: ['approvals', 'approvers'], items: approvals?.approvers ?? [] },
  ]
  return lists.flatMap(({ kind, path, items }) =>
    [...grouped(items.keys(), index => items[index]?.name)].flatMap(([name, same]): readonly Diagnostic[] => {
      if (same.length < 2) return []
      const places = same.map(index => ({
        span: locate([...path, index, 'name']),
        summary: 'the same name stands here',
      }))
      return [conflict('policy/duplicate-name', { kind, name }, places)]
    }),
  )
}
