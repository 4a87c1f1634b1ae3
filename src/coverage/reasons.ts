import type { StaleReason } from '../model/evidence.ts'

/** Why a level is no higher than it is. */
export type Reason =
  | { readonly code: 'policy-unknown' }
  | {
      readonly code: 'unproven'
      readonly labels: readonly string[]
      readonly policy: string
      readonly because?: StaleReason
    }
  | { readonly code: 'mfa-expired' | 'mfa-not-enforced' | 'mfa-undeclared'; readonly provider: string }
  | { readonly code: 'mfa-undated'; readonly provider: string }
  | { readonly code: 'provider-unknown' }
  | { readonly code: 'provider-of-directory'; readonly provider: string }
  | { readonly code: 'flag-may-not-count' }
  | { readonly code: 'by-choice'; readonly policy: string }
  | { readonly code: 'not-asked'; readonly policy: string }
  | { readonly code: 'no-authorization'; readonly policy: string }
  | { readonly code: 'emailed-passcode' }
  | { readonly code: 'sso-step-up'; readonly provider: string }
  | { readonly code: 'propagation'; readonly policy: string; readonly until: string }
  | { readonly code: 'uncovered-app'; readonly apps: readonly string[] }
  | { readonly code: 'apps-unknown' }
  | { readonly code: 'either-policy' }

export type ReasonCode = Reason['code']

/** A reason in words: one clause, without a full stop. Names are as the organization has them. */
export function reasonWords(reason: Reason): string {
  switch (reason.code) {
    case 'policy-unknown':
      return 'the API does not tell which policy it is in'
    case 'unproven':
      return reason.because === undefined
        ? `nothing shows ${quoted(reason.labels)} of ${reason.policy}`
        : `what was seen of ${quoted(reason.labels)} of ${reason.policy} ${staleWords(reason.because)}`
    case 'mfa-expired':
      return `that ${reason.provider} enforces a second factor was declared too long ago`
    case 'mfa-not-enforced':
      return `${reason.provider} is declared not to enforce a second factor`
    case 'mfa-undeclared':
      return `nobody declared that ${reason.provider} enforces a second factor`
    case 'mfa-undated':
      return `that ${reason.provider} enforces a second factor is declared, undated`
    case 'provider-of-directory':
      return `that it signs in through ${reason.provider} is what the documents say of its directory; nobody attested it`
    case 'provider-unknown':
      return 'which identity provider it signs in through is not known'
    case 'flag-may-not-count':
      return 'its own two-step verification is on, but would not count if single sign-on were enforced, which is not known'
    case 'by-choice':
      return `its own two-step verification is on by choice; ${reason.policy} does not enforce it`
    case 'not-asked':
      return `${reason.policy} does not enforce two-step verification, and its own is not on`
    case 'no-authorization':
      return `${externalPolicy[reason.policy] ?? reason.policy} asks for nothing`
    case 'emailed-passcode':
      return 'a passcode by email; two-step verification cannot be enforced on external accounts'
    case 'sso-step-up':
      return `single sign-on through ${reason.provider} for external users, without a declared second factor`
    case 'propagation':
      return `${externalPolicy[reason.policy] ?? reason.policy} was first seen so less than 10 minutes ago: it counts from ${reason.until.slice(11, 16)} UTC`
    case 'uncovered-app':
      return `it reaches ${reason.apps.join(', ')}, which the external user policy does not cover`
    case 'apps-unknown':
      return 'which apps it reaches is not known'
    case 'either-policy':
      return 'whether it is in the test policy is not known: the weaker of both counts'
  }
}

const quoted = (labels: readonly string[]): string => labels.map(label => `“${label}”`).join(' and ')

/** The two external policies in the words of the console. */
export const externalPolicy: Readonly<Record<string, string>> = {
  external: 'the external user policy',
  test: 'the test policy for external users',
}

function staleWords(because: StaleReason): string {
  switch (because.reason) {
    case 'expired':
      return `is older than ${because.after}`
    case 'changed':
      return `was before a change${because.by === undefined ? '' : ` by ${because.by}`} at ${because.at}`
    case 'contradicted':
      return `is contradicted: ${because.summary}`
  }
}
