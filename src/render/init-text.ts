import { forTerminal } from './harmless.ts'
import { paragraph, type Style } from './style.ts'

/** What `init` says before it asks anything. */
export const initIntro = (folder: string, style: Style): string =>
  lines(
    ...paragraph(
      `This brings an Atlassian organization under version control, in the folder ${forTerminal(folder)}. It only reads the organization. Files are written at the very end and all at once: Ctrl-C before that leaves nothing.`,
      style.width,
    ),
    '',
  )

/** What the help for the key names: where it is made, and the scopes for reading and for applying. */
export interface KeyNeeds {
  readonly keysPage: string
  readonly read: readonly string[]
  readonly write: readonly string[]
}

/** Which key is needed for what. Scopes of a key cannot be changed later, and it ends after a year at most (ref 4). */
export const keyHelp = ({ keysPage, read, write }: KeyNeeds, style: Style): string =>
  lines(
    style.bold('The API key of the organization'),
    ...paragraph(
      'An organization admin makes it; it acts with the rights of that admin, and ends after a year at most:',
      style.width,
    ),
    `  ${keysPage}`,
    '  Organization settings → API keys → Create API key',
    '',
    'To read (import, plan, coverage, drift) it needs the scopes',
    ...paragraph(read.join(', '), style.width, '  '),
    'and to apply, besides',
    ...paragraph(write.join(', '), style.width, '  '),
    ...paragraph(
      'Make two: one that only reads, for people and pull requests, and one for the job that applies. Scopes cannot be changed later. A key without scopes can do whatever its admin can; Postern needs nothing of that.',
      style.width,
    ),
    ...paragraph('What you type is not shown, and is neither kept nor written anywhere.', style.width),
    '',
  )

/** Which export helps most, and where it comes from (ref 2.4). */
export const exportHelp = (style: Style): string =>
  lines(
    '',
    ...paragraph(
      'No API shows the names of policies or their settings. The console mails a CSV file that has the names and some of the settings: Security → Authentication policies → Export members. It can also come later.',
      style.width,
    ),
  )

/** What was written, and what to run next. */
export interface InitDone {
  readonly files: readonly string[]
  /** Whether the key was typed in and so is not in the environment. */
  readonly keyTyped: boolean
  readonly next: readonly { readonly command: string; readonly why: string }[]
}

/** The end of `init`. */
export const initDoneText = ({ files, keyTyped, next }: InitDone, style: Style): string =>
  lines(
    style.bold(`Written: ${files.length} ${files.length === 1 ? 'file' : 'files'}`),
    ...files.map(file => `  ${forTerminal(file)}`),
    '',
    style.bold('Next'),
    ...(keyTyped ? ['  export POSTERN_API_KEY=…   the key that you typed: it was not kept'] : []),
    ...next.flatMap(({ command, why }) => [`  ${forTerminal(command)}`, ...paragraph(why, style.width, '      ')]),
  )

const lines = (...all: readonly string[]): string => `${all.join('\n')}\n`
