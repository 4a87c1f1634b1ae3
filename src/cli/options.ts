import { InvalidArgumentError, Option, type Command } from 'commander'
import { driftClasses } from '../model/drift.ts'
import { outputOptions, placeOptions } from './option-groups.ts'

export const folderHelp = 'policy folder (default: policies, else the current folder)'

/** The scopes of a command that compares with the live organization: what it needs, and what it tells more with. A test compares them with what it calls. */
export const liveScopes = (needed: readonly string[], useful: readonly string[]): string =>
  `a key that may search users and groups, with ${['read:orgs:admin', 'read:domains:admin', 'read:policies:admin', ...needed].join(', ')}; better with ${['read:tokens:admin', ...useful].join(', ')}`
export const importScopes =
  'a key that may search users and groups, with read:orgs:admin, read:domains:admin; better with read:policies:admin, read:directories:admin, read:tokens:admin, read:events:admin'
export const planScopes = liveScopes([], ['read:events:admin'])
export const planExits =
  '0 nothing to change, with --base by this change; 2 steps of any kind, with --base of this change; 3 blocked by a guard, with --base because of this change; 1 error'

/** The formats of reports that point into documents. */
export const reportFormats = ['text', 'json', 'markdown', 'sarif', 'junit', 'github', 'gitlab']

export { help } from './help-text.ts'

export const helpOption = (): Option => new Option('-h, --help', 'print help')

export const common = (command: Command, formats: readonly string[]): Command =>
  inGroup(outputOptions, command.exitOverride().addHelpOption(helpOption().helpGroup(outputOptions)), [
    new Option('--format <format>', 'how the result is printed').choices(formats).default('text'),
    new Option('--output <file>', 'write the result to a file'),
    new Option('--no-color', 'no colours (also: NO_COLOR)'),
    new Option('--quiet', 'only errors and the result'),
    new Option('--verbose', 'more: each request, every account and field'),
  ])

export const places = (command: Command): Command =>
  ledgerPlace(
    inGroup(placeOptions, command, [
      new Option('--api-url <url>', 'stands for https://api.atlassian.com'),
      new Option('--console-url <url>', 'stands for https://admin.atlassian.com in links'),
      new Option(
        '--max-requests <number>',
        'stop before a request more than so many; an apply that has begun goes through',
      ).argParser(wholeNumber),
    ]),
  )

export const ledgerPlace = (command: Command): Command =>
  inGroup(placeOptions, command, [
    new Option('--ledger <place>', 'where the ledger is: a folder, or s3://bucket/prefix (default: .postern)'),
  ])

const inGroup = (heading: string, command: Command, options: readonly Option[]): Command =>
  options.reduce((all, option) => all.addOption(option.helpGroup(heading)), command)

/** May be repeated; each must be a class of differences. */
export const failOn = (): Option =>
  new Option('--fail-on <class>', 'exit with 2 only for this class of differences; may be repeated (default: all)')
    .choices(driftClasses)
    .argParser((value: string, before: readonly string[] | undefined) => {
      if (!(driftClasses as readonly string[]).includes(value))
        throw new InvalidArgumentError(`Allowed choices are ${driftClasses.join(', ')}.`)
      return [...(before ?? []), value]
    })

/** Of checks that may go by the audit log. */
export const full = (prefix = ''): Option =>
  new Option('--full', `${prefix}read everything, also what the audit log tells of no change`)

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

export const emails = (): Option =>
  new Option('--emails <how>', 'addresses in Markdown: shortened or full (default: short)').choices(['short', 'full'])

export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value]
}

export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.')
  return Number(text)
}
