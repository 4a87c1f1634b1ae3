import { authenticationPolicySchema } from '../kinds/authentication-policy-schema.ts'
import { kindNamed, type KindName } from '../kinds/index.ts'
import { attributesOf } from './attributes-of.ts'
import type { Attributes } from './schema.ts'

/** The kinds that have a place in Terraform. What an AccountList holds stands in the policies that name it. */
export type BlockKind = Exclude<KindName, 'AccountList'>

/** The resources that Terraform knows. */
export type ResourceType =
  'postern_authentication_policy' | 'postern_external_user_policy' | 'postern_ip_allowlist' | 'postern_membership'

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
