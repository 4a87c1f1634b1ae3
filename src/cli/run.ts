import { CommanderError, type Command } from 'commander'
import { diagnostic } from '../diagnostics/diagnostic.ts'
import { exitCodes, type ExitCode } from './exit-code.ts'
import { createProgram, type Ran } from './program.ts'
import { Session } from './session.ts'
import type { World } from './world.ts'

/** Runs one command line and returns its exit code. Bad input never throws; a fault of the program is reported as one. */
export async function run(world: World): Promise<ExitCode> {
  const ran: Ran = { code: undefined }
  let program: Command | undefined
  try {
    program = createProgram(world, ran)
    if (world.argv.length === 0) {
      world.stdout.write(program.helpInformation())
      return exitCodes.error
    }
    await program.parseAsync([...world.argv], { from: 'user' })
    return ran.code ?? exitCodes.clean
  } catch (error) {
    const session = new Session(world, {
      format: wantsJson(world.argv) ? 'json' : 'text',
      color: !world.argv.includes('--no-color'),
    })
    if (error instanceof CommanderError && program !== undefined) {
      // Help and version were printed.
      if (error.exitCode === 0) return exitCodes.clean
      const { usageProblem } = await import('./usage-problem.ts')
      return session.fail([usageProblem(world.argv, error, program)])
    }
    return session.fail([fault(world.argv, error)])
  }
}

const wantsJson = (argv: readonly string[]): boolean =>
  argv.some(
    (argument, index) => argument === '--format=json' || (argument === '--format' && argv[index + 1] === 'json'),
  )

/** The name of the error and where it was thrown: enough for a report, and no text that may hold a secret. */
function fault(argv: readonly string[], error: unknown): ReturnType<typeof diagnostic> {
  const { name, message, stack = '' } = error instanceof Error ? error : new Error()
  const at = argv.includes('--verbose')
    ? stack
        // The message comes first, and a line of it may look like a place.
        .slice(stack.startsWith(`${name}: ${message}`) ? name.length + message.length + 2 : stack.length)
        .split('\n')
        .filter(line => /^\s+at /.test(line))
        .slice(0, 8)
        .map(line => line.trim())
        .join(' ')
    : ''
  return diagnostic('run/internal', { name: /^\w{1,60}$/.test(name) ? name : 'Error', at })
}
