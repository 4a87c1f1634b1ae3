import { authenticationPolicySchema } from '../kinds/authentication-policy-schema.ts'
import { kindNamed, type KindName } from '../kinds/index.ts'
import type { Address } from '../model/address.ts'
import { attributesOf } from './attributes-of.ts'
import type { Attributes } from './schema.ts'
import type { ValuePath } from './value.ts'
import { valuePathOf, type DocumentPath } from './value-path.ts'

/** The kinds that have a place in Terraform. What an AccountList holds stands in the policies that name it. */
export type BlockKind = Exclude<KindName, 'AccountList'>

/** The resources that Terraform knows. */
export const resourceTypes = [
  'postern_authentication_policy',
  'postern_external_user_policy',
  'postern_ip_allowlist',
  'postern_membership',
] as const

export type ResourceType = (typeof resourceTypes)[number]

const of = (kind: KindName, without: readonly string[] = []): Attributes => {
  const { schema, fields } = kindNamed(kind)
  return attributesOf(schema, { fields, without })
}

/**
 * What a document of each kind has as attributes, where it stands. A name that is the key of a map is no attribute; nor is the organization’s id, which has a place of its own, nor are the members
 * of a policy.
 */
export const documentAttributes: Readonly<Record<BlockKind, Attributes>> = {
  Organization: of('Organization', ['id']),
  AuthenticationPolicy: of('AuthenticationPolicy', ['members']),
  ExternalUserPolicy: of('ExternalUserPolicy'),
  IpAllowlist: of('IpAllowlist'),
  CoverageRequirement: of('CoverageRequirement', ['name']),
  Exception: of('Exception', ['name']),
}

/** The members of an authentication policy. Lists of accounts are put in before. */
export const memberAttributes: Attributes = attributesOf(authenticationPolicySchema.properties.members, {
  fields: kindNamed('AuthenticationPolicy').fields,
  without: ['members.accountLists', 'members.except.accountLists'],
  at: 'members',
})

/** A part of a block: of the provider, or of a resource of a type. */
export interface BlockPlace {
  readonly block: 'provider' | ResourceType
  readonly path: ValuePath
}

/** Where a part of a document stands in Terraform: the block it is in, and the attribute as near as there is one. */
export function placeOf({ kind, name }: Address, path: DocumentPath): BlockPlace {
  const inside = (own: BlockKind): ValuePath => valuePathOf(documentAttributes[own], path)
  const inMap = (attribute: string, inner: ValuePath): BlockPlace => ({
    block: 'postern_membership',
    path: [{ attribute }, { key: name }, ...inner],
  })
  switch (kind as KindName) {
    case 'Organization':
      return path[0] === 'id'
        ? { block: 'provider', path: [{ attribute: 'organization_id' }] }
        : { block: 'provider', path: [{ attribute: 'organization' }, ...inside('Organization')] }
    case 'AuthenticationPolicy':
      return path[0] === 'members'
        ? inMap('policies', [{ attribute: 'members' }, ...valuePathOf(memberAttributes, path.slice(1))])
        : { block: 'postern_authentication_policy', path: inside('AuthenticationPolicy') }
    case 'ExternalUserPolicy':
      return { block: 'postern_external_user_policy', path: inside('ExternalUserPolicy') }
    case 'IpAllowlist':
      return { block: 'postern_ip_allowlist', path: inside('IpAllowlist') }
    case 'CoverageRequirement':
      return inMap('coverage_requirements', inside('CoverageRequirement'))
    case 'Exception':
      return inMap('exceptions', inside('Exception'))
    case 'AccountList':
      return { block: 'postern_membership', path: [{ attribute: 'policies' }] }
  }
}
