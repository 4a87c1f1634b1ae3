import type { Severity } from '../model/diagnostic-document.ts'
import { some, type WordingOf } from './wording.ts'

/** What is noticed while the organization is compared with what was last applied. */
export interface DriftFacts {
  'drift/exception-unused': { readonly exception: string }
  'drift/no-history': Readonly<Record<string, never>>
  'drift/partial': { readonly what: readonly string[] }
  'drift/check-too-old': { readonly last: string | null; readonly maxAge: string }
  'drift/bad-duration': { readonly flag: string; readonly value: string }
  'drift/clock-backwards': { readonly last: string; readonly now: string }
  'drift/not-accepted': { readonly what: string; readonly why: string }
  'drift/nothing-to-accept': Readonly<Record<string, never>>
}

export const driftWording: WordingOf<DriftFacts> = {
  'drift/exception-unused': ({ exception }) => ({
    summary: `the exception \`${exception}\` silences nothing: there is no such difference`,
    hint: 'remove it, or check kind, name, path and account',
  }),
  'drift/no-history': () => ({
    summary: 'the ledger does not know what was last applied: who moved, git or the organization, cannot be told',
    hint: 'every difference counts as pending until the first `postern apply` with this ledger',
  }),
  'drift/partial': ({ what }) => ({
    summary: `the check is not complete: ${some(what)} could not be read`,
    hint: 'what could be read is shown; the time of the last complete check stays',
  }),
  'drift/check-too-old': ({ last, maxAge }) => ({
    summary:
      last === null
        ? 'there was never a complete check, as far as this ledger knows'
        : `the last complete check was at ${last}, longer ago than ${maxAge}`,
    hint: 'look at the job that runs `postern drift`',
  }),
  'drift/bad-duration': ({ flag, value }) => ({
    summary: `\`${value}\` is no value for ${flag}`,
    hint: 'a duration such as `26h` or `7d`, or for --since a time such as 2026-11-24T09:30:00Z',
  }),
  'drift/clock-backwards': ({ last, now }) => ({
    summary: `the last check is from ${last}, which is after now (${now}): one of the two clocks is wrong`,
    hint: 'nothing was recorded',
  }),
  'drift/not-accepted': ({ what, why }) => ({
    summary: `${what} was not taken over: ${why}`,
    hint: 'edit the document by hand, or put the declared state back with `postern apply`',
  }),
  'drift/nothing-to-accept': () => ({
    summary: 'nothing was changed outside that could be taken over: no file was touched',
  }),
}

export const driftSeverities = {
  'drift/exception-unused': 'warning',
  'drift/no-history': 'note',
  'drift/not-accepted': 'warning',
  'drift/nothing-to-accept': 'note',
} satisfies { readonly [C in keyof DriftFacts]?: Severity }
