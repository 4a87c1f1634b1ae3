import { foldEmail } from '../model/account.ts'
import type { DriftDifference } from '../model/drift.ts'
import { grouped } from '../model/grouped.ts'
import type { Desired, Resource } from '../kinds/resource.ts'
import type { DocumentEdit } from '../policy/edit-documents.ts'

/** Addresses that a policy is to name under `accounts` from now on, and those that it is to name no more. Who is in both stays or comes. */
export interface AccountChange {
  readonly add: readonly string[]
  readonly remove: readonly string[]
}

/**
 * The edits by which a policy names other accounts. Who goes is taken out wherever the policy names it: from its own `accounts` and from the documents of
 * its lists. Who comes is added to its own `accounts`, or to its list where it names exactly one and no account by itself. Nothing that stays is touched.
 */
export function accountEdits(
  { address, spec, lists = [] }: Resource<'AuthenticationPolicy'>,
  { add, remove }: AccountChange,
): readonly DocumentEdit[] {
  const named = spec.members?.accounts ?? []
  const own = named.slice(0, named.length - lists.reduce((sum, { accounts }) => sum + accounts.length, 0))
  const coming = new Set(add.map(foldEmail))
  const gone = new Set(remove.map(foldEmail).filter(email => !coming.has(email)))
  const there = new Set(named.map(foldEmail))
  const fresh = new Map(add.flatMap(email => (there.has(foldEmail(email)) ? [] : [[foldEmail(email), email] as const])))
  // Of a list that is named twice the first brings its accounts.
  const documents = lists.filter(({ name }, index) => lists.findIndex(other => other.name === name) === index)
  const [list, another] = documents
  const intoList = list !== undefined && another === undefined && own.length === 0
  const left = (accounts: readonly string[]) => accounts.filter(email => !gone.has(foldEmail(email)))
  const after = [...left(own), ...(intoList ? [] : fresh.values())]
  return [
    ...(isSame(own, after)
      ? []
      : [{ address, path: ['members', 'accounts'], value: after.length === 0 ? undefined : after }]),
    ...documents.flatMap(({ name, accounts }): readonly DocumentEdit[] => {
      const listed = [...left(accounts), ...(intoList ? fresh.values() : [])]
      // A list is there for its accounts: without any it stays, and is empty.
      return isSame(accounts, listed)
        ? []
        : [{ address: { kind: 'AccountList', name }, path: ['accounts'], value: listed }]
    }),
  ]
}

const isSame = (before: readonly string[], after: readonly string[]): boolean =>
  after.length === before.length && after.every((email, index) => email === before[index])

/** An account stays where it was moved to when the policy it is in names it: nothing selects more strongly. */
export function membershipEdits(
  moved: readonly DriftDifference[],
  { AuthenticationPolicy }: Desired,
  leave: (difference: DriftDifference, why: string) => void,
): readonly DocumentEdit[] {
  const declared = new Set(AuthenticationPolicy.map(({ spec }) => spec.name))
  const accepted = moved.filter(difference => {
    if (typeof difference.live === 'string' && declared.has(difference.live)) return true
    leave(difference, 'it is in a policy that no document declares')
    return false
  })
  const emailOf = ({ account }: DriftDifference): readonly string[] => (account === undefined ? [] : [account.email])
  const remove = accepted.flatMap(emailOf)
  const into = grouped(accepted, ({ live }) => (typeof live === 'string' ? live : undefined))
  return AuthenticationPolicy.flatMap(policy =>
    accountEdits(policy, { add: (into.get(policy.spec.name) ?? []).flatMap(emailOf), remove }),
  )
}
