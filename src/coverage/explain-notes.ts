import type { AccountClass } from '../model/coverage.ts'

/** What it takes to say what holds for an account of a class. */
export interface Noting {
  readonly accountClass: AccountClass
  readonly domain: string
  readonly domainStatus: 'verified' | 'lapsed' | 'foreign'
  /** Whether any domain of the organization is verified. */
  readonly anyVerified: boolean
  /** Whether a passcode or single sign-on is asked for, as evidence shows it. */
  readonly asked: 'passcode' | 'single-sign-on' | 'nothing' | 'unknown'
  readonly tokensAllowed: boolean | 'unknown'
  readonly tested: boolean | 'unknown'
  /** Whether an apply took its access. */
  readonly suspendedByRule: boolean
}

/** What holds for accounts of this class, so that nobody looks for a setting where there is none. */
export function notesOn(noting: Noting): readonly string[] {
  switch (noting.accountClass) {
    case 'managed':
      return [
        `${noting.domain} is the organization's own and the account is claimed, so it is managed: it is in exactly one authentication policy, and the external user policy does not apply to it.`,
      ]
    case 'external':
      return external(noting)
    case 'app':
      return ['This is an app or service account. It signs in with keys only; no policy asks it for a second factor.']
    case 'portal-only':
      return [
        'This account reaches no app of the organization: at most it is a customer of a Jira Service Management portal. Portals have a sign-in of their own, which neither authentication policies nor the external user policy touch.',
      ]
    case 'suspended':
      return [
        noting.suspendedByRule
          ? 'Its access is suspended by an access rule of the external user policy: an apply took it, and an apply gives it back when no rule asks for it any more.'
          : 'Its access is suspended, and not by Postern as far as this ledger knows: restore it in Directory → Users.',
      ]
    case 'not-in-directory':
      return ['The account is managed and in no directory of the organization: it reaches no app.']
    case 'deactivated':
      return ['The account is deactivated, or about to be deleted: nobody signs in with it, and it is not moved.']
  }
}

function external({ domain, domainStatus, anyVerified, asked, tokensAllowed, tested }: Noting): readonly string[] {
  const why =
    domainStatus === 'verified'
      ? `${domain} is verified, but this account is not claimed. Until it is, it is external and no authentication policy can hold it. Claim it under Settings → Domains: it then falls into the default policy of the local directory at once.`
      : domainStatus === 'lapsed'
        ? `${domain} is a domain of the organization, but not verified (any more), so the account is external: no authentication policy can hold it. Verify the domain and claim its accounts under Settings → Domains.`
        : `${domain} is not a verified domain of the organization, so the account is external. Authentication policies hold managed accounts only: it cannot be put into one, and two-step verification cannot be required of it.`
  const policy =
    tested === true
      ? 'What applies is the test policy for external users, in which it is named'
      : 'What applies is the external user policy'
  const gives = {
    passcode:
      'It asks for a passcode by email at the start of each session. That is a second step, not two-step verification: who can read the mailbox passes it.',
    'single-sign-on': 'It asks for single sign-on through your identity provider.',
    nothing: 'It asks for nothing beyond the account’s own sign-in.',
    unknown: 'Nothing current shows what it asks for: no API tells, so somebody has to look at the page and attest it.',
  }[asked]
  return [
    why,
    `${policy}: Security → External users. It needs Guard Standard and a verified domain${anyVerified ? '' : ', which the organization does not have'}. ${gives}`,
    ...(asked === 'passcode'
      ? [
          'Atlassian’s insights page goes on showing this account as “two-step verification not enabled”: it counts authenticators, not passcodes.',
        ]
      : []),
    ...(tokensAllowed === false
      ? []
      : [
          `API tokens are never asked for a second factor${tokensAllowed === true ? ', and the policy allows them' : '; whether the policy blocks them is not known'}: apiTokens: block closes that way.`,
        ]),
    `What else can be done: single sign-on for external users; apiTokens: block; access.allowedDomains and access.inactiveAfter, which take access away; and${domainStatus === 'foreign' ? `, only if ${domain} is yours,` : ''} claiming the domain.`,
  ]
}
