import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import type { Resource } from '../../kinds/resource.ts'
import type { Span } from '../../model/span.ts'
import { conflict, type Rule } from './rule.ts'

type Policy = Resource<'AuthenticationPolicy'>

/** One policy's wish for one selector. */
interface Claim {
  readonly policy: Policy
  readonly span: Span
  /** Claims with one key contradict each other. */
  readonly key: string
  readonly words: string
  readonly level: string
}

/**
 * Two policies that claim the same at the same level. An account named twice is always wrong; a group, a domain or everybody else only within one
 * directory: across directories it depends on where the accounts are, and the plan judges it.
 */
export const claims: Rule = ({ AuthenticationPolicy }) => {
  const byKey = new Map<string, Claim[]>()
  for (const claim of AuthenticationPolicy.flatMap(claimsOf)) {
    const others = byKey.get(claim.key) ?? []
    // One policy that names a selector twice says the same thing twice.
    if (!others.some(({ policy }) => policy === claim.policy)) byKey.set(claim.key, [...others, claim])
  }
  return [...byKey.values()].flatMap((rivals): readonly Diagnostic[] => {
    const [first] = rivals
    if (first === undefined || rivals.length < 2) return []
    const places = rivals.map(({ span, policy }) => ({ span, summary: `claimed by \`${policy.spec.name}\` here` }))
    const policies = rivals.map(({ policy }) => policy.spec.name)
    return [conflict('policy/double-claim', { claim: first.words, level: first.level, policies }, places)]
  })
}

function claimsOf(policy: Policy): readonly Claim[] {
  const { members, directory } = policy.spec
  if (members === undefined) return []
  const priority = members.priority ?? 0
  const claim = (level: string, key: string, words: string, path: readonly (string | number)[]): Claim => ({
    policy,
    span: policy.locate(path),
    key: JSON.stringify([level, key]),
    words,
    level,
  })
  return [
    ...(members.accounts ?? []).map((account, index) =>
      claim('accounts', account.toLowerCase(), `the account \`${account}\``, ['members', 'accounts', index]),
    ),
    ...(members.groups ?? []).map((group, index) =>
      claim('groups', JSON.stringify([directory, group, priority]), `the group \`${group}\``, [
        'members',
        'groups',
        index,
      ]),
    ),
    ...(members.domains ?? []).map((domain, index) =>
      claim('domains', JSON.stringify([directory, domain.toLowerCase()]), `the domain \`${domain}\``, [
        'members',
        'domains',
        index,
      ]),
    ),
    ...(members.everyoneElse === true
      ? [
          claim('everyoneElse', directory, `everybody else in the directory \`${directory}\``, [
            'members',
            'everyoneElse',
          ]),
        ]
      : []),
  ]
}
