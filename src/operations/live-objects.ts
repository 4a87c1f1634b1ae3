import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Validity } from '../evidence/field-state.ts'
import type { Observed } from '../kinds/contract.ts'
import { distinctNames } from '../kinds/document-name.ts'
import { kindNamed, type KindName } from '../kinds/index.ts'
import type { LiveAccount, LiveObject } from '../kinds/live.ts'
import { valueAt } from '../kinds/path.ts'
import type { Desired, Resource } from '../kinds/resource.ts'
import { compareText, formatAddress } from '../model/address.ts'
import { grouped } from '../model/grouped.ts'
import type { Fact, LiveField } from '../model/evidence.ts'
import type { Bindings } from './bind-policies.ts'
import { consolePaths, fieldsOf } from './field-evidence.ts'
import type { LedgerState } from './ledger-state.ts'
import { policyFacts } from './policy-facts.ts'

/** What is known of the authentication policies: ids and members by the API, everything else by evidence. */
export function authenticationPolicies(
  policies: Desired['AuthenticationPolicy'],
  accounts: readonly LiveAccount[],
  { ids, names }: Bindings,
  ledger: LedgerState,
  validity: Validity,
): readonly LiveObject[] {
  const members = new Map<string, number>()
  for (const { policyId, active } of accounts)
    if (active && policyId !== undefined) members.set(policyId, (members.get(policyId) ?? 0) + 1)
  const called = policies.map(({ spec: { name } }) => ({ name, id: ids.get(name) }))
  const facts = policyFacts(called, accounts, names, ledger)
  // A policy that holds nobody cannot be seen: it has the name of its document, for all that is known.
  const unseen = called.flatMap(({ name, id }) => (id === undefined || names.has(id) ? [] : [[id, name] as const]))
  const distinct = distinctNames(new Map([...unseen, ...[...names].map(([id, { name }]) => [id, name] as const)]))
  return policies.map(policy => {
    const { address, spec } = policy
    const id = ids.get(spec.name)
    const live = id === undefined ? undefined : names.get(id)
    const own = facts.get(spec.name) ?? []
    return {
      address,
      exists: id !== undefined || own.length > 0 ? 'yes' : 'no',
      ...(id !== undefined && { id, accounts: members.get(id) ?? 0 }),
      fields: {
        ...consoleFields(policy, own, validity),
        // A name that no document can have is nobody's wish to change.
        ...(id !== undefined &&
          live &&
          distinct.has(id) && {
            name: {
              state: 'known',
              value: live.name,
              evidence: { path: 'name', from: live.from, at: live.at },
            } as const,
          }),
      },
    }
  })
}

/** Policies that hold accounts and that no document declares. Evidence knows them by name, the API by id. */
export function undeclaredPolicies(
  accounts: readonly LiveAccount[],
  { ids, names }: Bindings,
  { facts }: LedgerState,
  validity: Validity,
): readonly LiveObject[] {
  const declared = new Set(ids.values())
  const found = new Set<string>()
  for (const { policyId } of accounts) if (policyId !== undefined && !declared.has(policyId)) found.add(policyId)
  return [...found].sort(compareText).map(id => {
    const name = names.get(id)?.name
    const own = facts.filter(fact => fact.address.kind === 'AuthenticationPolicy' && fact.address.name === name)
    return {
      address: { kind: 'AuthenticationPolicy', name: name ?? id },
      exists: 'yes',
      id,
      fields: fieldsOf('AuthenticationPolicy', own, validity),
    }
  })
}

/** What is known of the two external user policies: nothing but evidence. Atlassian has both in every organization (ref 5.2). */
export const externalUserPolicies = (
  policies: Desired['ExternalUserPolicy'],
  { facts }: LedgerState,
  validity: Validity,
): readonly LiveObject[] =>
  policies.map(policy => ({
    address: policy.address,
    exists: 'yes',
    fields: consoleFields(
      policy,
      facts.filter(({ address }) => formatAddress(address) === formatAddress(policy.address)),
      validity,
    ),
  }))

/** Objects that the API serves whole: those that are declared, and those that were applied once. */
export function servedObjects(
  kind: KindName,
  resources: readonly Resource[],
  observed: readonly Observed[],
  at: string,
): { readonly objects: readonly LiveObject[]; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = []
  const byName = new Map(grouped(observed, ({ address }) => address.name))
  const declared = resources.map((resource): LiveObject => {
    const found = byName.get(resource.address.name) ?? []
    const [object] = found
    byName.delete(resource.address.name)
    if (object === undefined) return { address: resource.address, exists: 'no', fields: {} }
    if (found.length > 1) {
      const facts = { ...resource.address, ids: found.map(({ id }) => id) }
      diagnostics.push(diagnostic('plan/two-objects', facts, { span: resource.locate(['name']) }))
    }
    diagnostics.push(...unreadable(kind, resource, object))
    return served(object, at)
  })
  return { objects: [...declared, ...[...byName.values()].flat().map(object => served(object, at))], diagnostics }
}

const served = (object: Observed, at: string): LiveObject => ({
  address: object.address,
  exists: 'yes',
  id: object.id,
  observed: object,
  fields: Object.fromEntries(
    Object.entries(object.fields).map(([path, value]) => [
      path,
      { state: 'known', value, evidence: { path, from: 'api', at } },
    ]),
  ),
})

function unreadable(kind: KindName, { spec, address, locate }: Resource, object: Observed): readonly Diagnostic[] {
  const missing = Object.keys(kindNamed(kind).fields).filter(
    path => valueAt(spec, path) !== undefined && object.fields[path] === undefined,
  )
  return [
    ...missing.map(field =>
      diagnostic('plan/unreadable-field', { ...address, field }, { span: locate(field.split('.')) }),
    ),
    ...(object.settling === true ? [diagnostic('plan/settling', address, { span: locate([]) })] : []),
  ]
}

const consoleFields = (
  { kind, spec }: Resource,
  facts: readonly Fact[],
  validity: Validity,
): Readonly<Record<string, LiveField>> => ({
  ...Object.fromEntries(
    consolePaths(kind).flatMap(path => (valueAt(spec, path) === undefined ? [] : [[path, { state: 'unknown' }]])),
  ),
  ...fieldsOf(kind, facts, validity),
})
