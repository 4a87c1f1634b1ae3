import { diagnostic } from '../diagnostics/diagnostic.ts'
import { Places } from '../diagnostics/to-document.ts'
import { isObject, type JsonObject } from '../model/json.ts'
import type { DiagnosticDocument } from '../model/diagnostic-document.ts'
import { exitCodes, type ExitCode } from '../cli/exit-code.ts'
import type { World } from '../cli/world.ts'
import type { LambdaWorld } from './contract.ts'
import type { Budget } from './budget.ts'

/** How one command line ended: its exit code, and the document that it printed. */
export interface Ended {
  readonly code: ExitCode
  readonly document: JsonObject
  readonly diagnostics: readonly DiagnosticDocument[]
}

/** One command line, and what it runs with. */
export interface CommandLine {
  readonly argv: readonly string[]
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Runs a command line in this process, as `postern` would, with `--format json`. What it says on stderr goes to the log. */
export async function runCommand(world: LambdaWorld, { argv, cwd, env }: CommandLine, budget: Budget): Promise<Ended> {
  const { run } = await import('../cli/run.ts')
  let printed = ''
  const cliWorld: World = {
    argv: [...argv, '--format', 'json', '--no-color'],
    env,
    cwd,
    stdout: { write: text => void (printed += text), isTerminal: false, columns: undefined },
    stderr: { write: text => text.split('\n').filter(Boolean).forEach(world.log), isTerminal: false, columns: 200 },
    ask: undefined,
    now: world.now,
    random: world.random,
    randomBytes: world.randomBytes,
    stop: budget.stop,
    abort: budget.abort,
    ...(world.network !== undefined && { network: world.network }),
  }
  const code = await run(cliWorld)
  const document = documentIn(printed)
  const told = Array.isArray(document['diagnostics']) ? (document['diagnostics'] as readonly DiagnosticDocument[]) : []
  if (!budget.stop.aborted || code !== exitCodes.error) return { code, document, diagnostics: told }
  const late = diagnostic('aws/out-of-time', { command: argv[0] ?? '', seconds: budget.seconds })
  return { code, document, diagnostics: [new Places(new Map()).document(late), ...told] }
}

function documentIn(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : {}
  } catch {
    return {}
  }
}
