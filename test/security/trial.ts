/** One command line, and what it is given besides. Words in capitals stand for what is known only when it runs. */
export interface Line {
  readonly argv: readonly string[]
  /** Answers at the terminal; without them there is none. */
  readonly answers?: readonly string[]
  readonly columns?: number
  readonly stdin?: string
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Printed on stdout on purpose. */
  readonly shows?: 'enrolment'
  /** Codes that it must tell; without them it must not be refused as a wrong use of the command line. */
  readonly tells?: string
  /** Another run holds the lock when it begins. */
  readonly locked?: true
}

/** How one command is tried. */
export interface Trial {
  /** What is done before, without faults. */
  readonly before?: readonly Line[]
  readonly lines: readonly Line[]
  /** The line that runs under every fault of the network; none where the command asks no organization. */
  readonly struck?: readonly string[]
  /** Each struck run begins with an organization and a ledger that nobody touched: it changes them. */
  readonly fresh?: true
}

export const line = (...argv: readonly string[]): Line => ({ argv })

export const formats = (command: readonly string[], ...names: readonly string[]): readonly Line[] =>
  names.map(name => line(...command, '--format', name, '--verbose'))

export const reports = ['text', 'json', 'markdown', 'sarif', 'junit', 'github', 'gitlab']
export const addresses = [
  '--api-url',
  'https://api.atlassian.com',
  '--console-url',
  'https://admin.atlassian.com',
  '--max-requests',
  '9999',
]
export const quiet = ['--quiet', '--no-color', '--output', 'result.txt']
