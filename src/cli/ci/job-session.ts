import type { DiagnosticDocument } from '../../model/diagnostic-document.ts'
import { diagnosticsGithub } from '../../render/diagnostics-github.ts'
import { shortEmails } from '../../render/review/short-email.ts'
import { Session, type Pointed } from '../session.ts'
import type { Output, World } from '../world.ts'

/** How the log of a job is written. */
export interface LogOptions {
  /** Addresses as `a…@partner.example`: whoever may read a repository may read the logs of its jobs. */
  readonly shortened: boolean
  /** Whether the system takes lines of the log for commands, as GitHub does. */
  readonly takesCommands: boolean
}

/** A session whose log is read by a CI system and by everybody who sees the repository. */
export class JobSession extends Session {
  /** The errors that were told, for a comment that says why something was not done. */
  readonly errors: DiagnosticDocument[] = []
  readonly #log: Output
  readonly #takesCommands: boolean

  constructor({ world, options }: Session, { shortened, takesCommands }: LogOptions) {
    const written = (text: string): string => {
      const short = shortened ? shortEmails(text) : text
      return takesCommands ? withoutCommands(short) : short
    }
    super(writingThrough(world, written), options)
    this.#takesCommands = takesCommands
    this.#log = {
      ...world.stdout,
      write: text => world.stdout.write(withoutBrackets(shortened ? shortEmails(text) : text)),
    }
  }

  /** Writes lines that the CI system is to take for commands. */
  command(lines: string): void {
    this.#log.write(lines)
  }

  override tellDocuments(documents: readonly DiagnosticDocument[], pointed?: Pointed): void {
    const errors = documents.filter(({ severity }) => severity === 'error')
    this.errors.push(...errors)
    // Those with a place stand at their lines already.
    if (this.#takesCommands)
      this.command(
        diagnosticsGithub(
          errors.filter(({ file }) => file === undefined),
          '.',
        ),
      )
    super.tellDocuments(documents, pointed)
  }
}

/** GitHub takes `::command::` at the start of a line for a command, and `##[command]` anywhere in one (ActionCommand of actions/runner, seen 2026-11). */
const withoutCommands = (text: string): string => withoutBrackets(text).replace(/^([^\S\n]*):(?=:)/gm, '$1:\u200b')

const withoutBrackets = (text: string): string => text.replaceAll('##[', '##\u200b[')

/** The same world with another way to write. What else there is of it may be worked out only when it is asked for. */
function writingThrough(world: World, written: (text: string) => string): World {
  const through = (output: Output): Output => ({
    write: text => output.write(written(text)),
    isTerminal: output.isTerminal,
    columns: output.columns,
  })
  return Object.create(world, {
    stdout: { value: through(world.stdout) },
    stderr: { value: through(world.stderr) },
  }) as World
}
