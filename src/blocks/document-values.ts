import type { JsonObject } from '../model/json.ts'
import { documentAttributes, type BlockKind } from './document-attributes.ts'
import { specOf, type SpecOf } from './spec-of.ts'
import type { Value, ValueObject, ValuePath } from './value.ts'
import { valuesOf } from './values-of.ts'

/** The kinds that have a resource for each document. */
export type ResourceKind = Extract<BlockKind, 'AuthenticationPolicy' | 'ExternalUserPolicy' | 'IpAllowlist'>

/** The type of the resource that a document is. */
export const resourceTypeOf = {
  AuthenticationPolicy: 'postern_authentication_policy',
  ExternalUserPolicy: 'postern_external_user_policy',
  IpAllowlist: 'postern_ip_allowlist',
} as const satisfies Record<ResourceKind, string>

export const resourceKinds = Object.keys(resourceTypeOf) as readonly ResourceKind[]

/** What Terraform knows of a resource besides what its document says. */
export interface ComputedValues {
  readonly id: Value
  readonly document: Value
}

/** The whole value of a resource: what its document says, its id and its document. */
export const resourceValues = (
  kind: ResourceKind,
  spec: JsonObject,
  { id, document }: ComputedValues,
): ValueObject => ({
  ...valuesOf(documentAttributes[kind], spec),
  id,
  document,
})

/**
 * The document that a resource is, from its configuration: of the id only what is written there counts, never what was found. An authentication policy is without its members.
 */
export function resourceSpec(kind: ResourceKind, config: ValueObject): SpecOf {
  const { spec, unknowns } = specOf(documentAttributes[kind], config)
  return { spec: { kind, ...spec }, unknowns }
}

/** What the provider is given as the organization: its id and what its document says. */
export function organizationValues({ id = null, ...spec }: JsonObject): {
  readonly organization_id: Value
  readonly organization: ValueObject
} {
  return { organization_id: id, organization: valuesOf(documentAttributes.Organization, spec) }
}

/** The Organization document of an `organization_id` and an `organization`. */
export function organizationSpec(id: Value, organization: ValueObject): SpecOf {
  const { spec, unknowns } = specOf(documentAttributes.Organization, organization, [{ attribute: 'organization' }])
  const known = typeof id === 'string' ? { id } : {}
  const missing: readonly ValuePath[] = typeof id === 'symbol' ? [[{ attribute: 'organization_id' }]] : []
  return { spec: { kind: 'Organization', ...known, ...spec }, unknowns: [...missing, ...unknowns] }
}
