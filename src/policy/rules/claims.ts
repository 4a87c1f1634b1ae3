import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import { selectedAt, type Level } from '../../kinds/members.ts'
import { foldEmail } from '../../model/account.ts'
import { itemOf } from '../list-accounts.ts'
import type { Path } from '../locate.ts'
import { conflict, type Draft, type Rule } from './rule.ts'

type Policy = Draft<'AuthenticationPolicy'>

/** One policy's wish for one selector. */
interface Claim {
  readonly policy: Policy
  readonly level: Level
  /** Which of the selectors of that level. */
  readonly index: number
}

/**
 * Two policies that claim the same at the same level. An account named twice is always wrong; a group, a domain or everybody else only within one
 * directory: across directories it depends on where the accounts are, and the plan judges it.
 */
export const claims: Rule = ({ AuthenticationPolicy }) => {
  // Claims of one key contradict each other.
  const byKey = new Map<string, Claim[]>()
  for (const policy of AuthenticationPolicy)
    eachClaim(policy, (key, level, index) => {
      const rivals = byKey.get(key)
      if (rivals === undefined) byKey.set(key, [{ policy, level, index }])
      // One policy that names a selector twice says the same thing twice.
      else if (rivals.at(-1)?.policy !== policy) rivals.push({ policy, level, index })
    })
  const shared = new Set<string>()
  return [...byKey.values()].flatMap((rivals): readonly Diagnostic[] => {
    const [first] = rivals
    if (first === undefined || rivals.length < 2) return []
    const list = sharedList(rivals)
    if (list !== undefined) {
      if (shared.has(list.key)) return []
      shared.add(list.key)
      return [list.problem()]
    }
    const places = rivals.map(claim => ({
      span: claim.policy.locate(pathOf(claim)),
      summary: `claimed by \`${claim.policy.address.name}\` here`,
    }))
    const policies = rivals.map(({ policy }) => policy.address.name)
    return [conflict('policy/double-claim', { claim: wordsOf(first), level: first.level, policies }, places)]
  })
}

const pathOf = ({ level, index }: Claim): Path =>
  level === 'everyoneElse' ? ['members', level] : ['members', level, index]

function wordsOf({ policy: { spec }, level, index }: Claim): string {
  if (level === 'everyoneElse') return `everybody else in the directory \`${spec.directory ?? ''}\``
  return `the ${level.slice(0, -1)} \`${spec.members?.[level]?.[index] ?? ''}\``
}

/** Where policies name one list, all of its accounts are claimed twice: that is said once, at the names of the list. */
function sharedList(
  rivals: readonly Claim[],
): { readonly key: string; readonly problem: () => Diagnostic } | undefined {
  const named = rivals.map(claim => ({ policy: claim.policy, index: listAt(claim) }))
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
function listAt({ policy: { spec, lists = [] }, level, index }: Claim): number {
  const all = spec.members?.accounts?.length ?? 0
  const own = all - lists.reduce((sum, { accounts }) => sum + accounts.length, 0)
  return level === 'accounts' ? (itemOf(lists, index - own)?.list ?? -1) : -1
}

function eachClaim({ spec }: Policy, claim: (key: string, level: Level, index: number) => void): void {
  const { members, directory } = spec
  if (members === undefined) return
  const { accounts = [], groups = [], domains = [], everyoneElse, except, priority = 0 } = members
  for (const [index, account] of accounts.entries()) {
    // What `except` names is not claimed here, so it contradicts nobody.
    if (except === undefined || selectedAt(except, { email: account, groups: new Set() }).length === 0)
      claim(`accounts ${foldEmail(account)}`, 'accounts', index)
  }
  // The directory was refused: what else is claimed in it nobody can say.
  if (directory === undefined) return
  const keyOf = (level: Level, ...parts: readonly (string | number)[]) => JSON.stringify([level, directory, ...parts])
  for (const [index, group] of groups.entries())
    if (except?.groups?.includes(group) !== true) claim(keyOf('groups', group, priority), 'groups', index)
  for (const [index, domain] of domains.entries())
    if (except?.domains?.some(other => foldEmail(other) === foldEmail(domain)) !== true)
      claim(keyOf('domains', foldEmail(domain)), 'domains', index)
  if (everyoneElse === true) claim(keyOf('everyoneElse'), 'everyoneElse', 0)
}
