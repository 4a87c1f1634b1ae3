import type { AccountStatus } from '../kinds/live.ts'
import { compareAddress } from '../model/address.ts'
import type { CoverageLevel } from '../model/coverage.ts'
import type { JsonObject } from '../model/json.ts'
import { dataSourceSchemas, type DataSourceType } from './data-source-schemas.ts'
import { documentAttributes } from './document-attributes.ts'
import { documentText, type DocumentValue } from './document-text.ts'
import { organizationValues, type ResourceKind } from './document-values.ts'
import { membershipParts } from './membership-values.ts'
import type { ValueObject } from './value.ts'
import { valuesOf } from './values-of.ts'

/** The organization as `postern_organization` shows it. What is left out is null. */
export interface OrganizationState {
  readonly id: string
  readonly name: string
  readonly domains: readonly { readonly name: string; readonly status?: string }[]
  readonly directories: readonly { readonly id: string; readonly name: string; readonly synced: boolean }[]
  readonly policies: readonly { readonly id: string; readonly name?: string; readonly accounts: number }[]
}

/** The filters of `postern_accounts` as they were given, and what they let through. */
export interface AccountsState {
  readonly status?: string
  readonly policyId?: string
  readonly domain?: string
  readonly managed?: boolean
  readonly accounts: readonly {
    readonly id: string
    readonly email: string
    readonly name?: string
    readonly status: AccountStatus
    readonly managed: boolean
    readonly policyId?: string
    readonly domain?: string
  }[]
}

/** What `postern_coverage` was asked, and what was counted. */
export interface CoverageState {
  readonly documents?: readonly string[]
  readonly folder?: string
  readonly total: number
  readonly managed: number
  readonly external: number
  readonly levels: Readonly<Record<CoverageLevel, number>>
  readonly declaredLevels: Readonly<Record<CoverageLevel, number>>
  readonly gaps: readonly {
    readonly id?: string
    readonly email: string
    readonly accountClass: string
    readonly policy?: string
    readonly level: CoverageLevel
    readonly declaredLevel?: CoverageLevel
    readonly reason: string
    readonly risk: readonly string[]
  }[]
  readonly requirements: readonly {
    readonly name: string
    readonly met: boolean
    readonly percent: number
    readonly required: number
    readonly severity: string
    readonly population: number
    readonly meeting: number
  }[]
}

/** A policy folder: its documents, the organization’s among them. Account lists are put into the policies that name them. */
export interface PolicyFolderState {
  readonly path: string
  readonly documents: readonly DocumentValue[]
  readonly desiredDigest: string
}

const stateOf = (type: DataSourceType, state: JsonObject): ValueObject =>
  valuesOf(dataSourceSchemas[type].attributes, state)

export const organizationState = (state: OrganizationState): ValueObject =>
  stateOf('postern_organization', state as unknown as JsonObject)

export const accountsState = (state: AccountsState): ValueObject =>
  stateOf('postern_accounts', state as unknown as JsonObject)

export const coverageState = (state: CoverageState): ValueObject =>
  stateOf('postern_coverage', {
    ...(state as unknown as JsonObject),
    levels: counts(state.levels),
    declaredLevels: counts(state.declaredLevels),
  })

const counts = (levels: Readonly<Record<CoverageLevel, number>>): JsonObject => ({
  none: levels.none,
  optional: levels.optional,
  stepUp: levels['step-up'],
  twoStep: levels['two-step'],
  ssoMfa: levels['sso-mfa'],
})

export function policyFolderState({ path, documents, desiredDigest }: PolicyFolderState): ValueObject {
  const sorted = documents.filter(({ kind }) => kind !== 'AccountList').sort(compareAddress)
  const byName = (kind: ResourceKind): ValueObject =>
    Object.fromEntries(
      sorted.filter(one => one.kind === kind).map(({ name, spec }) => [name, valuesOf(documentAttributes[kind], spec)]),
    )
  const organization = sorted.find(({ kind }) => kind === 'Organization')
  return {
    path,
    documents: sorted.map(({ spec }) => documentText(spec)),
    desired_digest: desiredDigest,
    ...(organization === undefined
      ? { organization_id: null, organization: null }
      : organizationValues(organization.spec)),
    authentication_policies: byName('AuthenticationPolicy'),
    external_user_policies: byName('ExternalUserPolicy'),
    ip_allowlists: byName('IpAllowlist'),
    membership: membershipParts(sorted, text => text),
  }
}
