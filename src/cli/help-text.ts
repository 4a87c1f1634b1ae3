import type { AddHelpTextContext, Command } from 'commander'
import { paragraph } from '../render/style.ts'

/** What a command says of itself beyond its flags. */
export interface HelpFacts {
  /** Command lines that work as they stand. */
  readonly examples: readonly string[]
  /** What the API key must be allowed to, in the words of Atlassian's scopes. */
  readonly scopes: string
  /** What each exit code means, by number. */
  readonly exits: readonly { readonly code: number; readonly means: string }[]
}

const narrowest = 40

/** As wide as the help around it. */
export const helpWidth = (command: Command): number =>
  Math.max(narrowest, command.configureOutput().getOutHelpWidth?.() ?? 80)

const known = new WeakMap<Command, HelpFacts>()

/**
 * The end of a command's help, for `addHelpText`. Exit codes are written as in `0 no error, 1 error`: a number after a comma or semicolon begins the next.
 */
export const help =
  (examples: string | readonly string[], scopes: string, exits: string) =>
  ({ command }: AddHelpTextContext): string => {
    const facts = { examples: [examples].flat(), scopes, exits: exitsIn(exits) }
    known.set(command, facts)
    return helpText(facts, helpWidth(command))
  }

/** What a command says of itself beyond its flags; undefined where it has no such help. */
export function helpFacts(command: Command): HelpFacts | undefined {
  // Commander keeps no help text: it asks for it by an event when help is printed. That it emits events its types don't say.
  const asked = command as Command & { emit(event: string, context: object): boolean }
  asked.emit('afterHelp', { error: false, command, write: () => undefined })
  return known.get(command)
}

function exitsIn(text: string): HelpFacts['exits'] {
  const exits = text
    .split(/[,;] (?=\d(?: |$))/)
    .map(part => ({ code: Number(part[0]), means: part.slice(2) || 'done' }))
  return exits.sort((a, b) => a.code - b.code)
}

/** A command line in some columns, continued as a shell continues it. */
export const commandLines = (example: string, width: number): readonly string[] =>
  paragraph(example, width - 2, '  ', '      ').map((line, index, all) =>
    index < all.length - 1 ? `${line} \\` : line,
  )

const helpText = ({ examples, scopes, exits }: HelpFacts, width: number): string =>
  [
    '',
    examples.length === 1 ? 'Example:' : 'Examples:',
    ...examples.flatMap(example => commandLines(example, width)),
    '',
    'Key scopes:',
    ...paragraph(scopes, width, '  '),
    '',
    'Exit codes:',
    ...exits.flatMap(({ code, means }) => paragraph(means, width, `  ${code}  `)),
  ].join('\n')
