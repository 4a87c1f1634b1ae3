// docs/reference/commands.md, from the definitions of the commands.
import { environment, files } from '../src/cli/environment.ts'
import { exitMeanings } from '../src/cli/exit-code.ts'
import { commandFacts, type CommandFacts, type Parameter } from './command-facts.ts'

/** Examples that no test can run: they go on until they are stopped, ask a person, or name a run that only one organization has. */
const byHand: ReadonlySet<string> = new Set(['approve', 'ci', 'init', 'revert', 'simulate', 'watch'])

/** Options of nearly every command have a section of their own. */
const shared = new Set(['Organization and ledger', 'Output'])

export function commandReference(): string {
  const commands = commandFacts()
  return [
    '# Commands',
    '',
    '<!-- Written by scripts/generate-command-reference.ts from the definitions of the commands. -->',
    '',
    'The same is told by `postern COMMAND --help` and by the man page. How results are printed and where completion is installed says [The command line](../command-line.md).',
    '',
    ...table(
      ['command', 'does'],
      commands.map(({ name, summary }) => [`[\`${name}\`](#${anchor(name)})`, text(summary)]),
    ),
    ...commands.flatMap(oneCommand),
    '## Options of every command',
    '',
    'A command takes those that apply to it.',
    '',
    ...optionTable(sharedOptions(commands)),
    '## Exit codes',
    '',
    ...table(
      ['exit code', 'means'],
      Object.entries(exitMeanings).map(([code, means]) => [code, text(means)]),
    ),
    'Blocked goes over pending, an error over both. What a code means for one command stands with it.',
    '',
    '## Environment',
    '',
    ...table(
      ['variable', 'is'],
      environment.map(([name, means]) => [`\`${name}\``, text(means)]),
    ),
    'A flag goes over the variable, the variable over the default. There is no flag for the key: it would show in the list of processes.',
    '',
    '## Files',
    '',
    ...table(
      ['path', 'is'],
      files.map(([path, means]) => [`\`${path}\``, text(means)]),
    ),
  ].join('\n')
}

function oneCommand(command: CommandFacts): readonly string[] {
  const { name, usage, description, arguments: given, options, examples, scopes, exits } = command
  const own = [...options].flatMap(([heading, found]) => (shared.has(heading) ? [] : found))
  const format =
    options.get('Output')?.filter(({ term, choices }) => term.startsWith('--format') && choices.length > 1) ?? []
  return [
    `## postern ${name}`,
    '',
    ...prose(description),
    '```text',
    usage,
    '```',
    '',
    ...(given.length === 0
      ? []
      : table(
          ['argument', 'is'],
          given.map(({ term, ...rest }) => [`\`${term}\``, meaning(rest)]),
        )),
    ...optionTable([...own, ...format]),
    `Key scopes: ${text(scopes)}.`,
    '',
    ...table(
      ['exit code', 'means'],
      exits.map(({ code, means }) => [String(code), text(means)]),
    ),
    byHand.has(name) ? '```sh' : '```console',
    ...examples.map(example => (byHand.has(name) ? example : `$ ${example}`)),
    '```',
    '',
  ]
}

function sharedOptions(commands: readonly CommandFacts[]): readonly Parameter[] {
  const all = commands.flatMap(({ options }) => [...shared].flatMap(heading => options.get(heading) ?? []))
  return [...new Map(all.map(option => [option.term, option])).values()].map(option =>
    option.term.startsWith('--format') ? { ...option, choices: [] } : option,
  )
}

const optionTable = (options: readonly Parameter[]): readonly string[] =>
  options.length === 0
    ? []
    : table(
        ['option', 'does'],
        options.map(({ term, ...rest }) => [`\`${term}\``, meaning(rest)]),
      )

const meaning = ({ means, choices, fallback }: Omit<Parameter, 'term'>): string =>
  [
    text(means),
    ...(choices.length === 0 ? [] : [`one of ${choices.map(choice => `\`${choice}\``).join(', ')}`]),
    ...(fallback === undefined ? [] : [`default: ${text(fallback)}`]),
  ].join('; ')

/** Paragraphs; one that is indented is shown as it stands. */
const prose = (description: string): readonly string[] =>
  description
    .split('\n\n')
    .flatMap(part => (part.startsWith(' ') ? ['```text', part.replace(/^ {4}/gm, ''), '```', ''] : [text(part), '']))

export function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line), '']
}

/** Words of ours in Markdown. Outside of backquotes a placeholder in angle brackets would be HTML. */
export const text = (words: string): string =>
  words
    .split(/(`[^`]*`)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/[<*]/g, character => `\\${character}`)))
    .join('')

const anchor = (name: string): string => `postern-${name}`
