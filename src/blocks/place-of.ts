import type { KindName } from '../kinds/index.ts'
import type { Address } from '../model/address.ts'
import { documentAttributes, memberAttributes, type BlockKind, type ResourceType } from './document-attributes.ts'
import type { ValuePath } from './value.ts'
import { valuePathOf, type DocumentPath } from './value-path.ts'

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
