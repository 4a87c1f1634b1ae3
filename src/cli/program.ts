import { Command } from 'commander'
import { beginCommands } from './command-table/begin.ts'
import { changeCommands } from './command-table/change.ts'
import { groupOf, inGroups } from './command-groups.ts'
import type { CommandTable, Run } from './command-table/contract.ts'
import { lookCommands } from './command-table/look.ts'
import { ciCommands } from './command-table/ci.ts'
import { peopleCommands } from './command-table/people.ts'
import { toolCommands } from './command-table/tools.ts'
import type { ExitCode } from './exit-code.ts'
import { environmentHelp } from './environment.ts'
import { helpWidth } from './help-text.ts'
import { optionGroupsInOrder } from './option-groups.ts'
import { helpOption } from './options.ts'
import { Session, type CommonOptions } from './session.ts'
import { version, versionFlag } from './version.ts'
import type { World } from './world.ts'

/** What a command line comes to: the exit code of the command it named. */
export interface Ran {
  code: ExitCode | undefined
}

/** Every command. `command-groups.ts` says how they are listed. */
const commands: CommandTable = {
  ...beginCommands,
  ...changeCommands,
  ...lookCommands,
  ...peopleCommands,
  ...ciCommands,
  ...toolCommands,
}

export const commandNames: readonly string[] = Object.keys(commands)

/** The command line. Each command's code is loaded only when it runs. */
export function createProgram(world: World, ran: Ran): Command {
  const program = new Command('postern')
    .description('Policy as code for the security of an Atlassian organization.')
    .version(version, versionFlag, 'print the version')
    .addHelpOption(helpOption())
    .configureHelp({ groupItems: optionGroupsInOrder })
    .showHelpAfterError(false)
    .exitOverride()
    .configureOutput({
      writeOut: text => world.stdout.write(text),
      writeErr: () => undefined,
      getOutHelpWidth: () => Math.min(world.stdout.columns ?? 80, 100),
      getOutHasColors: () => false,
    })
    .addHelpText('after', ({ command }) => environmentHelp(helpWidth(command)))

  const run: Run =
    work =>
    async (...parameters) => {
      const command = parameters.at(-1) as Command
      ran.code = await work(new Session(world, command.opts<CommonOptions>()), command)
    }
  // A command that is named is the only one that is set up: the others would cost a start a millisecond each.
  const [named = ''] = world.argv
  if (Object.hasOwn(commands, named)) commands[named]?.(program.command(named), run)
  else {
    for (const [name, heading] of inGroups(commandNames))
      commands[name]?.(program.command(name).helpGroup(heading), run)
    program.commandsGroup(groupOf('help')).helpCommand('help [command]', 'print help for a command')
  }
  return program
}
