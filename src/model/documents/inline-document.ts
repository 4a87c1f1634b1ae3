// Made from the schemas of the kinds by `npm run generate`.

import type { OrganizationDocument } from './organization-document.ts'
import type { AuthenticationPolicyDocument } from './authentication-policy-document.ts'
import type { AccountListDocument } from './account-list-document.ts'
import type { ExternalUserPolicyDocument } from './external-user-policy-document.ts'
import type { IpAllowlistDocument } from './ip-allowlist-document.ts'
import type { CoverageRequirementDocument } from './coverage-requirement-document.ts'
import type { ExceptionDocument } from './exception-document.ts'

/** One document in a program. `kind` says which members it has. */
export type InlineDocument =
  | OrganizationDocument
  | AuthenticationPolicyDocument
  | AccountListDocument
  | ExternalUserPolicyDocument
  | IpAllowlistDocument
  | CoverageRequirementDocument
  | ExceptionDocument
