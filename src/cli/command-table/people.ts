import { Option } from 'commander'
import type { ApproveFlags } from '../commands/approve.ts'
import type { AttestFlags } from '../commands/attest.ts'
import type { ObserveFlags } from '../commands/observe.ts'
import { collect, common, folderHelp, help, places } from '../options.ts'
import type { CommandTable } from './contract.ts'

/** With Terraform there may be no policy folder. */
const fromLedger = (): Option =>
  new Option('--from-ledger', 'the documents as they were applied last, where no folder has them').conflicts('policies')

/** The commands by which people tell what no API shows, and consent. */
export const peopleCommands: CommandTable = {
  observe: (command, run) =>
    places(common(command, ['text', 'json']))
      .summary('take in console exports as evidence')
      .description(
        'Takes in CSV exports of the console as evidence: “Export members”, “Export accounts”, “Export users”.',
      )
      .argument('<file...>', 'CSV files as the console mailed them')
      .option('--exported-at <time>', 'when the console made the exports, such as 2026-11-24T09:30:00Z')
      .option('--policies <dir>', folderHelp)
      .addOption(fromLedger())
      .addHelpText(
        'after',
        help(
          'postern observe members.csv --exported-at 2026-11-24T09:30:00Z',
          'none; with a key: the accounts are looked up (users/search)',
          '0 recorded, 1 refused',
        ),
      )
      .action(
        run(async (session, command) =>
          (await import('../commands/observe.ts')).observe(session, command.args, command.opts<ObserveFlags>()),
        ),
      ),
  attest: (command, run) =>
    places(common(command, ['text', 'json']))
      .summary('state what the console shows')
      .description(
        'Records what a person sees in the console, setting by setting. Asks at the terminal, or takes --set.',
      )
      .argument('[object...]', 'KIND/NAME, such as ExternalUserPolicy/external; all where left out')
      .option('--set <path=value>', 'a setting and the value seen; may be repeated', collect, [])
      .option('--by <name>', 'who attests (default: the user of the CI job or of this machine)')
      .option('--all', 'ask for settings with current evidence too')
      .option('--code <code>', 'the one-time code of --by, where the documents demand one; - reads standard input')
      .option('--policies <dir>', folderHelp)
      .addOption(fromLedger())
      .addHelpText(
        'after',
        help(
          'postern attest ExternalUserPolicy/external --set settings.apiTokens=block',
          'none',
          '0 recorded, 1 refused',
        ),
      )
      .action(
        run(async (session, command) =>
          (await import('../commands/attest.ts')).attest(session, command.args, command.opts<AttestFlags>()),
        ),
      ),
  approve: (command, run) =>
    places(common(command, ['text', 'json']))
      .summary('approve a saved plan with a one-time code, or enrol for it')
      .description(
        'Records that an approver agrees to exactly this plan, for a limited time. Nobody approves a plan of their own. With --enrol: makes the secret of an approver.',
      )
      .argument('[plan]', 'a plan saved with `plan --out`; with --enrol a policy folder')
      .requiredOption('--as <name>', 'the name of the approver in the Organization document')
      .option('--code <code>', 'the one-time code (default: asked at the terminal); - reads standard input')
      .option('--enrol', 'make a new secret for an authenticator app')
      .option('--from-ledger', 'with --enrol: the documents as they were applied last, where no folder has them')
      .addHelpText(
        'after',
        help(
          'postern approve plan.json --as alice',
          'none; POSTERN_APPROVER_<NAME> or POSTERN_APPROVER_COMMAND gives the secret to check the code with',
          '0 recorded, or not needed; 1 refused',
        ),
      )
      .action(
        run(async (session, command) =>
          (await import('../commands/approve.ts')).approve(session, command.args[0], command.opts<ApproveFlags>()),
        ),
      ),
}
