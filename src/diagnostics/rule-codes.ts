import type { Severity } from '../model/diagnostic-document.ts'
import { count, near, some, type WordingOf } from './wording.ts'

/** Contradictions between fields and between documents. The same codes are used where live data shows them. */
export interface RuleFacts {
  'policy/account-not-managed': {
    readonly account: string
    readonly domain: string
    readonly because: 'foreign-domain' | 'unclaimed'
  }
  'policy/domain-not-owned': { readonly domain: string; readonly external?: number }
  'policy/sso-outside-identity-provider': { readonly directory: string; readonly candidates: readonly string[] }
  'policy/two-step-under-sso': { readonly value: string }
  'policy/two-step-without-sso': Readonly<Record<string, never>>
  'policy/sso-not-billable': Readonly<Record<string, never>>
  'policy/too-many-test-users': { readonly users: number; readonly limit: number }
  'policy/test-policy-only': { readonly field: string }
  'policy/external-policy-only': { readonly field: string }
  'policy/two-defaults': { readonly directory: string }
  'policy/no-default': { readonly directory: string }
  'policy/break-glass-under-sso': { readonly account: string; readonly policy: string }
  'policy/break-glass-external-sso': { readonly account: string }
  'policy/break-glass-mailbox': { readonly account: string }
  'policy/bad-range': { readonly value: string }
  'policy/range-everybody': { readonly value: string }
  'policy/runner-outside-allowlist': { readonly address: string; readonly allowlist: string }
  'policy/one-id-twice': { readonly id: string; readonly policies: readonly string[] }
  'policy/dangling-reference': {
    readonly kind: string
    readonly name: string
    readonly near?: string
    readonly known: readonly string[]
  }
  'policy/unused-account-list': { readonly list: string }
  'policy/too-many-listed': { readonly list: string; readonly limit: number }
  'policy/exception-expired': { readonly expires: string; readonly owner: string }
  'policy/exception-target': { readonly given: 'none' | 'both' | 'account' }
  'policy/double-claim': {
    readonly claim: string
    readonly level: string
    readonly policies: readonly string[]
    readonly accounts?: readonly string[]
  }
  'policy/token-skips-passcode': { readonly given: boolean }
  'policy/non-billable-two-step': Readonly<Record<string, never>>
  'policy/no-such-time': { readonly value: string }
  'policy/freeze-ends-first': { readonly from: string; readonly until: string }
}

const whatApplies =
  'What applies to this account is the external user policy (kind ExternalUserPolicy, name `external`; in the console Security → External users): it can ask for a passcode by email or for single sign-on, and can block API tokens. It needs Atlassian Guard Standard and a verified domain. It cannot ask for an authenticator app, and the insights page goes on showing the account as “two-step verification not enabled”.'

