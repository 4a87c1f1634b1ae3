import type { Severity } from '../model/diagnostic-document.ts'
import { count, near, some, type WordingOf } from './wording.ts'

/** What is noticed while it is measured who has to pass a second factor. */
export interface CoverageFacts {
  'coverage/unmet': {
    readonly requirement: string
    readonly atLeast: string
    readonly percent: number
    readonly required: number
    readonly accounts: readonly string[]
  }
  'coverage/empty-population': { readonly requirement: string; readonly excepted: number }
  'coverage/exception-unneeded': {
    readonly exception: string
    readonly account: string
    readonly requirement: string
    readonly why: 'met' | 'not-in-population'
  }
  'coverage/no-verified-domain': { readonly accounts: number; readonly declared: readonly string[] }
  'coverage/no-accounts': Readonly<Record<string, never>>
  'coverage/listing-unreadable': { readonly why: string }
  'coverage/unknown-account': { readonly account: string; readonly near: readonly string[]; readonly domain?: string }
}

export const coverageWording: WordingOf<CoverageFacts> = {
  'coverage/unmet': ({ requirement, atLeast, percent, required, accounts }) => ({
    summary: `the requirement \`${requirement}\` is not met: ${percent} % of ${required} % pass at least \`${atLeast}\`; short of it: ${some(accounts)}`,
    hint: 'the remedies of `postern coverage` say what would change that, and by how much',
  }),
  'coverage/empty-population': ({ requirement, excepted }) => ({
    summary:
      excepted > 0
        ? `every account of the requirement \`${requirement}\` is excepted: nobody is left to meet it`
        : `no account is in the population of the requirement \`${requirement}\`: nothing is measured, which is not the same as met`,
    hint: 'is a role, a domain or a policy misspelt, or did the accounts go?',
  }),
  'coverage/exception-unneeded': ({ exception, account, requirement, why }) => ({
    summary:
      why === 'met'
        ? `the exception \`${exception}\` is not needed: \`${account}\` meets \`${requirement}\``
        : `the exception \`${exception}\` is not used: \`${account}\` is not in the population of \`${requirement}\``,
    hint: 'remove it',
  }),
  'coverage/no-verified-domain': ({ accounts, declared }) => ({
    summary: `the organization has no verified domain, so all of its ${count(accounts, 'account')} are external: no authentication policy can hold them, and the external user policy needs a verified domain too`,
    hint:
      declared.length > 0
        ? `verify ${some(declared)} at admin.atlassian.com → Settings → Domains, then claim its accounts`
        : 'verify your own domain at admin.atlassian.com → Settings → Domains, then claim its accounts',
  }),
  'coverage/no-accounts': () => ({
    summary: 'the organization shows no account at all: a listing that failed, or a key that may not see them',
    hint: 'nothing is measured. Check the key, and look at Directory → Users',
  }),
  'coverage/listing-unreadable': ({ why }) => ({
    summary: `apps, service accounts and portal customers are not counted, nor is it known when managed accounts were last active: ${why}`,
    hint: 'give the key the scope read:accounts:admin',
  }),
  'coverage/unknown-account': ({ account, near: others, domain }) => ({
    summary: `there is no account \`${account}\` in the organization`,
    ...(others.length > 0
      ? near(others.join('`, `'))
      : { hint: domain === undefined ? 'give its email address' : `no account is on ${domain}` }),
  }),
}

export const coverageSeverities = {
  'coverage/exception-unneeded': 'warning',
  'coverage/no-verified-domain': 'warning',
  'coverage/listing-unreadable': 'warning',
} satisfies { readonly [C in keyof CoverageFacts]?: Severity }
