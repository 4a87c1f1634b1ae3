import type { ApplyFacts } from '../apply-codes.ts'
import type { ExplanationsOf } from './explanation.ts'

export const applyExplanations: ExplanationsOf<ApplyFacts> = {
  'apply/accounts-refused': {
    means:
      'The step is done for the other accounts and not for these: Atlassian refused them, or afterwards they were not seen where they belong. What Atlassian said of each is in the message.',
    fix: 'Plan again: those that are left show as a step. An account that was deleted or lost its domain meanwhile must leave the document.',
  },
  'apply/basis-moved': {
    means:
      'A saved plan is not made again when it is applied; each step is carried out only if what it changes is as it was. Here it is not: the message says what it was, what it is now and, if the audit log tells, who changed it. Nothing was sent for this step.',
    fix: 'Plan again, look at the change that somebody made, and have the new plan approved.',
  },
  'apply/unfinished': {
    means:
      'The requests of the step were accepted, and it was not seen to hold: Atlassian is still at it, an answer was lost, or the run was interrupted. It may well be done.',
    fix: 'Run `postern apply` again in a few minutes. It looks first, repeats nothing that is done, and goes on with the rest.',
  },
  'apply/interrupted': {
    means:
      'The run was asked to stop (Ctrl-C, or the end of a job). The request under way was finished; steps not yet begun were left alone.',
    fix: 'Run `postern apply` again to go on.',
  },
  'apply/lock-taken-over': {
    means:
      'The ledger’s lock was held by a run on this machine whose process is gone: it crashed or was killed. This run took the lock over.',
    fix: 'Nothing. What the earlier run left is looked at and told as well.',
  },
  'apply/continued': {
    means:
      'The journal of an earlier apply has no end: it was cut off. What it had done is recorded now, and its tasks were looked up.',
    fix: 'Read the plan of this run: it holds what the earlier one left undone, if the documents still want it.',
  },
  'apply/too-many-requests': {
    means:
      'Reading the organization took so many of the requests that `--max-requests` allows that too few are left for what the plan writes. It is looked at before the first write, since a run is never cut off in the middle.',
    fix: 'Allow more. The plan says how many requests it sent and how many it will send.',
  },
  'apply/other-digest': {
    means:
      '`apply --digest` plans anew and carries that plan out only if it is the one that was reviewed. It is another: documents or organization have changed since. Nothing was sent.',
    fix: 'Look at the new plan, have it approved, and give its digest.',
  },
  'apply/approved-elsewhere': {
    means:
      'The plan lacks approvals, and there are current approvals of other plans. They do not count for this one: an approval is bound to the digest of exactly one plan.',
    fix: 'Apply the plan file that was approved, or have this one approved: `postern approve plan.json --as NAME`.',
  },
  'apply/left-open': {
    means:
      'An apply has begun and not ended: it is going on now, or was cut off. This command only reads; it takes what the journal tells as done.',
    fix: 'Wait until the apply has ended, or run `postern apply`, which takes an apply that was cut off to its end.',
  },
  'audit/broken': {
    means:
      'The record of this run is missing, cannot be read, or was changed after it was written: its digest is not the one that the run after it names. What lies before it cannot be followed.',
    fix: 'Compare with the copies of the evidence bundles that CI kept (`apply --bundle FILE`), and find out who can write to the ledger. See [audit](audit.md).',
  },
  'audit/other-head': {
    means:
      'The digest given with `--head` was noted earlier, and no run of the chain has it. The chain was written anew since, or this is another ledger.',
    fix: 'Check `POSTERN_LEDGER` first. If it is the right ledger, treat it as tampering and compare with the copies that CI kept.',
  },
  'audit/no-runs': {
    means: 'No apply has been recorded in this ledger, so there is no chain to verify.',
    fix: 'If there were applies, check `POSTERN_LEDGER` or `--ledger`.',
  },
  'audit/not-in-chain': {
    means:
      'The ledger holds the record of a run that the chain does not name. A run that was cut off while it recorded itself leaves one, until the next apply; otherwise somebody put it there, or took it out of the chain.',
    fix: 'Run the next apply and audit again. If it is still there, compare it with the copies that CI kept.',
  },
  'revert/unknown-run': {
    means: 'The ledger has no record of a run of this name. The message names the last ones.',
    fix: 'Copy the name from there or from `postern audit`, and check that `POSTERN_LEDGER` is the ledger of that run.',
  },
  'revert/nothing': {
    means:
      'Nothing of this run is left to undo: it changed nothing, or everything it changed was changed again or put back since.',
    fix: 'Nothing. To undo a later change, name the later run.',
  },
  'revert/unreadable': {
    means:
      'The record of the run, or the documents of the last apply that the ledger should hold, cannot be read. The reason is in the message.',
    fix: 'Restore the record from the copy that CI kept, or set the documents back in git and apply them.',
  },
  'revert/not-reverted': {
    means:
      'A part of the run is left as it is: what it was before is not known, somebody has changed it again since, only the console can do it (deleting a policy), or it would take access from an admin or a break-glass account. The rest is in the plan.',
    fix: 'Read the reason in the message, and set it back in the console or in the documents if you want it so.',
  },
  'unlock/not-locked': {
    means:
      'Nobody holds the lock of this ledger. It is an error where the holder let go between the question and the answer.',
    fix: 'Nothing: apply can run. If another job says that it is locked, the two use different ledgers.',
  },
  'unlock/alive': {
    means:
      'The process that holds the lock is alive on this machine. Taking the lock away would let two runs change the organization at once.',
    fix: 'Wait for it, or interrupt it with Ctrl-C, after which it ends cleanly. `--force` takes the lock all the same.',
  },
  'unlock/other-run': {
    means:
      'While you looked, the lock passed on to another run, which was not the one you agreed to break. Nothing was changed.',
    fix: 'Run `postern unlock` again and look who holds it now.',
  },
}