export const ruleWording: WordingOf<RuleFacts> = {
  'policy/account-not-managed': ({ account, domain, because }) => ({
    summary:
      because === 'foreign-domain'
        ? `\`${account}\` cannot be in an authentication policy: ${domain} is not a domain of the organization, so the account is external`
        : `\`${account}\` cannot be in an authentication policy: ${domain} is verified but the account is not claimed, so it is external`,
    hint:
      because === 'foreign-domain'
        ? `${whatApplies} If ${domain} is yours, verify and claim it and add it to \`domains\` of the Organization document.`
        : `${whatApplies} To manage the account, claim it: Directory → Domains → ${domain} → Claim accounts.`,
  }),
  'policy/domain-not-owned': ({ domain, external }) => ({
    summary: `${domain} is not a verified domain of the organization: its accounts are external`,
    hint: `${external === undefined ? `verify and claim ${domain}` : `claim ${domain}: ${count(external, 'account')} ${external === 1 ? 'shares' : 'share'} it`}, or cover its accounts with the ExternalUserPolicy \`external\``,
  }),
  'policy/sso-outside-identity-provider': ({ directory, candidates }) => ({
    summary: `single sign-on cannot be enforced in the directory \`${directory}\`: no identity provider fills it`,
    hint:
      candidates.length === 0
        ? 'declare a directory with an `identityProvider` in the Organization document and put the policy there'
        : `put the policy into ${some(candidates)}, or use \`singleSignOn: off\``,
  }),
  'policy/two-step-under-sso': ({ value }) => ({
    summary: `two-step verification cannot be \`${value}\` under enforced single sign-on: the identity provider asks for the second factor`,
    hint: 'use `twoStepVerification: identity-provider`, and declare `enforcesMfa` of the identity provider in the Organization document',
  }),
  'policy/two-step-without-sso': () => ({
    summary: 'two-step verification is `identity-provider`, but single sign-on is not enforced',
    hint: 'set `singleSignOn: enforced`, or make two-step verification `mandatory`',
  }),
  'policy/sso-not-billable': () => ({
    summary: 'a non-billable policy cannot use single sign-on',
    hint: 'make the policy billable, or use another method: `one-time-passcode` for external users, `twoStepVerification: mandatory` for managed accounts',
  }),
  'policy/too-many-test-users': ({ users, limit }) => ({
    summary: `the test policy holds at most ${limit} external accounts, not ${users}`,
    hint: 'keep those who agreed to try it',
  }),
  'policy/test-policy-only': ({ field }) => ({
    summary: `\`${field}\` belongs to the test policy only`,
    hint: 'the external user policy holds for every external account; name test users in the document `name: test`',
  }),
  'policy/external-policy-only': ({ field }) => ({
    summary: `\`${field}\` belongs to the external user policy only`,
    hint: 'access rules hold for all external accounts; put them into the document `name: external`',
  }),
  'policy/two-defaults': ({ directory }) => ({
    summary: `the directory \`${directory}\` has two default policies`,
    hint: 'new accounts land in exactly one: remove `default: true` from the others',
  }),
  'policy/no-default': ({ directory }) => ({
    summary: `no policy is declared as the default of the directory \`${directory}\``,
    hint: 'the console shows which one it is; with `default: true` Postern watches it',
  }),
  'policy/break-glass-under-sso': ({ account, policy }) => ({
    summary: `the break-glass account \`${account}\` would be held by \`${policy}\`, which enforces single sign-on`,
    hint: 'when the identity provider is down nobody could sign in: list the account under `accounts` of a policy without single sign-on, and under `except` here',
  }),
  'policy/break-glass-external-sso': ({ account }) => ({
    summary: `the break-glass account \`${account}\` is external and the external user policy would send it to single sign-on`,
    hint: 'when the identity provider is down nobody could sign in: use `one-time-passcode`, or a break-glass account on a domain of the organization',
  }),
  'policy/break-glass-mailbox': ({ account }) => ({
    summary: `the break-glass account \`${account}\` is external: it will be asked for a passcode by email, and its mailbox is not declared independent`,
    hint: 'make sure its mail can be read when your identity provider is down, then write `{ account: …, mailbox: independent }`',
  }),
  'policy/bad-range': ({ value }) => ({
    summary: `\`${value}\` is neither an IP address nor a range`,
    hint: 'write 203.0.113.10, 203.0.113.0/24 or 2001:db8::/48',
  }),
  'policy/one-id-twice': ({ id, policies }) => ({
    summary: `${some(policies)} stand for the same policy of the organization (${id})`,
    hint: 'correct the `id` of one of them',
  }),
  'policy/range-everybody': ({ value }) => ({
    summary: `\`${value}\` lets everybody in`,
    hint: 'an allowlist with it guards nothing: name your own ranges',
  }),
  'policy/runner-outside-allowlist': ({ address, allowlist }) => ({
    summary: `the runner’s address \`${address}\` is not in the allowlist \`${allowlist}\``,
    hint: 'Postern may lock itself out: add the address, or correct `runner.addresses` of the Organization document',
  }),
  'policy/dangling-reference': ({ kind, name, near: suggestion, known }) => ({
    summary: `there is no ${kind} \`${name}\``,
    ...(suggestion !== undefined
      ? near(suggestion)
      : { hint: known.length === 0 ? `none is declared` : `declared are ${some(known)}` }),
  }),
  'policy/unused-account-list': ({ list }) => ({
    summary: `no policy names the account list \`${list}\`: its accounts belong nowhere by it`,
    hint: 'name it under `members.accountLists` of an authentication policy or under `except.accountLists`, or remove the list',
  }),
  'policy/too-many-listed': ({ list, limit }) => ({
    summary: `with the account list \`${list}\` the policies hold more than ${limit} listed accounts`,
    hint: 'each policy that names a list counts all of its accounts: use `groups`, `domains` or `everyoneElse` for that many',
  }),
  'policy/exception-expired': ({ expires, owner }) => ({
    summary: `the exception ended on ${expires}`,
    hint: `${owner} answers for it: remove it, or agree on a new day`,
  }),
  'policy/exception-target': ({ given }) => ({
    summary:
      given === 'both'
        ? 'an exception is for a `requirement` or for a `difference`, not for both'
        : given === 'account'
          ? 'an exception from a `requirement` needs the `account`'
          : 'an exception needs a `requirement` with an `account`, or a `difference`',
  }),
  'policy/double-claim': ({ claim, level, policies, accounts }) => ({
    summary: `${claim} is claimed by ${some(policies)} under \`${level}\`${accounts === undefined ? '' : `: ${some(accounts, 3)}`}`,
    hint:
      level === 'groups'
        ? 'give one of the policies a higher `priority`, or name the account under `accounts` or `except`'
        : 'an account is in exactly one policy: remove one of the claims, or exclude it with `except`',
  }),
  'policy/token-skips-passcode': ({ given }) => ({
    summary: given
      ? 'API tokens are allowed: a token is never asked for the passcode'
      : '`apiTokens` is left out: a token is never asked for the passcode',
    hint: 'set `apiTokens: block`, or accept that the passcode can be gone around',
  }),
  'policy/non-billable-two-step': () => ({
    summary: 'a non-billable policy with mandatory two-step verification: Atlassian has refused this in the past',
    hint: 'check in the console that it can be saved',
  }),
  'policy/no-such-time': ({ value }) => ({
    summary: `\`${value}\` is in no calendar`,
    hint: 'write a day such as 2026-12-24, or a time such as 2026-12-24T18:00Z',
  }),
  'policy/freeze-ends-first': ({ from, until }) => ({
    summary: `the freeze ends (${until}) before it begins (${from})`,
    hint: 'a day counts whole: for a single day write the same one twice',
  }),
}

export const ruleSeverities = {
  'policy/no-default': 'note',
  'policy/unused-account-list': 'warning',
  'policy/break-glass-mailbox': 'warning',
  'policy/token-skips-passcode': 'warning',
  'policy/range-everybody': 'warning',
  'policy/runner-outside-allowlist': 'warning',
  'policy/non-billable-two-step': 'warning',
} satisfies { readonly [C in keyof RuleFacts]?: Severity }
