import type { Command } from 'commander'
import type { ExitCode } from '../exit-code.ts'
import type { Session } from '../session.ts'

/** Makes a commander action of a command's work. */
export type Run = (
  work: (session: Session, command: Command) => Promise<ExitCode>,
) => (...parameters: readonly unknown[]) => Promise<void>

/** Commands by name: what each says of itself, its flags, and what it does. Its code is loaded only when it runs. */
export type CommandTable = Readonly<Record<string, (command: Command, run: Run) => Command>>
