import { isObject, type Json, type JsonObject } from '../model/json.ts'
import { documentAttributes, memberAttributes } from './document-attributes.ts'
import { documentOfText, documentText, type DocumentValue } from './document-text.ts'
import { specOf } from './spec-of.ts'
import { isValueObject, unknown, type Value, type ValueObject, type ValuePath } from './value.ts'
import { valuesOf } from './values-of.ts'

/** What Terraform knows of the membership besides what documents say. */
export interface ComputedMembership {
  readonly id: Value
  readonly accounts: Value
}

/** A part of a membership that is no document. */
export interface RefusedPart {
  readonly path: ValuePath
  /** `no-policy`: the text is no AuthenticationPolicy document. `other-name`: it is one, by another name than its key. `has-members`: members stand in the text, where they have no place. */
  readonly why: 'no-policy' | 'other-name' | 'has-members'
}

/** What a membership says: authentication policies with their members, coverage requirements and exceptions. */
export interface MembershipDocuments {
  readonly documents: readonly DocumentValue[]
  readonly unknowns: readonly ValuePath[]
  readonly refused: readonly RefusedPart[]
}

/** The whole value of the membership that documents make together. Documents of other kinds are passed over. */
export const membershipValues = (
  documents: readonly DocumentValue[],
  { id, accounts }: ComputedMembership,
): ValueObject => ({
  id,
  accounts,
  ...membershipParts(documents, text => text),
})

/** The attributes of a membership that documents decide, with the value of each policy from its text and name. */
export const membershipParts = (
  documents: readonly DocumentValue[],
  policy: (text: string, name: string) => Value,
): ValueObject => {
  const mapOf = (kind: DocumentValue['kind'], value: (document: DocumentValue) => Value): ValueObject =>
    Object.fromEntries(documents.filter(one => one.kind === kind).map(one => [one.name, value(one)]))
  const orNull = (map: ValueObject): ValueObject | null => (Object.keys(map).length === 0 ? null : map)
  return {
    policies: mapOf('AuthenticationPolicy', ({ name, spec }) => {
      const { members, ...own } = spec
      return {
        policy: policy(documentText(own), name),
        members: isObject(members) ? valuesOf(memberAttributes, members) : null,
      }
    }),
    coverage_requirements: orNull(
      mapOf('CoverageRequirement', ({ spec }) => valuesOf(documentAttributes.CoverageRequirement, spec)),
    ),
    exceptions: orNull(mapOf('Exception', ({ spec }) => valuesOf(documentAttributes.Exception, spec))),
  }
}

/** The documents that a membership holds, those of a kind in the order of its map. */
export function membershipDocuments(value: ValueObject): MembershipDocuments {
  const unknowns: ValuePath[] = []
  const refused: RefusedPart[] = []

  function itemsOf(attribute: string): readonly (readonly [name: string, item: ValueObject, at: ValuePath])[] {
    const map = value[attribute]
    if (map === unknown) unknowns.push([{ attribute }])
    if (!isValueObject(map)) return []
    return Object.entries(map).flatMap(([key, item]) => {
      const at = [{ attribute }, { key }]
      if (item === unknown) unknowns.push(at)
      return isValueObject(item) ? [[key, item, at] as const] : []
    })
  }

  function named(attribute: string, kind: 'CoverageRequirement' | 'Exception'): readonly DocumentValue[] {
    return itemsOf(attribute).map(([name, item, at]) => {
      const found = specOf(documentAttributes[kind], item, at)
      unknowns.push(...found.unknowns)
      return { kind, name, spec: { kind, name, ...found.spec } }
    })
  }

  function policyIn(name: string, { policy }: ValueObject, at: ValuePath): JsonObject | undefined {
    const path = [...at, { attribute: 'policy' }]
    if (policy === unknown) unknowns.push(path)
    if (typeof policy !== 'string') return undefined
    const document = documentOfText(policy)
    const why = wrongWith(name, document)
    if (why === undefined) return document?.spec
    refused.push({ path, why })
    return undefined
  }

  function membersIn({ members }: ValueObject, at: ValuePath): Record<string, Json> {
    const path = [...at, { attribute: 'members' }]
    if (members === unknown) unknowns.push(path)
    if (!isValueObject(members)) return {}
    const found = specOf(memberAttributes, members, path)
    unknowns.push(...found.unknowns)
    return { members: found.spec }
  }

  const policies = itemsOf('policies').flatMap(([name, item, at]): readonly DocumentValue[] => {
    const policy = policyIn(name, item, at)
    const members = membersIn(item, at)
    return policy === undefined ? [] : [{ kind: 'AuthenticationPolicy', name, spec: { ...policy, ...members } }]
  })
  return {
    documents: [
      ...policies,
      ...named('coverage_requirements', 'CoverageRequirement'),
      ...named('exceptions', 'Exception'),
    ],
    unknowns,
    refused,
  }
}

function wrongWith(name: string, document: DocumentValue | undefined): RefusedPart['why'] | undefined {
  if (document?.kind !== 'AuthenticationPolicy') return 'no-policy'
  if (document.name !== name) return 'other-name'
  return Object.hasOwn(document.spec, 'members') ? 'has-members' : undefined
}
