import { pad, paragraph, widest } from '../render/style.ts'

/** What Postern reads from the environment, and what each variable is for. */
export const environment: readonly (readonly [name: string, means: string])[] = [
  ['POSTERN_API_KEY', 'organization API key; read from nowhere else'],
  ['POSTERN_API_URL', 'stands for https://api.atlassian.com'],
  ['POSTERN_CONSOLE_URL', 'stands for https://admin.atlassian.com in links'],
  ['POSTERN_LEDGER', 'where the ledger is: a folder (default: .postern), or s3://bucket/prefix'],
  ['POSTERN_APPROVER_<NAME>', 'secret of an approver, to check their one-time codes with'],
  ['POSTERN_APPROVER_COMMAND', 'command that prints that secret, where the variable is not set'],
  ['POSTERN_SNAPSHOT_KEY', 'secret that `snapshot` derives its signing key from'],
  ['POSTERN_COMMENT_KEY', 'secret that seals the comments of `ci`, known to its jobs alone'],
  ['GITHUB_TOKEN, GITLAB_TOKEN, BITBUCKET_TOKEN', 'what `ci` posts comments and issues with'],
  ['POSTERN_WEBHOOK_SECRET', 'what `watch --webhook` signs its reports with'],
  ['NO_COLOR', 'set to anything: no colours'],
  ['CI', 'set by CI systems: warn where the ledger would be lost with the job'],
]

/** The files that Postern looks for where no flag names others. */
export const files: readonly (readonly [path: string, means: string])[] = [
  ['policies/', 'the policy folder; the current folder where there is none'],
  [
    '.postern/',
    'the ledger: evidence, what was last applied, the journal and the records of the runs; it holds email addresses, never a key',
  ],
]

/** The variables, for `postern --help`, as wide as the terminal. */
export function environmentHelp(width: number): string {
  const column = widest(
    environment.map(([name]) => name),
    24,
  )
  const lines = environment.flatMap(([name, means]) => paragraph(means, width, `  ${pad(name, column)}  `))
  return ['', 'Environment:', ...lines].join('\n')
}
