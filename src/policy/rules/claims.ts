import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import { selectedAt, type Level } from '../../kinds/members.ts'
import { foldEmail } from '../../model/account.ts'
import { itemOf } from '../list-accounts.ts'
import { conflict, type Draft, type Rule } from './rule.ts'

type Policy = Draft<'AuthenticationPolicy'>

/** One policy's wish for one selector. */
interface Claim {
  readonly policy: Policy
  /** Where it stands; located only when it is in conflict. */
  readonly path: readonly (string | number)[]
  /** Claims with one key contradict each other. */
  readonly key: string
  readonly words: string
  readonly level: Level
}

/**
 * Two policies that claim the same at the same level. An account named twice is always wrong; a group, a domain or everybody else only within one
 * directory: across directories it depends on where the accounts are, and the plan judges it.
 */
export const claims: Rule = ({ AuthenticationPolicy }) => {
  const byKey = new Map<string, Map<Policy, Claim>>()
  for (const claim of AuthenticationPolicy.flatMap(claimsOf)) {
    const rivals = byKey.get(claim.key) ?? new Map<Policy, Claim>()
    // One policy that names a selector twice says the same thing twice.
    if (!rivals.has(claim.policy)) rivals.set(claim.policy, claim)
    byKey.set(claim.key, rivals)
  }
  const shared = new Set<string>()
  return [...byKey.values()].flatMap((byPolicy): readonly Diagnostic[] => {
    const rivals = [...byPolicy.values()]
    const [first] = rivals
    if (first === undefined || rivals.length < 2) return []
    const list = sharedList(rivals)
    if (list !== undefined) {
      if (shared.has(list.key)) return []
      shared.add(list.key)
      return [list.problem()]
    }
    const places = rivals.map(({ path, policy }) => ({
      span: policy.locate(path),
      summary: `claimed by \`${policy.address.name}\` here`,
    }))
    const policies = rivals.map(({ policy }) => policy.address.name)
    return [conflict('policy/double-claim', { claim: first.words, level: first.level, policies }, places)]
  })
}

/** Where policies name one list, all of its accounts are claimed twice: that is said once, at the names of the list. */
function sharedList(
  rivals: readonly Claim[],
): { readonly key: string; readonly problem: () => Diagnostic } | undefined {
  const named = rivals.map(({ policy, path }) => ({ policy, index: listAt(policy, path) }))
  const names = new Set(named.map(({ policy, index }) => policy.lists?.[index]?.name))
  const [name] = names
  if (name === undefined || names.size > 1) return undefined
  const policies = rivals.map(({ policy }) => policy.address.name)
  const facts = { claim: `the account list \`${name}\``, level: 'accountLists', policies }
  const places = () =>
    named.map(({ policy, index }) => ({
      span: policy.locate(['members', 'accountLists', index]),
      summary: `claimed by \`${policy.address.name}\` here`,
    }))
  return { key: JSON.stringify([name, ...policies]), problem: () => conflict('policy/double-claim', facts, places()) }
}

/** Which of the lists of a policy an account that it claims comes from; -1 where it is one of the policy's own. */
function listAt({ spec, lists = [] }: Policy, [, level, index]: Claim['path']): number {
  const all = spec.members?.accounts?.length ?? 0
  const own = all - lists.reduce((sum, { accounts }) => sum + accounts.length, 0)
  return level === 'accounts' ? (itemOf(lists, Number(index) - own)?.list ?? -1) : -1
}

function claimsOf(policy: Policy): readonly Claim[] {
  const { members, directory } = policy.spec
  if (members === undefined) return []
  const { accounts = [], groups = [], domains = [], everyoneElse, except = {}, priority = 0 } = members
  const claim = (
    level: Level,
    key: readonly (string | number)[],
    words: string,
    path: readonly (string | number)[],
  ): Claim => ({ policy, path: ['members', level, ...path], key: JSON.stringify([level, ...key]), words, level })
  const named = accounts.flatMap((account, index) =>
    // What `except` names is not claimed here, so it contradicts nobody.
    members.except !== undefined && selectedAt(members.except, { email: account, groups: new Set() }).length > 0
      ? []
      : [claim('accounts', [foldEmail(account)], `the account \`${account}\``, [index])],
  )
  // The directory was refused: what else is claimed in it nobody can say.
  if (directory === undefined) return named
  return [
    ...named,
    ...groups.flatMap((group, index) =>
      except.groups?.includes(group) === true
        ? []
        : [claim('groups', [directory, group, priority], `the group \`${group}\``, [index])],
    ),
    ...domains.flatMap((domain, index) =>
      except.domains?.some(other => foldEmail(other) === foldEmail(domain)) === true
        ? []
        : [claim('domains', [directory, foldEmail(domain)], `the domain \`${domain}\``, [index])],
    ),
    ...(everyoneElse === true
      ? [claim('everyoneElse', [directory], `everybody else in the directory \`${directory}\``, [])]
      : []),
  ]
}
