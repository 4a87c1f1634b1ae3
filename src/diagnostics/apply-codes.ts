import type { Severity } from '../model/diagnostic-document.ts'
import { count, some, type WordingOf } from './wording.ts'

/** What happens while a plan is carried out, and to what it left. */
export interface ApplyFacts {
  'apply/accounts-refused': {
    readonly policy: string
    readonly action: 'move' | 'suspend' | 'restore'
    readonly refused: readonly { readonly account: string; readonly why: string }[]
  }
  'apply/basis-moved': {
    readonly step: string
    readonly moved: readonly { readonly what: string; readonly from: string; readonly to: string }[]
    /** Who did it, or why that is not known. */
    readonly who?: string
    readonly unknown?: string
  }
  'apply/unfinished': { readonly step: string; readonly why: string }
  'apply/interrupted': Readonly<Record<string, never>>
  'apply/lock-taken-over': { readonly run: string; readonly owner: string; readonly pid: number }
  'apply/continued': { readonly run: string; readonly by: string; readonly at: string; readonly done: number }
  'apply/too-many-requests': { readonly most: number; readonly left: number; readonly writes: number }
  'apply/other-digest': { readonly wanted: string; readonly made: string }
  'apply/approved-elsewhere': {
    readonly digest: string
    readonly approvals: readonly { readonly approver: string; readonly digest: string }[]
  }
  'apply/left-open': { readonly run: string; readonly by: string; readonly at: string }
  'audit/broken': { readonly run: string; readonly problem: string }
  'audit/other-head': { readonly wanted: string; readonly head: string }
  'audit/no-runs': { readonly place: string }
  'audit/not-in-chain': { readonly run: string }
  'revert/unknown-run': { readonly run: string; readonly runs: readonly string[] }
  'revert/nothing': { readonly run: string }
  'revert/unreadable': { readonly run: string; readonly why: string }
  'revert/not-reverted': { readonly what: string; readonly why: string }
  'unlock/not-locked': Readonly<Record<string, never>>
  'unlock/alive': { readonly run: string; readonly owner: string; readonly pid: number }
  'unlock/other-run': { readonly run: string; readonly holder: string }
}

export const applyWording: WordingOf<ApplyFacts> = {
  'apply/accounts-refused': ({ policy, action, refused }) => ({
    summary: `${refused.length} of the accounts ${refusals[action](policy)}: ${some(
      refused.map(({ account, why }) => `${account}: ${why}`),
      20,
    )}`,
    hint: 'with the others it was done; plan again to see what is left',
  }),
  'apply/basis-moved': ({ step, moved, who, unknown }) => ({
    summary: `${step} was not carried out: what it changes has changed since the plan was made: ${some(
      moved.map(({ what, from, to }) => `${what}: ${from} → ${to}`),
      5,
    )}${who === undefined ? '' : `, by ${who}`}${unknown === undefined ? '' : `; who did it is not known: ${unknown}`}`,
    hint: 'plan again. Nothing was sent for this step',
  }),
  'apply/unfinished': ({ step, why }) => ({
    summary: `${step} was sent, but its end was not seen: ${why}`,
    hint: 'run apply again in a few minutes: it looks first, and goes on with what is left',
  }),
  'apply/interrupted': () => ({
    summary: 'interrupted: the steps not yet begun were left alone',
    hint: 'run apply again to go on',
  }),
  'apply/lock-taken-over': ({ run, owner, pid }) => ({
    summary: `the lock of the run ${run} of ${owner} was taken over: its process ${pid} on this machine is gone`,
  }),
  'apply/continued': ({ run, by, at, done }) => ({
    summary: `the run ${run} of ${by}, begun ${at}, was cut off: ${count(done, 'step was', 'steps were')} done, which is recorded now`,
    hint: 'what it left undone is looked at again',
  }),
  'apply/too-many-requests': ({ most, left, writes }) => ({
    summary: `nothing was applied: the plan takes ${count(writes, 'write request')}, and of the ${most} that \`--max-requests\` allows ${left} are left`,
    hint: 'allow more: an apply that has begun goes through, whatever it takes to follow what it does',
  }),
  'apply/other-digest': ({ wanted, made }) => ({
    summary: `this is not the plan that was asked for: its digest is ${made}, not ${wanted}`,
    hint: 'documents or organization have changed since: look at the plan, and have it approved again. Nothing was sent',
  }),
  'apply/approved-elsewhere': ({ digest, approvals }) => ({
    summary: `this plan (${digest.slice(0, 12)}…) is another one than those that were approved: ${some(
      approvals.map(other => `${other.approver} approved ${other.digest.slice(0, 12)}…`),
      5,
    )}`,
    hint: 'documents or organization have changed since: look at the plan, and have it approved again',
  }),
  'apply/left-open': ({ run, by, at }) => ({
    summary: `the apply ${run} of ${by}, begun ${at}, has not ended: it is going on, or was cut off`,
    hint: 'what its journal tells is taken as done; the next apply takes it over',
  }),
  'audit/broken': ({ run, problem }) => ({
    summary: `the chain breaks at the run ${run}: ${problem}`,
    hint: 'compare with the copies that CI keeps, and with the head that was noted elsewhere',
  }),
  'audit/other-head': ({ wanted, head }) => ({
    summary: `the head of the chain is ${head}, and no run in it has the digest ${wanted}`,
    hint: 'the chain was rewritten, or this is another ledger',
  }),
  'audit/no-runs': ({ place }) => ({ summary: `the ledger ${place} holds no run yet` }),
  'audit/not-in-chain': ({ run }) => ({
    summary: `the record of the run ${run} is in the ledger, and the chain does not name it`,
    hint: 'a run that was cut off leaves one until the next apply; otherwise somebody put it there, or took it out of the chain',
  }),
  'revert/unknown-run': ({ run, runs }) => ({
    summary: `the ledger has no record of a run \`${run}\``,
    hint: runs.length === 0 ? 'it has no run at all' : `the last ones are ${some(runs, 5)}`,
  }),
  'revert/nothing': ({ run }) => ({
    summary: `nothing of the run ${run} is left to revert: it changed nothing, or all of it was changed again or put back`,
  }),
  'revert/unreadable': ({ run, why }) => ({ summary: `the record of the run ${run} cannot be read: ${why}` }),
  'revert/not-reverted': ({ what, why }) => ({ summary: `not reverted: ${what}: ${why}` }),
  'unlock/not-locked': () => ({ summary: 'the ledger is not locked: there is nothing to do' }),
  'unlock/alive': ({ run, owner, pid }) => ({
    summary: `the run ${run} of ${owner} goes on: its process ${pid} on this machine is alive`,
    hint: 'wait for it, or interrupt it; `--force` takes the lock away all the same, and two runs can then change the organization at once',
  }),
  'unlock/other-run': ({ run, holder }) => ({
    summary: `the lock is held by the run ${holder}, not by ${run}`,
    hint: 'look again who holds it',
  }),
}

export const applySeverities = {
  'apply/interrupted': 'warning',
  'apply/lock-taken-over': 'warning',
  'apply/continued': 'warning',
  'apply/approved-elsewhere': 'note',
  'apply/left-open': 'warning',
  'audit/no-runs': 'note',
  'audit/not-in-chain': 'warning',
  'revert/nothing': 'note',
  'revert/not-reverted': 'warning',
  'unlock/not-locked': 'note',
} satisfies { readonly [C in keyof ApplyFacts]?: Severity }

const refusals = {
  move: (policy: string) => `did not move into \`${policy}\``,
  suspend: () => 'did not lose their access',
  restore: () => 'did not get their access back',
} as const
