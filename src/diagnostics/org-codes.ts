import type { Severity } from '../model/diagnostic-document.ts'
import { some, type WordingOf } from './wording.ts'

/** What every failed call to the Admin API says of itself. The request is named, its key never is. */
export interface CallFacts {
  /** The operation in words: `search users`. */
  readonly operation: string
  /** `POST /admin/v2/orgs/…/users/search`, without query and body. */
  readonly request: string
  readonly status?: number
  /** Atlassian's error code, such as `ADMIN-403-3`. */
  readonly vendorCode?: string
  readonly title?: string
  readonly requestId?: string
  /** Whether the call was a write, and if so whether it may have been carried out. */
  readonly written?: 'no' | 'maybe'
  /** The last day on which the operation answers, where Atlassian named one. */
  readonly retired?: string
}

/** Why a planned write is refused before it is sent. */
export type WriteRefusal = 'unknown-operation' | 'only-reads' | 'retired' | 'no-organization' | 'other-organization'

/** Failures of the live organization and of calls to it. */
export interface OrgFacts {
  'org/no-key': Readonly<Record<string, never>>
  'org/bad-key': Readonly<Record<string, never>>
  'org/bad-url': { readonly url: string; readonly why: string }
  'org/key-refused': CallFacts
  /** `scopes`: any of which would do; `listed`: the answer named them, else they are those that the reference names. */
  'org/missing-scope': CallFacts & {
    readonly scopes: readonly string[]
    readonly listed: boolean
    readonly unscopedOnly: boolean
  }
  /** `scopes`: what the call needs, if that is documented; whether the key has them is not known. */
  'org/forbidden': CallFacts & { readonly scopes: readonly string[] }
  'org/not-found': CallFacts
  'org/feature-off': CallFacts
  /** Seconds waited in all, and those that the last answer asked for. */
  'org/rate-limited': CallFacts & { readonly waited: number; readonly asked?: number }
  'org/unreachable': CallFacts & { readonly cause: string; readonly url: string }
  'org/timeout': CallFacts & { readonly seconds: number }
  'org/server-error': CallFacts
  'org/refused': CallFacts
  'org/redirected': CallFacts & { readonly to: string }
  'org/unreadable': CallFacts & { readonly expected: string }
  'org/write-in-read-only': CallFacts
  'org/write-refused': { readonly request: string; readonly why: WriteRefusal }
  /** An accepted write that Atlassian then could not put into effect. */
  'org/not-applied': CallFacts & { readonly resources: readonly string[] }
  'org/other-organization': {
    readonly id: string
    readonly visible: readonly { readonly id: string; readonly name: string }[]
  }
  'org/without-guard': { readonly policies: number }
  'org/stopped': CallFacts
  'org/too-many-requests': CallFacts & { readonly most: number }
}

const at = ({ operation, request, status, vendorCode, title, requestId }: CallFacts): string =>
  `could not ${operation}: ${request}` +
  (status === undefined ? '' : ` answered ${status}`) +
  (vendorCode === undefined ? '' : ` ${vendorCode}`) +
  (title === undefined ? '' : ` “${title}”`) +
  (requestId === undefined ? '' : ` (request id ${requestId})`)

const effect = ({ written }: CallFacts): string =>
  written === undefined
    ? ''
    : written === 'no'
      ? ' Nothing was changed by this call.'
      : ' It may have been carried out all the same: plan again to see.'

const refusals: Readonly<Record<WriteRefusal, string>> = {
  'unknown-operation': 'it is no documented operation',
  'only-reads': 'it changes nothing, so it has no place in a plan',
  retired: 'Atlassian switched the operation off',
  'no-organization': 'it names no organization',
  'other-organization': 'it names another organization than the documents',
}

