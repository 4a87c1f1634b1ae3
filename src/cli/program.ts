import { Command } from 'commander'
import { changeCommands } from './command-table/change.ts'
import type { CommandTable, Run } from './command-table/contract.ts'
import { lookCommands } from './command-table/look.ts'
import { peopleCommands } from './command-table/people.ts'
import { toolCommands } from './command-table/tools.ts'
import type { ExitCode } from './exit-code.ts'
import { environmentHelp } from './options.ts'
import { Session, type CommonOptions } from './session.ts'
import { version } from './version.ts'
import type { World } from './world.ts'

/** What a command line comes to: the exit code of the command it named. */
export interface Ran {
  code: ExitCode | undefined
}

/** Every command, in the order in which they are listed. */
const commands: CommandTable = { ...changeCommands, ...lookCommands, ...peopleCommands, ...toolCommands }

/** The command line. Each command's code is loaded only when it runs. */
export function createProgram(world: World, ran: Ran): Command {
  const program = new Command('postern')
    .description('Policy as code for the security of an Atlassian organization.')
    .version(version, '--version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help for a command')
    .showHelpAfterError(false)
    .exitOverride()
    .configureOutput({
      writeOut: text => world.stdout.write(text),
      writeErr: () => undefined,
      getOutHelpWidth: () => Math.min(world.stdout.columns ?? 80, 100),
      getOutHasColors: () => false,
    })
    .addHelpText('after', `\n${environmentHelp}`)

  const run: Run =
    work =>
    async (...parameters) => {
      const command = parameters.at(-1) as Command
      ran.code = await work(new Session(world, command.opts<CommonOptions>()), command)
    }
  // A command that is named is the only one that is set up: the others would cost a start a millisecond each.
  const [named = ''] = world.argv
  for (const name of Object.hasOwn(commands, named) ? [named] : Object.keys(commands))
    commands[name]?.(program.command(name), run)
  return program
}
