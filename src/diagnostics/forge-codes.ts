import type { Severity } from '../model/diagnostic-document.ts'
import { some, type WordingOf } from './wording.ts'

/** What every failed call to a forge says of itself. Neither its token nor its body is in it. */
export interface ForgeCallFacts {
  /** `GitHub`, `GitLab` or `Bitbucket`. */
  readonly forge: string
  /** In words: `edit the comment of pull request 7`. */
  readonly operation: string
  readonly status?: number
  /** What the forge says, as one harmless line. */
  readonly said?: string
  /** Whether the call was a write, and if so whether it may have been carried out. */
  readonly written?: 'no' | 'maybe'
}

/** What is wrong with an answer that is not understood. */
export type ForgeFault = 'not-json' | 'other-shape' | 'foreign-link' | 'redirect'

/** Why an event cannot be read. */
export type EventFault = 'unreadable' | 'not-json' | 'other-shape'

/** Failures of the forge that a pull request lives on, and of what CI tells of it. */
export interface ForgeFacts {
  /** `permissions`: any of which would do; `listed`: the answer named them, else they are those that the documentation names. */
  'forge/refused': ForgeCallFacts & { readonly permissions: readonly string[]; readonly listed: boolean }
  'forge/unauthorized': ForgeCallFacts & { readonly variable: string }
  /** `app`: what has to be installed for Bitbucket to answer. */
  'forge/not-found': ForgeCallFacts & { readonly permissions: readonly string[]; readonly app?: string }
  'forge/too-long': {
    readonly forge: string
    readonly operation: string
    readonly length: number
    readonly limit: number
  }
  /** Seconds waited in all, and those that the last answer asked for. */
  'forge/rate-limited': ForgeCallFacts & { readonly waited: number; readonly asked?: number }
  'forge/unreachable': ForgeCallFacts & { readonly cause: string; readonly url: string }
  'forge/unexpected': ForgeCallFacts & { readonly fault?: ForgeFault }
  'forge/contested': { readonly rounds: number }
  'forge/bad-event': { readonly variable: string; readonly why: EventFault; readonly member?: string }
  'forge/no-variable': { readonly forge: string; readonly variable: string }
}

const at = ({ forge, operation, status, said }: ForgeCallFacts): string =>
  `could not ${operation}: ${forge}` +
  (status === undefined ? ' did not answer' : ` answered ${status}`) +
  (said === undefined ? '' : ` “${said}”`)

const effect = ({ written }: ForgeCallFacts): string =>
  written === undefined
    ? ''
    : written === 'no'
      ? ' Nothing was posted or changed by this call.'
      : ' It may have been carried out all the same; the next run finds out.'

const eventFaults: Readonly<Record<EventFault, string>> = {
  unreadable: 'cannot be read',
  'not-json': 'is not JSON',
  'other-shape': 'is not the event that GitHub documents',
}

const faults: Readonly<Record<ForgeFault, string>> = {
  'not-json': ', but the answer is not JSON',
  'other-shape': ', but the answer lacks what its documentation promises',
  'foreign-link': ', but the next page is said to be on another server, to which the token must not go',
  redirect: ' with a redirect, which is not followed: the token must not go to another address',
}

const lacks = (facts: ForgeFacts['forge/refused']): string =>
  facts.permissions.length > 1
    ? `the token ${facts.listed ? 'has' : 'most likely has'} none of ${some(facts.permissions)}`
    : `the token ${facts.listed ? 'lacks' : 'most likely lacks'} ${some(facts.permissions)}`

const grantedBy = ({ forge, permissions }: ForgeFacts['forge/refused']): string =>
  forge === 'GitHub'
    ? `add ${permissions.length > 1 ? 'one of them' : 'it'} under \`permissions:\` of the job; in a pull request from a fork the token can only read, whatever is written there`
    : forge === 'GitLab'
      ? 'create a project access token with that scope and role, and set it as the masked variable GITLAB_TOKEN'
      : 'create a repository access token with that scope, and set it as the secured variable BITBUCKET_TOKEN'

export const forgeWording: WordingOf<ForgeFacts> = {
  'forge/refused': facts => ({
    summary: at(facts),
    hint: `${lacks(facts)}: ${grantedBy(facts)}.${effect(facts)}`,
  }),
  'forge/unauthorized': facts => ({
    summary: at(facts),
    hint: `the token in ${facts.variable} is wrong, revoked or past its end.${effect(facts)}`,
  }),
  'forge/not-found': facts => ({
    summary: at(facts),
    hint:
      'it is not there, or the token may not see it' +
      (facts.permissions.length === 0 ? '.' : `: that needs ${some(facts.permissions)}.`) +
      (facts.app === undefined ? '' : ` ${facts.forge} answers this only where the app “${facts.app}” is installed.`) +
      effect(facts),
  }),
  'forge/too-long': ({ forge, operation, length, limit }) => ({
    summary: `could not ${operation}: the text has ${length} characters, and ${forge} takes ${limit}`,
    hint: 'this is a fault in Postern, which cuts its reports; please report it. Nothing was sent.',
  }),
  'forge/rate-limited': facts => ({
    summary: at(facts),
    hint:
      `${facts.forge} limits the number of calls; Postern waited ${facts.waited} s in all and gave up. ` +
      (facts.asked === undefined ? 'Run the job again later.' : `Run the job again in ${facts.asked} s.`) +
      effect(facts),
  }),
  'forge/unreachable': facts => ({
    summary: `could not ${facts.operation}: ${facts.url} cannot be reached (${facts.cause})`,
    hint: `check the network and the proxy of the runner.${effect(facts)}`,
  }),
  'forge/unexpected': facts => ({
    summary: at(facts) + (facts.fault === undefined ? '' : faults[facts.fault]),
    hint:
      (facts.fault === undefined
        ? `${facts.forge} refused the request as it stands, or is in trouble itself.`
        : 'a proxy may have answered in its place, or the API changed: nothing is concluded from such an answer.') +
      effect(facts),
  }),
  'forge/contested': ({ rounds }) => ({
    summary: `the comment was changed or removed by others ${rounds} times while it was being posted`,
    hint: 'several jobs post about one pull request at once: put them in one concurrency group, and run this one again.',
  }),
  'forge/bad-event': ({ variable, why, member }) => ({
    summary:
      `the file that ${variable} names ${eventFaults[why]}` + (member === undefined ? '' : `: it has no \`${member}\``),
    hint: 'a GitHub runner writes this file; something else wrote it, or it was cut off.',
  }),
  'forge/no-variable': ({ forge, variable }) => ({
    summary: `this looks like a ${forge} job, but ${variable} is not set`,
    hint: `${forge} sets it in every job; a container or a script may have dropped it.`,
  }),
}

export const forgeSeverities = {} satisfies { readonly [C in keyof ForgeFacts]?: Severity }