export const orgWording: WordingOf<OrgFacts> = {
  'org/no-key': () => ({
    summary: 'no API key: POSTERN_API_KEY is not set',
    hint: 'create an organization API key at admin.atlassian.com → Organization settings → API keys and export it as POSTERN_API_KEY; it is never read from a flag or a file',
  }),
  'org/bad-key': () => ({
    summary: 'POSTERN_API_KEY is not an API key: it holds characters that no key has, such as a space or a line break',
    hint: 'export the key as it was shown at admin.atlassian.com → Organization settings → API keys, without quotes around it',
  }),
  'org/bad-url': ({ url, why }) => ({ summary: `the API address \`${url}\` cannot be used: ${why}` }),
  'org/key-refused': facts => ({
    summary: at(facts),
    hint:
      'the key is wrong, revoked or past its end (a key lives a year at most), or the admin who made it is no longer one: create a new key at admin.atlassian.com → Organization settings → API keys and set POSTERN_API_KEY.' +
      effect(facts),
  }),
  'org/missing-scope': facts => ({
    summary: at(facts),
    hint:
      (facts.unscopedOnly
        ? 'this call takes only a key without scopes'
        : facts.scopes.length > 1
          ? `the key has none of the scopes ${some(facts.scopes)}`
          : `the key ${facts.listed ? 'lacks' : 'most likely lacks'} the scope ${some(facts.scopes)}`) +
      '; scopes cannot be added to a key: create a new one at admin.atlassian.com → Organization settings → API keys.' +
      effect(facts),
  }),
  'org/forbidden': facts => ({
    summary: at(facts),
    hint:
      'the admin who owns the key may not do this in this organization' +
      (facts.scopes.length === 0 ? '.' : `; the call also needs the scope ${some(facts.scopes)}.`) +
      effect(facts),
  }),
  'org/not-found': facts => ({
    summary: at(facts),
    hint:
      'it is not there, or the key cannot see it' +
      (facts.retired === undefined ? '.' : `; besides, Atlassian answers this operation until ${facts.retired} only.`) +
      effect(facts),
  }),
  'org/feature-off': facts => ({
    summary: at(facts),
    hint:
      'this part of the API is switched off for the organization: it usually needs Atlassian Guard Standard. That is not the same as an empty list, so Postern stops here.' +
      effect(facts),
  }),
  'org/rate-limited': facts => ({
    summary: at(facts),
    hint:
      `Atlassian limits the number of calls; Postern waited ${facts.waited} s in all and gave up. ` +
      (facts.asked === undefined ? 'Try again later.' : `Try again in ${facts.asked} s.`) +
      effect(facts),
  }),
  'org/unreachable': facts => ({
    summary: `${at(facts)}: ${facts.url} cannot be reached (${facts.cause})`,
    hint: 'check the network, the proxy and POSTERN_API_URL.' + effect(facts),
  }),
  'org/timeout': facts => ({
    summary: `${at(facts)}: no answer in ${facts.seconds} s`,
    hint: 'try again.' + effect(facts),
  }),
  'org/server-error': facts => ({
    summary: at(facts),
    hint: 'the fault is on Atlassian’s side; see status.atlassian.com and try again.' + effect(facts),
  }),
  'org/redirected': facts => ({
    summary: `${at(facts)} with a redirect to ${facts.to}`,
    hint:
      'redirects are not followed, since the key must not go to another host: check the proxy and POSTERN_API_URL.' +
      effect(facts),
  }),
  'org/refused': facts => ({ summary: at(facts), hint: 'Atlassian refused the request as it stands.' + effect(facts) }),
  'org/unreadable': facts => ({
    summary: `${at(facts)}, but the answer is not ${facts.expected}`,
    hint:
      'a proxy may have answered in Atlassian’s place, or the API changed: nothing is concluded from such an answer.' +
      effect(facts),
  }),
  'org/write-in-read-only': facts => ({
    summary: `refused to ${facts.operation}: ${facts.request} could change something, and this command only reads`,
    hint: 'this is a fault in Postern; please report it. Nothing was sent.',
  }),
  'org/write-refused': ({ request, why }) => ({
    summary: `refused to send ${request}: ${refusals[why]}`,
    hint: 'nothing was sent. Was the plan edited by hand, or made by another version of Postern? Plan again.',
  }),
  'org/not-applied': facts => ({
    summary: `${at(facts)}, but it could not be put into effect for ${some(facts.resources)}`,
    hint: 'see the state of these apps at admin.atlassian.com and plan again.',
  }),
  'org/other-organization': ({ id, visible }) => ({
    summary: `the key cannot see the organization ${id}`,
    hint:
      visible.length === 0
        ? 'it sees no organization at all: is it an organization API key?'
        : `it sees ${visible.map(org => `${org.id} (${org.name})`).join(', ')}: use that id in the Organization document, or a key of the other organization.`,
  }),
  'org/without-guard': ({ policies }) => ({
    summary: `the documents declare ${policies} policies, but the organization has one authentication policy and no audit log: it seems to be without Atlassian Guard Standard`,
    hint: 'without Guard there is exactly one authentication policy and no external user policy. Keep one AuthenticationPolicy document, or subscribe at admin.atlassian.com → Billing.',
  }),
  'org/too-many-requests': ({ most, operation }) => ({
    summary: `stopped before request ${most + 1}: \`--max-requests\` allows ${most}, and the next was to ${operation}`,
    hint: 'nothing was changed. Allow more; a plan says how many it took',
  }),
  'org/stopped': facts => ({
    summary: `stopped: did not ${facts.operation}`,
    hint: 'the run was interrupted.' + effect(facts),
  }),
}

export const orgSeverities = {} satisfies { readonly [C in keyof OrgFacts]?: Severity }
