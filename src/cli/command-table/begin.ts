import { InvalidArgumentError, Option } from 'commander'
import type { ImportFlags } from '../commands/import.ts'
import type { InitFlags } from '../commands/init.ts'
import { collect, common, help, importScopes, places } from '../options.ts'
import type { CommandTable } from './contract.ts'

/** The commands that begin. The CI systems are named here, since their workflows are loaded only where one is written. */
export const beginCommands: CommandTable = {
  init: (command, run) =>
    places(common(command, ['text']))
      .summary('bring an organization under version control')
      .description(
        'Asks for what flags and environment do not say, tries the key, imports the organization into a new policy folder, and writes what goes around it: .gitignore, editor settings, a CI workflow. Writes at the end, all or nothing; the key nowhere. Only reads the organization.',
      )
      .argument('[dir]', 'folder to make (default: policies)')
      .option('--organization <id>', 'the organization, where the key sees several')
      .addOption(
        new Option('--ci <system>', 'write a workflow for it (default: asked, or none)').choices([
          'github',
          'gitlab',
          'bitbucket',
          'none',
        ]),
      )
      .addOption(new Option('--editor <editor>', 'write settings for it (default: vscode)').choices(['vscode', 'none']))
      .option('--export <file>', 'take in a console export (CSV) as evidence; may be repeated', collect)
      .option('--exported-at <time>', 'when the console made the exports, such as 2026-11-24T09:30:00Z')
      .option('--yes', 'ask nothing but the key: take what is proposed')
      .addHelpText(
        'after',
        help(
          ['postern init', 'postern init policies --ci github --yes'],
          importScopes,
          '0 written, 1 refused, stopped, or an error: nothing was written',
        ),
      )
      .action(
        run(async (session, command) =>
          (await import('../commands/init.ts')).init(session, command.args[0], command.opts<InitFlags>()),
        ),
      ),
  import: (command, run) =>
    places(common(command, ['text', 'json', 'markdown']))
      .summary('write the live organization down as documents')
      .description(
        'Writes documents for everything that it sees of the live organization, so that a plan has nothing to change. In a folder with documents it changes only what differs, and keeps comments, order and places. Writes all files or none. Only reads the organization.',
      )
      .argument('[dir]', 'folder to make, or to bring up to date (default: policies)')
      .option('--organization <id>', 'the organization, where the key sees several')
      .option('--export <file>', 'take in a console export (CSV) as evidence; may be repeated', collect)
      .option('--exported-at <time>', 'when the console made the exports, such as 2026-11-24T09:30:00Z')
      .addOption(
        new Option('--only <kind>', 'only documents of this kind come or change; may be repeated')
          .choices(importable)
          .argParser((value: string, before: readonly string[] | undefined) => {
            if (!importable.includes(value))
              throw new InvalidArgumentError(`Allowed choices are ${importable.join(', ')}.`)
            return collect(value, before)
          }),
      )
      .option('--complete', 'add the settings that evidence shows and the documents leave out')
      .option('--dry-run', 'write nothing, and print how each file would change')
      .addHelpText(
        'after',
        help(
          ['postern import policies --dry-run', 'postern import policies --export members.csv --complete'],
          importScopes,
          '0 written, or nothing to write; 2 something to write (--dry-run); 1 error: nothing was written',
        ),
      )
      .action(
        run(async (session, command) =>
          (await import('../commands/import.ts')).importFolder(session, command.args[0], command.opts<ImportFlags>()),
        ),
      ),
}

/** The kinds of documents that an import makes. */
const importable = ['Organization', 'AuthenticationPolicy', 'ExternalUserPolicy', 'IpAllowlist']
