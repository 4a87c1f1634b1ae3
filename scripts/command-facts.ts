// What the definitions of the commands say, as plain data: the man page and the reference are written from it.
import { Option, type Argument, type Command } from 'commander'
import { helpFacts, type HelpFacts } from '../src/cli/help-text.ts'
import { optionGroupsInOrder, ownOptions } from '../src/cli/option-groups.ts'
import { createProgram } from '../src/cli/program.ts'
import type { World } from '../src/cli/world.ts'

export interface Parameter {
  /** `--format <format>`, or `dir`. */
  readonly term: string
  readonly means: string
  readonly choices: readonly string[]
  readonly fallback: string | undefined
}

export interface CommandFacts extends HelpFacts {
  readonly name: string
  readonly heading: string
  readonly summary: string
  readonly description: string
  readonly usage: string
  readonly arguments: readonly Parameter[]
  /** Under the headings of the help. */
  readonly options: ReadonlyMap<string, readonly Parameter[]>
}

/** Nobody's: only asked how wide its help is. */
const nowhere = { argv: [], env: {}, stdout: { columns: 80, write: () => undefined } } as unknown as World

export const program = (): Command => createProgram(nowhere, { code: undefined })

/** Every command in the order of `postern --help`, without `help` itself. */
export const commandFacts = (): readonly CommandFacts[] =>
  program().commands.map(command => {
    const facts = helpFacts(command)
    if (facts === undefined)
      throw new Error(`${command.name()} says neither scopes nor exit codes: use help() of src/cli/help-text.ts`)
    const helper = command.createHelp()
    const visible = optionGroupsInOrder([], helper.visibleOptions(command), one => one.helpGroupHeading ?? ownOptions)
    return {
      ...facts,
      name: command.name(),
      heading: command.helpGroup().replace(/:$/, ''),
      summary: command.summary(),
      description: command.description(),
      usage: helper.commandUsage(command).trim(),
      arguments: command.registeredArguments.map(parameter),
      options: new Map(
        [...visible].map(([heading, options]) => [heading.replace(/:$/, ''), options.map(parameter)] as const),
      ),
    }
  })

function parameter(given: Option | Argument): Parameter {
  const { defaultValue, defaultValueDescription } = given as {
    defaultValue?: unknown
    defaultValueDescription?: string
  }
  // Help writes most defaults into the description, where they are no fixed value.
  const [, means = given.description, told] = /^(.*) \(default: ([^()]*)\)$/.exec(given.description) ?? []
  const own = ['string', 'number'].includes(typeof defaultValue) ? `${defaultValue as string | number}` : undefined
  return {
    term: given instanceof Option ? given.flags : given.name(),
    means,
    choices: given.argChoices ?? [],
    fallback: told ?? defaultValueDescription ?? own,
  }
}
