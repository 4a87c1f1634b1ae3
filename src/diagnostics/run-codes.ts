import type { Severity } from '../model/diagnostic-document.ts'
import { near, some, type WordingOf } from './wording.ts'

/** Problems of the run itself: the command line, the ledger, the machine. */
export interface RunFacts {
  'run/usage': { readonly problem: string; readonly near?: string; readonly help: string }
  'run/unwritable': { readonly file: string; readonly why: string }
  'run/needs-consent': Readonly<Record<string, never>>
  'run/declined': Readonly<Record<string, never>>
  'run/no-ledger': { readonly place: string }
  'run/internal': { readonly name: string; readonly at: string }
  'ledger/garbled': { readonly file: string; readonly why: string }
  'ledger/newer': { readonly file: string; readonly version: string }
  'ledger/unreadable': { readonly file: string; readonly why: string }
  'ledger/unwritable': { readonly file: string; readonly why: string }
  'ledger/busy': { readonly file: string; readonly lock: string }
  'ledger/other-organization': { readonly place: string; readonly ledger: string; readonly documents: string }
  'ledger/unsupported': { readonly place: string }
  'apply/accounts-refused': {
    readonly policy: string
    readonly action: 'move' | 'suspend' | 'restore'
    readonly refused: readonly { readonly account: string; readonly why: string }[]
  }
  'apply/basis-moved': { readonly step: string }
  'apply/unfinished': { readonly step: string; readonly why: string }
  'apply/interrupted': Readonly<Record<string, never>>
  'simulate/bad-scenario': { readonly file: string; readonly why: string }
  'simulate/port-taken': { readonly port: number; readonly why: string }
}

export const runWording: WordingOf<RunFacts> = {
  'run/usage': ({ problem, near: suggestion, help }) => ({
    summary: problem,
    ...(suggestion === undefined ? { hint: `see \`${help}\`` } : near(suggestion)),
  }),
  'run/unwritable': ({ file, why }) => ({ summary: `cannot write \`${file}\`: ${why}` }),
  'run/needs-consent': () => ({
    summary: 'apply asks before it changes anything, and there is no terminal to ask at',
    hint: 'look at the plan, then run it with `--yes`. Nothing was changed',
  }),
  'run/declined': () => ({ summary: 'not applied: nothing was changed' }),
  'run/no-ledger': ({ place }) => ({
    summary: `POSTERN_LEDGER is not set: what this run learns is kept in ${place}, and in CI that is usually gone after the job`,
    hint: 'set POSTERN_LEDGER to a folder that lasts',
  }),
  'run/internal': ({ name, at }) => ({
    summary: `a fault in Postern: ${name}${at === '' ? '' : ` at ${at}`}`,
    hint: 'please report it, with the command you ran; add --verbose to see more',
  }),
  'ledger/garbled': ({ file, why }) => ({
    summary: `the ledger’s file \`${file}\` cannot be read: ${why}`,
    hint: 'restore it from a backup, or remove it: what it held (evidence, last applied) must then be recorded again',
  }),
  'ledger/newer': ({ file, version }) => ({
    summary: `the ledger’s file \`${file}\` has the format ${version}, which is newer than this Postern`,
    hint: 'update Postern',
  }),
  'ledger/unreadable': ({ file, why }) => ({ summary: `cannot read the ledger’s file \`${file}\`: ${why}` }),
  'ledger/unwritable': ({ file, why }) => ({
    summary: `cannot write the ledger’s file \`${file}\`: ${why}`,
    hint: 'what was there before is untouched',
  }),
  'ledger/busy': ({ file, lock }) => ({
    summary: `the ledger’s file \`${file}\` is being written by another run`,
    hint: `try again; if no run is going on, remove \`${lock}\`. Nothing was recorded`,
  }),
  'ledger/other-organization': ({ place, ledger, documents }) => ({
    summary: `the ledger ${place} belongs to the organization ${ledger}, not to ${documents}`,
    hint: 'name the right one with --ledger or POSTERN_LEDGER: what was recorded of one organization says nothing about another. Nothing was changed',
  }),
  'ledger/unsupported': ({ place }) => ({ summary: `\`${place}\` cannot be a ledger`, hint: 'use a folder' }),
  'apply/accounts-refused': ({ policy, action, refused }) => ({
    summary: `${refused.length} of the accounts ${refusals[action](policy)}: ${some(
      refused.map(({ account, why }) => `${account}: ${why}`),
      20,
    )}`,
    hint: 'with the others it was done; plan again to see what is left',
  }),
  'apply/basis-moved': ({ step }) => ({
    summary: `${step} was not carried out: what it changes has changed since the plan was made`,
    hint: 'plan again. Nothing was sent for this step',
  }),
  'apply/unfinished': ({ step, why }) => ({
    summary: `${step} was accepted, but its end was not seen: ${why}`,
    hint: 'plan again in a few minutes to see what is left',
  }),
  'apply/interrupted': () => ({
    summary: 'interrupted: the steps not yet begun were left alone',
    hint: 'run apply again to go on',
  }),
  'simulate/bad-scenario': ({ file, why }) => ({ summary: `\`${file}\` is no scenario: ${why}` }),
  'simulate/port-taken': ({ port, why }) => ({
    summary: `cannot listen on port ${port}: ${why}`,
    hint: 'use `--port 0` for a free one',
  }),
}

export const runSeverities = {
  'run/no-ledger': 'warning',
  'apply/interrupted': 'warning',
} satisfies { readonly [C in keyof RunFacts]?: Severity }

const refusals = {
  move: (policy: string) => `did not move into \`${policy}\``,
  suspend: () => 'did not lose their access',
  restore: () => 'did not get their access back',
} as const
