import type { DriftFacts } from '../drift-codes.ts'
import type { ExplanationsOf } from './explanation.ts'

export const driftExplanations: ExplanationsOf<DriftFacts> = {
  'drift/exception-unused': {
    means:
      'An Exception for a `difference` silences nothing: there is no such difference now. It was mended, or kind, name, path or account do not fit.',
    fix: 'Remove it, or compare it with the difference as `postern drift` prints it: all of kind, name, path and account must be the same.',
  },
  'drift/no-history': {
    means:
      'The ledger has no apply. Whether git or the organization moved can only be told against what was last applied, so every difference counts as pending.',
    fix: 'Run `postern apply` once with this ledger. If there was one, check `POSTERN_LEDGER`: the job may be looking at an empty folder.',
  },
  'drift/partial': {
    means:
      'A part of the check could not be read, so the result is not complete and never “in sync”. What could be read is shown, and the time of the last complete check stays.',
    fix: 'See why under “not read” in the report. For the audit log the key needs the scope `read:events:admin`.',
  },
  'drift/check-too-old': {
    means:
      'With `--max-age` only the ledger is looked at: the last complete check is older than that, is in the future, or there was none. A check that stopped running finds nothing wrong, so somebody has to ask.',
    fix: 'Look at the job that runs `postern drift`: whether it runs, whether it is complete, and whether it uses this ledger.',
  },
  'drift/bad-duration': {
    means: 'The value of `--max-age`, `--every` or `--since` is neither a duration nor, for `--since`, a time.',
    fix: 'Write a duration such as `15m`, `26h` or `7d`; for `--since` a time such as `2026-11-24T09:30:00Z` will do as well.',
  },
  'drift/clock-backwards': {
    means:
      'The ledger’s last complete check is later than now. One of the two clocks is wrong, and what a wrong clock records would be believed later, so nothing was read or recorded.',
    fix: 'Set the clock of this machine right. If it was the earlier run’s clock, wait until that time has passed, or move the ledger’s `drift.json` away: the history of checks begins anew then.',
  },
  'drift/not-accepted': {
    means:
      '`drift --accept` writes what was changed outside into the documents, and this difference could not be taken over: the object is gone, the live value is not known, an account is in a policy that no document declares, or the file cannot be edited at that place. The reason is in the message.',
    fix: 'Edit the document by hand, or put the declared state back with `postern apply`.',
  },
  'drift/nothing-to-accept': {
    means: 'No difference of the classes `changed-outside` and `conflict` could be taken over, so no file was touched.',
    fix: 'Nothing. Differences that are `pending` are your own changes in git: apply them.',
  },
}
