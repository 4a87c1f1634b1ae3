import { accountList, type AccountList } from './account-list.ts'
import { authenticationPolicy, type AuthenticationPolicy } from './authentication-policy.ts'
import type { Kind } from './contract.ts'
import { coverageRequirement, type CoverageRequirement } from './coverage-requirement.ts'
import { exception, type Exception } from './exception.ts'
import { externalUserPolicy, type ExternalUserPolicy } from './external-user-policy.ts'
import { ipAllowlist, type IpAllowlist } from './ip-allowlist.ts'
import { organization, type Organization } from './organization.ts'

/** The type of the documents of each kind. */
export interface Specs {
  readonly Organization: Organization
  readonly AuthenticationPolicy: AuthenticationPolicy
  readonly AccountList: AccountList
  readonly ExternalUserPolicy: ExternalUserPolicy
  readonly IpAllowlist: IpAllowlist
  readonly CoverageRequirement: CoverageRequirement
  readonly Exception: Exception
}

export type KindName = keyof Specs

/** The registry of kinds, in the order in which people meet them. */
export const kinds: { readonly [K in KindName]: Kind<Specs[K]> } = {
  Organization: organization,
  AuthenticationPolicy: authenticationPolicy,
  AccountList: accountList,
  ExternalUserPolicy: externalUserPolicy,
  IpAllowlist: ipAllowlist,
  CoverageRequirement: coverageRequirement,
  Exception: exception,
}

export const kindNames = Object.keys(kinds) as readonly KindName[]

/** The kinds whose documents say by themselves what is desired: what an account list holds is part of the policies that name it. */
export const resolvedKinds = kindNames.filter(name => name !== 'AccountList')

export const isKindName = (name: string): name is KindName => Object.hasOwn(kinds, name)

/** The kind of an object whose type of document does not matter to the caller. */
export const kindNamed = (name: KindName): Kind => kinds[name] as unknown as Kind
