import { refusal } from './refusal.ts'
import { selectedAt } from '../../kinds/members.ts'
import type { Desired, Resource } from '../../kinds/resource.ts'
import { domainOf, foldEmail } from '../../model/account.ts'
import { valueAt } from '../../kinds/path.ts'
import { compareText } from '../../model/address.ts'
import { isObject, isStrings, type Json } from '../../model/json.ts'
import type { DocumentEdit } from '../../policy/edit-documents.ts'
import { preciseDocuments } from '../../policy/precise-documents.ts'
import { accountEdits } from '../membership-edits.ts'
import type { Misplaced, Whereabouts } from './misplaced.ts'

type Policy = Resource<'AuthenticationPolicy'>

/** Documents and what they are written in. */
export interface Written {
  readonly desired: Desired
  readonly texts: ReadonlyMap<string, string>
}

/** What each policy is to say otherwise: folded addresses by the name of its document. */
interface Wishes {
  readonly add: Map<string, string[]>
  readonly remove: Map<string, string[]>
  readonly except: Map<string, string[]>
  readonly noException: Map<string, string[]>
  readonly across: Set<string>
}

/** Names accounts in the policies that they are in, and nowhere else: nothing selects more strongly. */
export function claimEdits(
  wrong: readonly Misplaced[],
  written: Written,
  { lastApplied }: Pick<Whereabouts, 'lastApplied'>,
): readonly DocumentEdit[] {
  const { AuthenticationPolicy, organization } = written.desired
  const policies = new Map(AuthenticationPolicy.map(policy => [policy.spec.name, policy]))
  const own = organization.spec.domains?.map(domain => domain.toLowerCase())
  const wishes = noWishes()
  for (const { account, policy: name } of wrong) {
    const { email, accountId } = account
    const policy = policies.get(name ?? '')
    const isListable =
      (own?.includes(domainOf(email)) ?? true) &&
      refusal('AuthenticationPolicy', 'members.accounts', [email]) === undefined
    if (policy === undefined || !isListable) continue
    wish(wishes.add, policy.spec.name, email)
    wish(wishes.noException, policy.spec.name, email)
    for (const other of AuthenticationPolicy) if (other !== policy) wish(wishes.remove, other.spec.name, email)
    const recorded = policies.get(lastApplied?.policyOf[accountId] ?? '')
    const { members } = policy.spec
    // What else it selects would be claimed from every directory, too.
    const reachesFurther = (members?.groups ?? []).length > 0 || (members?.domains ?? []).length > 0
    if (recorded !== undefined && recorded.spec.directory !== policy.spec.directory && !reachesFurther)
      wishes.across.add(policy.spec.name)
  }
  return editsFor(wishes, written)
}

/** Takes accounts out of every policy that selects them and does not hold them: then nothing moves them. */
export function exceptionEdits(
  wrong: readonly Misplaced[],
  written: Written,
  { groupsOf }: Pick<Whereabouts, 'groupsOf'>,
): readonly DocumentEdit[] {
  const wishes = noWishes()
  for (const { account, policy } of wrong) {
    const { email, accountId } = account
    for (const { spec } of written.desired.AuthenticationPolicy) {
      if (spec.name === policy) continue
      const selected = selectedAt(spec.members, { email, groups: groupsOf.get(accountId) ?? new Set() })
      if (selected.length === 0) continue
      wish(wishes.remove, spec.name, email)
      if (selected.some(level => level !== 'accounts')) wish(wishes.except, spec.name, email)
    }
  }
  return editsFor(wishes, written)
}

const noWishes = (): Wishes => ({
  add: new Map(),
  remove: new Map(),
  except: new Map(),
  noException: new Map(),
  across: new Set(),
})

function wish(wishes: Map<string, string[]>, policy: string, email: string): void {
  const emails = wishes.get(policy)
  if (emails === undefined) wishes.set(policy, [email])
  else emails.push(email)
}

const editsFor = ({ add, remove, except, noException, across }: Wishes, written: Written): readonly DocumentEdit[] =>
  written.desired.AuthenticationPolicy.flatMap(policy => {
    const { name } = policy.spec
    const of = (wishes: ReadonlyMap<string, readonly string[]>) => [...(wishes.get(name) ?? [])].sort(compareText)
    return [
      ...accountEdits(policy, { add: of(add), remove: of(remove) }),
      ...exceptedEdits(policy, written, of(except), of(noException)),
      ...(across.has(name) && policy.spec.members?.acrossDirectories !== true
        ? [{ address: policy.address, path: ['members', 'acrossDirectories'], value: true }]
        : []),
    ]
  })

/** Of what stands under `except` only the accounts that are written there can be changed, not those of lists. */
function exceptedEdits(
  policy: Policy,
  { texts }: Written,
  add: readonly string[],
  remove: readonly string[],
): readonly DocumentEdit[] {
  if (add.length === 0 && (remove.length === 0 || policy.spec.members?.except === undefined)) return []
  const except = valueAt(asWritten(policy, texts), 'members.except')
  const accounts = isObject(except) ? except['accounts'] : undefined
  const before = isStrings(accounts) ? accounts : []
  const gone = new Set(remove.map(foldEmail))
  const after = [
    ...before.filter(email => !gone.has(foldEmail(email))),
    ...add.filter(email => !before.some(other => foldEmail(other) === foldEmail(email))),
  ]
  if (after.length === before.length && after.every((email, index) => email === before[index])) return []
  const path = ['members', 'except', 'accounts']
  if (after.length > 0) return [{ address: policy.address, path, value: after }]
  const isAlone = isObject(except) && Object.keys(except).length === 1
  return [{ address: policy.address, path: isAlone ? path.slice(0, 2) : path, value: undefined }]
}

/** A document before the accounts of lists were put into it. */
function asWritten({ address, locate }: Policy, texts: ReadonlyMap<string, string>): Json {
  const { file } = locate([])
  const found = preciseDocuments(file, texts.get(file) ?? '').documents.find(
    ({ value }) => isObject(value) && value['kind'] === address.kind && value['name'] === address.name,
  )
  return found?.value ?? {}
}
