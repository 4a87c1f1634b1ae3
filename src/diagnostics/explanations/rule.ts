import type { RuleFacts } from '../rule-codes.ts'
import type { ExplanationsOf } from './explanation.ts'

export const ruleExplanations: ExplanationsOf<RuleFacts> = {
  'policy/account-not-managed': {
    means:
      'An AuthenticationPolicy names an account that no authentication policy can hold, because it is not a managed account. Offline this is told from `domains` of the Organization document; at plan from the organization itself, which may own the domain and not have claimed the account.',
    fix: 'Remove the account from `members.accounts`: what applies to it is the [external user policy](external-users.md). If its domain is yours, verify and claim it at admin.atlassian.com → Directory → Domains and add it to `domains`.',
  },
  'policy/domain-not-owned': {
    means:
      '`members.domains` of an AuthenticationPolicy names a domain that is not among `domains` of the Organization document. Accounts on it are external, so the selector would take in nobody.',
    fix: 'If the domain is yours, verify and claim it, then add it to `domains`. If it is a partner’s, govern its accounts with the [external user policy](external-users.md).',
  },
  'policy/sso-outside-identity-provider': {
    means:
      'The policy sets `singleSignOn: enforced` in a directory that no identity provider fills. Atlassian offers single sign-on only in a directory that is linked to one; `local` never is.',
    fix: 'Put the policy into one of the directories in the message, or declare the directory with its `identityProvider` under `directories` of the Organization document, or set `singleSignOn: off`.',
  },
  'policy/two-step-under-sso': {
    means:
      'Under enforced single sign-on people sign in at the identity provider, and Atlassian’s own two-step verification does not apply. `mandatory` or `optional` would promise what cannot be.',
    fix: 'Write `twoStepVerification: identity-provider`, and declare `enforcesMfa: true` of the identity provider once somebody has checked that it asks for a second factor.',
  },
  'policy/two-step-without-sso': {
    means:
      '`identity-provider` says that the identity provider asks for the second factor, but the policy does not send anybody there.',
    fix: 'Set `singleSignOn: enforced`, or use `twoStepVerification: mandatory`.',
  },
  'policy/sso-not-billable': {
    means:
      'The policy has `billable: false` and asks for single sign-on. Atlassian offers single sign-on in billable policies only, for managed and for external users.',
    fix: 'Set `billable: true`, or use another method: `twoStepVerification: mandatory` for managed accounts, `one-time-passcode` for external users.',
  },
  'policy/too-many-test-users': {
    means: 'The test policy for external users holds at most five accounts; that is Atlassian’s limit.',
    fix: 'Keep five of the `testUsers` who agreed to try it.',
  },
  'policy/test-policy-only': {
    means:
      '`testUsers` stands in the document `external`. That policy holds for every external account, so it has no members to name.',
    fix: 'Move `testUsers` to the ExternalUserPolicy document `name: test`.',
  },
  'policy/external-policy-only': {
    means:
      '`access` stands in the document `test`. Access rules hold for all external accounts and are kept in one place.',
    fix: 'Move `access` to the ExternalUserPolicy document `name: external`. See [access rules](access-rules.md).',
  },
  'policy/two-defaults': {
    means:
      'Two policies of one directory have `default: true`. New accounts of a directory land in exactly one policy. The earlier place is listed with the message.',
    fix: 'Remove `default: true` from all but one. The console marks the right one under Security → Authentication policies.',
  },
  'policy/no-default': {
    means:
      'None of the declared policies of this directory has `default: true`, so nobody watches which policy new accounts land in. Neither the API nor an export shows the default policy.',
    fix: 'Look it up under Security → Authentication policies, write `default: true` into that document, and attest it: `postern attest`. The note may be left if you do not want it watched.',
  },
  'policy/break-glass-under-sso': {
    means:
      'By the text of the documents, an account under `breakGlass` would be held by a policy that enforces single sign-on: it is named there, or its domain is, or it falls to `everyoneElse`. When the identity provider is down it could not sign in, and it is kept for that hour.',
    fix: 'Name the account under `members.accounts` of a policy without single sign-on, and under `members.except.accounts` of the policy in the message.',
  },
  'policy/break-glass-external-sso': {
    means:
      'A break-glass account is not on a domain of the organization, so the external user policy applies to it, and that one asks for single sign-on.',
    fix: 'Use `authorizationMethod: one-time-passcode`, or choose a break-glass account on a domain of the organization.',
  },
  'policy/break-glass-mailbox': {
    means:
      'A break-glass account is external and will be asked for a passcode by email. If its mailbox needs the identity provider that is down, the passcode cannot be read.',
    fix: 'Check that the mailbox opens without your identity provider, then write `{ account: root@example.com, mailbox: independent }` under `breakGlass`.',
  },
  'policy/bad-range': {
    means:
      'A range of an IpAllowlist, or an address under `runner.addresses`, is neither an IP address nor a range in CIDR notation. Host names are not taken.',
    fix: 'Write it like `203.0.113.0/24` or `"2001:db8::/48"`.',
  },
  'policy/range-everybody': {
    means: 'The range holds every address there is, such as `0.0.0.0/0`. The allowlist would let everybody in.',
    fix: 'Name your own ranges. To switch an allowlist off, write `enabled: false`, which a reviewer can see.',
  },
  'policy/runner-outside-allowlist': {
    means:
      'An address of `runner.addresses` is in none of the ranges of an allowlist that is in force. Once it is applied, Postern may not reach what the allowlist guards.',
    fix: 'Add the address to `ranges`, or correct `runner.addresses` of the Organization document.',
  },
  'policy/one-id-twice': {
    means:
      'Two AuthenticationPolicy documents stand for the same policy of the organization: they have the same `id`, or at plan the ledger, the API or an export led from both names to one id. Each would undo what the other does.',
    fix: 'Give each the `id` of its own policy; the console shows it in the address of the policy’s page. After a rename in the console, keep one document.',
  },
  'policy/dangling-reference': {
    means:
      'A document names something that no document declares: a directory, an identity provider, a policy, an account list, a requirement. The message names what is declared.',
    fix: 'Correct the name, or declare it. Directories and identity providers are declared in the Organization document.',
  },
  'policy/unused-account-list': {
    means:
      'An AccountList document holds accounts, and no authentication policy names it: not under `members.accountLists` and not under `except.accountLists`. By itself a list moves nobody. Most often the line in the policy is missing, or the policy was removed and its list was left.',
    fix: 'Name the list under `members.accountLists` of the policy that is to have the accounts, or under `except.accountLists`. Remove the document if nobody needs it.',
  },
  'policy/too-many-listed': {
    means:
      'Each policy that names an AccountList holds all of its accounts, so a few short lines can stand for millions of them. All policies together may hold a million listed accounts, under `members` and `except`; the list in the message goes over that.',
    fix: 'Select that many accounts by `groups`, `domains` or `everyoneElse`, and list only those that differ.',
  },
  'policy/exception-expired': {
    means:
      'An Exception counts until the end of its `expires` day, UTC, and that day has passed. It is an error on purpose: an exception that outlives its end is how gaps become permanent.',
    fix: 'Ask the `owner` in the message. Remove the document if the reason is gone, else agree on a new day and write down why.',
  },
  'policy/exception-target': {
    means:
      'An Exception is for exactly one thing: one account that a CoverageRequirement does not count, or one difference that drift does not report. This one names none, both, or a requirement without an account.',
    fix: 'Write either `requirement` with `account`, or `difference` with `kind`, `name` and `path`. For both write two documents.',
  },
  'policy/double-claim': {
    means:
      'Two policies claim the same account, group, domain or “everyone else” at the same level, and an account is in exactly one policy. Offline it is found within one directory, and for the same account anywhere; at plan for the accounts that are really in two groups.',
    fix: 'Remove one of the claims, or exclude it with `members.except` in one policy. For groups a higher `members.priority` decides. [Membership](membership.md) says which selector wins.',
  },
  'policy/token-skips-passcode': {
    means:
      'External users are asked for a passcode, and their API tokens stay allowed or are not managed. Whoever has a token is never asked for the passcode, so the second factor can be gone around.',
    fix: 'Set `apiTokens: block`, after looking at who has live tokens: `postern coverage` counts them.',
  },
  'policy/non-billable-two-step': {
    means:
      'A policy with `billable: false` makes two-step verification mandatory. Atlassian has refused to save this in the past, and its documentation does not say whether it still does.',
    fix: 'Try to save it in the console. If it is refused, set `billable: true` or leave the setting out.',
  },
  'policy/no-such-time': {
    means: '`from` or `until` of a freeze names a day or a time that no calendar has, such as 30 February.',
    fix: 'Write a day such as `2026-12-24`, or a time with its zone such as `2026-12-24T18:00Z`.',
  },
  'policy/freeze-ends-first': {
    means: 'The freeze is over before it begins, so it would never hold. A day under `until` counts whole.',
    fix: 'Swap the two, or for a single day write the same day twice.',
  },
}
