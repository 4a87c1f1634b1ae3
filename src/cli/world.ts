import type { RunCommand } from '../operations/approver-secrets.ts'
import type { RunGit } from '../operations/base/git.ts'
import type { ClientOptions } from '../operations/connection.ts'

/** Everything of the machine that a command may touch. Tests give their own, so that a command runs in process and leaves no trace. */
export interface World {
  /** The arguments after the name of the program. */
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  readonly stdout: Output
  readonly stderr: Output
  /** Asks at the terminal. Undefined where there is none; the answer is undefined where it was ended (Ctrl-D). */
  readonly ask: ((question: string) => Promise<string | undefined>) | undefined
  /** The same for what must not be seen: what is typed is not shown. */
  readonly askSecret?: ((question: string) => Promise<string | undefined>) | undefined
  /** The first line of standard input. */
  readonly readLine?: () => Promise<string | undefined>
  /** Runs a command by the shell. */
  readonly runCommand?: RunCommand
  /** Runs git, where there is one. */
  readonly runGit?: RunGit
  readonly now: () => Date
  /** A number from 0 up to 1. */
  readonly random: () => number
  /** Bytes that nobody can guess. */
  readonly randomBytes: (size: number) => Promise<Uint8Array>
  /** The first interrupt: finish what is under way and stop. */
  readonly stop: AbortSignal
  /** The second interrupt: stop at once. */
  readonly abort: AbortSignal
  /** Told once an organization turns out to be large. */
  readonly keepHeapSmall?: () => void
  /** How requests are sent and waits are waited; the real network and clock where absent. */
  readonly network?: Pick<ClientOptions, 'transport' | 'sleep' | 'clock' | 'random'>
}

/** A stream that text is written to. */
export interface Output {
  write(text: string): void
  readonly isTerminal: boolean
  readonly columns: number | undefined
}
