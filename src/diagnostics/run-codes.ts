import type { Severity } from '../model/diagnostic-document.ts'
import { near, type WordingOf } from './wording.ts'

/** Problems of the run itself: the command line, the machine. */
export interface RunFacts {
  'run/usage': { readonly problem: string; readonly near?: string; readonly help: string }
  'run/unwritable': { readonly file: string; readonly why: string }
  'run/needs-consent': Readonly<Record<string, never>>
  'run/declined': Readonly<Record<string, never>>
  'run/no-ledger': { readonly place: string }
  'run/internal': { readonly name: string; readonly at: string }
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
    hint: 'set POSTERN_LEDGER to a folder that lasts, or to `s3://bucket/prefix`',
  }),
  'run/internal': ({ name, at }) => ({
    summary: `a fault in Postern: ${name}${at === '' ? '' : ` at ${at}`}`,
    hint: 'please report it, with the command you ran; add --verbose to see more',
  }),
  'simulate/bad-scenario': ({ file, why }) => ({ summary: `\`${file}\` is no scenario: ${why}` }),
  'simulate/port-taken': ({ port, why }) => ({
    summary: `cannot listen on port ${port}: ${why}`,
    hint: 'use `--port 0` for a free one',
  }),
}

export const runSeverities = {
  'run/no-ledger': 'warning',
} satisfies { readonly [C in keyof RunFacts]?: Severity }
