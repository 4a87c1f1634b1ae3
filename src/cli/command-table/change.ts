import { Option } from 'commander'
import type { ApplyFlags } from '../commands/apply.ts'
import type { PlanFlags } from '../commands/plan.ts'
import type { UnlockFlags } from '../commands/unlock.ts'
import {
  allow,
  author,
  collect,
  common,
  emails,
  folderHelp,
  help,
  lastActive,
  ledgerPlace,
  liveScopes,
  places,
  planExits,
  planScopes,
  reportFormats,
  requireEvidence,
} from '../options.ts'
import type { CommandTable } from './contract.ts'

/** The commands that change the organization, and those that lead up to it. */
export const changeCommands: CommandTable = {
  validate: (command, run) =>
    common(command, reportFormats)
      .summary('check the documents of a policy folder, offline')
      .description('Checks every document of a policy folder. Reads no network and needs no key.')
      .argument('[dir]', folderHelp)
      .addHelpText('after', help('postern validate policies', 'none', '0 no error, 1 error'))
      .action(
        run(async (session, { args: [folder] }) => (await import('../commands/validate.ts')).validate(session, folder)),
      ),
  plan: (command, run) =>
    places(common(command, [...reportFormats, 'html']))
      .summary('compare a policy folder with the live organization')
      .description(
        'Compares a policy folder with the live organization and says step by step what would make them equal. Only reads.',
      )
      .argument('[dir]', folderHelp)
      .option('--out <file>', 'save the plan, to apply exactly this later')
      .option('--affected <file>', 'write the people it changes something for to a CSV file, with a text to mail each')
      .addOption(
        new Option('--snapshot <file>', 'plan from a snapshot, without a key and without network').conflicts([
          'out',
          'affected',
          'ledger',
          'apiUrl',
          'lastActive',
        ]),
      )
      .option('--base <commit>', 'tell what the documents change since this commit of git from what was pending before')
      .addOption(allow())
      .addOption(author())
      .addOption(requireEvidence())
      .addOption(lastActive())
      .addOption(emails())
      .addHelpText(
        'after',
        help(
          [
            'postern plan policies --out plan.json',
            'postern plan policies --format markdown --output plan.md',
            'postern plan policies --base origin/main',
          ],
          planScopes,
          planExits,
        ),
      )
      .action(
        run(async (session, command) =>
          (await import('../commands/plan.ts')).plan(session, command.args[0], command.opts<PlanFlags>()),
        ),
      ),
  apply: (command, run) =>
    places(common(command, ['text', 'json', 'markdown']))
      .summary('carry a plan out')
      .description(
        'Carries out the API steps of a plan: of a folder (plans, shows, asks) or of a saved plan. What needs the console is left as a checklist.',
      )
      .argument('[dir-or-plan]', 'policy folder, or a plan saved with `plan --out`')
      .option('--yes', 'do not ask')
      .option('--digest <digest>', 'carry out only the plan with this digest, which was looked at before')
      .option('--otp <name:code>', 'approve in one go with a one-time code; may be repeated', collect)
      .option('--bundle <file>', 'write a copy of the evidence bundle to a file')
      .addOption(allow())
      .addOption(author())
      .addOption(requireEvidence())
      .addOption(lastActive())
      .addOption(emails())
      .addHelpText(
        'after',
        help(
          ['postern apply policies', 'postern apply plan.json --yes'],
          liveScopes(
            ['write:policies:admin'],
            ['read:events:admin', 'and delete:policies:admin to delete IP allowlists'],
          ),
          '0 no step left, 2 only console steps left, 1 a step failed, 3 blocked by a guard or a missing approval',
        ),
      )
      .action(
        run(async (session, command) =>
          (await import('../commands/apply.ts')).apply(session, command.args[0], command.opts<ApplyFlags>()),
        ),
      ),
  revert: (command, run) =>
    places(common(command, ['text', 'json', 'markdown', 'html']))
      .summary('plan to undo a run')
      .description(
        'Plans to set back what a run changed, as far as nobody changed it again since. It is a plan like every other: carry it out with `postern apply`. Only reads.',
      )
      .argument('<run>', 'the run, as apply named it and `postern audit` lists it')
      .option('--out <file>', 'save the plan, to apply exactly this later')
      .addOption(allow())
      .addOption(author())
      .addOption(requireEvidence())
      .addOption(lastActive())
      .addOption(emails())
      .addHelpText(
        'after',
        help(
          'postern revert 2026-11-24T09-30-00Z-1f3a --out revert.json',
          planScopes,
          '0 nothing to undo, 2 steps of any kind, 3 blocked by a guard, 1 error',
        ),
      )
      .action(
        run(async (session, command) =>
          (await import('../commands/revert.ts')).revert(session, command.args[0] ?? '', command.opts<PlanFlags>()),
        ),
      ),
  unlock: (command, run) =>
    ledgerPlace(common(command, ['text', 'json']))
      .summary('take away the lock of a run that died on another machine')
      .description(
        'Shows who holds the ledger’s lock and takes it away. A run that died on this machine needs no unlock: the next apply takes over.',
      )
      .option('--yes', 'do not ask')
      .option('--force', 'take it from a process that is alive on this machine, too')
      .addHelpText('after', help('postern unlock', 'none', '0 unlocked, or it was not locked; 1 refused'))
      .action(
        run(async (session, command) =>
          (await import('../commands/unlock.ts')).unlock(session, command.opts<UnlockFlags>()),
        ),
      ),
}
