import { InvalidArgumentError, Option, type Command } from 'commander'
import { driftClasses } from '../model/drift.ts'

export const folderHelp = 'policy folder (default: policies, else the current folder)'
export const planScopes =
  'read:orgs:admin, read:domains:admin, read:policies:admin, and a key that may search users and groups'
export const planExits = '0 nothing to change, 2 steps of any kind, 3 blocked by a guard, 1 error'

/** The formats of reports that point into documents. */
export const reportFormats = ['text', 'json', 'markdown', 'sarif', 'junit', 'github']

export const environmentHelp = `Environment:
  POSTERN_API_KEY      organization API key; read from nowhere else
  POSTERN_API_URL      stands for https://api.atlassian.com
  POSTERN_CONSOLE_URL  stands for https://admin.atlassian.com in links
  POSTERN_LEDGER       where the ledger is: a folder (default .postern) or s3://bucket/prefix
  POSTERN_APPROVER_<NAME>   secret of an approver; else POSTERN_APPROVER_COMMAND prints it`

export const help = (example: string, scopes: string, exits: string): string =>
  `\nExample:\n  ${example}\n\nKey scopes: ${scopes}\nExit codes: ${exits}`

export const common = (command: Command, formats: readonly string[]): Command =>
  command
    .exitOverride()
    .addOption(new Option('--format <format>', 'how the result is printed').choices(formats).default('text'))
    .option('--output <file>', 'write the result to a file')
    .option('--no-color', 'no colours (also: NO_COLOR)')
    .option('--quiet', 'only errors and the result')
    .option('--verbose', 'more: each request, every account and field')

export const places = (command: Command): Command =>
  ledgerPlace(
    command
      .option('--api-url <url>', 'stands for https://api.atlassian.com')
      .option('--console-url <url>', 'stands for https://admin.atlassian.com in links'),
  )

export const ledgerPlace = (command: Command): Command =>
  command.option('--ledger <place>', 'where the ledger is: a folder, or s3://bucket/prefix (default: .postern)')

/** May be repeated; each must be a class of differences. */
export const failOn = (): Option =>
  new Option(
    '--fail-on <class>',
    `exit with 2 only for this class: ${driftClasses.join(', ')}; may be repeated (default: all)`,
  ).argParser((value: string, before: readonly string[] | undefined) => {
    if (!(driftClasses as readonly string[]).includes(value))
      throw new InvalidArgumentError(`It must be one of ${driftClasses.join(', ')}.`)
    return [...(before ?? []), value]
  })

export const lastActive = (): Option =>
  new Option(
    '--last-active <number>',
    'ask for so many accounts when they were last active, 200 a minute (default: 150)',
  ).argParser(wholeNumber)

export const allow = (): Option =>
  new Option('--allow <code>', 'lift a guard for this run; may be repeated').argParser(collect).default([], 'none')

export const author = (): Option =>
  new Option(
    '--author <login>',
    'who makes the plan, and so cannot approve it (default: the person that the CI system names)',
  )

export const requireEvidence = (): Option =>
  new Option('--require-evidence', 'let nothing be applied while a setting is without current evidence')

export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value]
}

export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.')
  return Number(text)
}
