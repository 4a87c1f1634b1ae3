import type { RunFacts } from '../run-codes.ts'
import type { ExplanationsOf } from './explanation.ts'

export const runExplanations: ExplanationsOf<RunFacts> = {
  'run/usage': {
    means:
      'The command line cannot be understood: an unknown command or flag, an argument too many or too few, two results for one file, or a question that needs a terminal. Nothing was done.',
    fix: 'Use what the message suggests, or see the `--help` that it names. Unknown flags are errors, so that one that is mistyped is never ignored.',
  },
  'run/unwritable': {
    means:
      'A file that the command was to write could not be written: the result of `--output`, a saved plan, a CSV, or a document that `drift --accept` edits. What was in the file before is untouched.',
    fix: 'Check that the folder is there, that it may be written to, and that the disk is not full.',
  },
  'run/needs-consent': {
    means:
      '`apply` shows the plan and asks before it changes anything. There is no terminal to ask at, as in a CI job, and `--yes` was not given.',
    fix: 'Review the plan in an earlier job, then run `postern apply plan.json --yes`. [CI](ci.md) shows the whole arrangement.',
  },
  'run/declined': {
    means: 'The question of `apply` or `unlock` was answered with something other than `yes`. Nothing was changed.',
    fix: 'Run the command again when you want it carried out.',
  },
  'run/no-ledger': {
    means:
      'In CI, `POSTERN_LEDGER` and `--ledger` are not set. The ledger is then a folder of the job, which is usually gone afterwards: evidence, approvals, and what was last applied are forgotten, and drift cannot tell who moved.',
    fix: 'Set `POSTERN_LEDGER` to a folder that lasts, or to `s3://bucket/prefix`. See [the ledger](ledger.md).',
  },
  'run/internal': {
    means:
      'Postern has a fault. The message names the error and, with `--verbose`, where it was thrown; it holds no text that could be secret.',
    fix: 'Report it with the command you ran and the message. If an apply was under way, run `postern apply` again: it looks first what was done.',
  },
  'simulate/bad-scenario': {
    means:
      'The file given to `simulate --scenario` could not be read, is not JSON, or describes something that the simulator does not know. The reason is in the message.',
    fix: 'Correct it as the message says. [The simulator](simulator.md) lists what a scenario can hold, and the names of those that are built in.',
  },
  'simulate/port-taken': {
    means: 'The simulator cannot listen on this port: another program does, or the port is kept for the system.',
    fix: 'Use `--port 0`, which takes a free one and prints its address.',
  },
}
