import { run } from '../../src/cli/run.ts'
import type { Started } from '../operations/start.ts'
import { fakeWorld, type WorldOptions } from '../world.ts'

/** What one command line came to. */
export interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs one command as an admin does, in a folder and against a simulated organization. */
export async function commandLine(
  cwd: string,
  { simulator, clock }: Started,
  argv: readonly string[],
  options: Partial<WorldOptions> = {},
): Promise<Ran> {
  const env = { POSTERN_API_KEY: simulator.apiKey, POSTERN_LEDGER: '.postern', USER: 'alice' }
  const told = fakeWorld({ argv, cwd, clock, simulator, env, ...options })
  const code = await run(told.world)
  return { code, out: told.out(), err: told.err() }
}
