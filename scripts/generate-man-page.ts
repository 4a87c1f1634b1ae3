// The man page, from the definitions of the commands.
import manifest from '../package.json' with { type: 'json' }
import { environment, files } from '../src/cli/environment.ts'
import { exitMeanings } from '../src/cli/exit-code.ts'
import { commandLines } from '../src/cli/help-text.ts'
import { commandFacts, program, type CommandFacts, type Parameter } from './command-facts.ts'

export function manPage(): string {
  const commands = commandFacts()
  const own = new Set(['Organization and ledger', 'Output'])
  return [
    `.\\" Written by scripts/generate-man-page.ts from the definitions of the commands.`,
    `.TH POSTERN 1 "" "${manifest.name} ${manifest.version}" "User Commands"`,
    // No hyphenation and no adjusting: flags are to be copied.
    '.nh',
    '.ad l',
    '.SH NAME',
    `postern \\- ${roff(lower(program().description()).replace(/\.$/, ''))}`,
    '.SH SYNOPSIS',
    '.B postern',
    '.I command',
    '.RI [ options ]',
    '.SH DESCRIPTION',
    ...paragraphs(
      'Keeps the authentication policies, the external user policy and the IP allowlists of an Atlassian organization as YAML documents: checks them, compares them with the live organization, carries out what the API can do, guides a person through what only the console can, and calls nothing in sync without evidence.',
      'The key comes from the environment variable POSTERN_API_KEY and from nowhere else. A flag goes over an environment variable, and that over the default.',
    ),
    '.SH COMMANDS',
    ...commands.flatMap((command, index) => [
      ...(commands[index - 1]?.heading === command.heading ? [] : [`.SS ${quoted(command.heading)}`]),
      ...oneCommand(
        command,
        [...command.options].flatMap(([heading, options]) => (own.has(heading) ? [] : options)),
      ),
    ]),
    '.SH OPTIONS',
    'Every command takes these, as far as they apply to it.',
    ...unique(commands.flatMap(({ options }) => [...own].flatMap(heading => options.get(heading) ?? []))).flatMap(
      tagged,
    ),
    '.SH EXIT STATUS',
    ...Object.entries(exitMeanings).flatMap(([code, means]) => term(code, means)),
    '.SH ENVIRONMENT',
    ...environment.flatMap(([name, means]) => term(name, means)),
    '.SH FILES',
    ...files.flatMap(([path, means]) => term(path, means)),
    '.SH EXAMPLES',
    ...commands.flatMap(({ examples, summary }) =>
      examples.flatMap((example, index) => [
        '.PP',
        ...(index === 0 ? [`${roff(summary)}:`] : []),
        '.PP',
        '.nf',
        '.RS 2',
        // Seven columns go to the margin of the page.
        ...commandLines(example, 80 - 9).map(roff),
        '.RE',
        '.fi',
      ]),
    ),
    '',
  ].join('\n')
}

function oneCommand(command: CommandFacts, options: readonly Parameter[]): readonly string[] {
  const format = command.options.get('Output')?.find(({ term: flags }) => flags.startsWith('--format'))
  return [
    '.PP',
    `.B ${roff(command.usage.replace(' [options]', ''))}`,
    '.RS 4',
    ...paragraphs(command.description),
    ...[...command.arguments, ...options].flatMap(tagged),
    ...(format === undefined ? [] : term('--format', format.choices.join(', '))),
    '.PP',
    `Key scopes: ${roff(command.scopes)}.`,
    '.PP',
    `Exit status: ${roff(command.exits.map(({ code, means }) => `${code} ${means}`).join('; '))}.`,
    '.RE',
  ]
}

/** Formats differ from command to command, and stand with each. */
const unique = (options: readonly Parameter[]): readonly Parameter[] =>
  [...new Map(options.map(option => [option.term, option])).values()].map(option =>
    option.term.startsWith('--format')
      ? { ...option, choices: [], means: `${option.means}; each command says how it can` }
      : option,
  )

const tagged = ({ term: name, means, choices, fallback }: Parameter): readonly string[] =>
  term(
    name,
    [
      means,
      ...(choices.length === 0 ? [] : [`one of ${choices.join(', ')}`]),
      ...(fallback === undefined ? [] : [`default: ${fallback}`]),
    ].join('; '),
  )

const term = (name: string, means: string): readonly string[] => ['.TP', `.B ${roff(name)}`, roff(means)]

/** What is indented stays as it is. */
const paragraphs = (...texts: readonly string[]): readonly string[] =>
  texts
    .flatMap(text => text.split('\n\n'))
    .flatMap(text =>
      text.startsWith(' ') ? ['.PP', '.nf', ...text.split('\n').map(roff), '.fi'] : ['.PP', roff(text)],
    )

const characters: Readonly<Record<string, string>> = {
  '\\': '\\e',
  '-': '\\-',
  '“': '\\(lq',
  '”': '\\(rq',
  '’': '\\(cq',
  '‘': '\\(oq',
  '–': '\\(en',
  '…': '...',
  '→': '\\(->',
  '`': '\\(ga',
}

/** Text as roff takes it: nothing in it is a request. */
function roff(text: string): string {
  const escaped = text.replace(/[\\“”’‘–…→`-]/g, character => characters[character] ?? character)
  if (/[^\x20-\x7e]/.test(escaped)) throw new Error(`the man page has no spelling for a character of: ${text}`)
  return /^[.']/.test(escaped) ? `\\&${escaped}` : escaped
}

const quoted = (text: string): string => `"${roff(text).replaceAll('"', '\\(dq')}"`

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)
