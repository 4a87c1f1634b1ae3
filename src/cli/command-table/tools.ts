import { Argument, InvalidArgumentError, Option } from 'commander'
import type { ConnectedCommand } from '../../operations/command-operations.ts'
import type { DoctorFlags } from '../commands/doctor.ts'
import type { SimulateFlags } from '../commands/simulate.ts'
import { collect, common, folderHelp, help, places, wholeNumber } from '../options.ts'
import type { CommandTable } from './contract.ts'

/** The commands that need a key. Named here, since their operations are loaded only where they are asked for. */
const connected = [
  'import',
  'init',
  'plan',
  'revert',
  'coverage',
  'explain',
  'drift',
  'watch',
  'apply',
  'observe',
] as const satisfies readonly ConnectedCommand[]

/** The commands beside the organization. */
export const toolCommands: CommandTable = {
  doctor: (command, run) =>
    places(common(command, ['text', 'json', 'markdown']))
      .summary('say what is missing to run')
      .description(
        'Looks at everything that Postern needs: documents, the key with the scopes of each command, the clock, the organization, the ledger, evidence and approvers. Says of each that it is ok, or what to do. Changes nothing.',
      )
      .argument('[dir]', folderHelp)
      .addOption(
        new Option('--for <command>', 'a command that the key is for; may be repeated (default: all)')
          .choices(connected)
          .argParser((value: string, before: readonly string[] | undefined) => {
            if (!(connected as readonly string[]).includes(value))
              throw new InvalidArgumentError(`Allowed choices are ${connected.join(', ')}.`)
            return collect(value, before)
          }),
      )
      .addHelpText(
        'after',
        help(
          ['postern doctor', 'postern doctor policies --for plan --for drift'],
          'none more than the commands it looks at: each is tried with calls that only read',
          '0 nothing failed, 1 something failed',
        ),
      )
      .action(
        run(async (session, command) =>
          (await import('../commands/doctor.ts')).doctor(session, command.args[0], command.opts<DoctorFlags>()),
        ),
      ),
  simulate: (command, run) =>
    common(command, ['text'])
      .summary('run a simulated organization')
      .description(
        'Runs a simulated organization behind the same HTTP API, to try policies without touching a real one. Prints one JSON line when it is ready.',
      )
      .option('--port <number>', 'port on 127.0.0.1; 0 takes a free one', wholeNumber, 0)
      .option('--api-key <key>', 'the API key it accepts')
      .option('--scenario <name>', 'a built-in scenario (acme, without-guard) or a JSON file')
      .option('--accounts <number>', 'grow the organization to so many accounts', wholeNumber)
      .option('--seed <number>', 'what ids and generated data derive from', wholeNumber)
      .addOption(
        new Option('--audit <mode>', 'which changes leave an audit event').choices(['full', 'documented', 'none']),
      )
      .addHelpText('after', help('postern simulate --port 8080', 'none', '0 stopped, 1 error'))
      .action(
        run(async (session, command) =>
          (await import('../commands/simulate.ts')).simulate(session, command.opts<SimulateFlags>()),
        ),
      ),
  schema: (command, run) =>
    common(command, ['text'])
      .summary('print the JSON Schema of the documents')
      .description('Prints the JSON Schema (2020-12) of all documents, for editors and other tools.')
      .addHelpText(
        'after',
        help('postern schema --output policy.schema.json', 'none', '0 printed, 1 it could not be written'),
      )
      .action(run(async session => (await import('../commands/schema.ts')).schema(session))),
  completion: (command, run) =>
    common(command, ['text'])
      .summary('print the completion script of a shell')
      .description(
        `Prints a script that completes commands, flags and values. Where it belongs:

    bash  ~/.local/share/bash-completion/completions/postern
    zsh   _postern, in a folder that is in fpath before compinit
    fish  ~/.config/fish/completions/postern.fish`,
      )
      .usage('[options] <shell>')
      .addArgument(new Argument('[shell]', 'the shell').choices(['bash', 'zsh', 'fish']))
      .addHelpText('after', help(['postern completion bash'], 'none', '0 printed, 1 no such shell'))
      .action(
        run(async (session, command) =>
          (await import('../commands/completion.ts')).completion(session, command.args[0]),
        ),
      ),
}
