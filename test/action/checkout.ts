import { onTestFinished } from 'vitest'
import { simulate, type Simulator } from '../../src/simulator/index.ts'
import { change, documents } from '../ci/pipeline.ts'
import { commit, git, initialize, write } from '../operations/base/clone.ts'
import { temporaryFolder } from '../operations/start.ts'

/** What a pull request merged would be, checked out, and an organization behind an address. */
export interface Checkout {
  readonly cwd: string
  readonly main: string
  readonly head: string
  readonly merge: string
  readonly simulator: Simulator
}

export async function checkout(): Promise<Checkout> {
  const cwd = await temporaryFolder()
  const simulator = await simulate()
  onTestFinished(() => simulator.close())
  await write(cwd, documents)
  initialize(cwd)
  const main = git(cwd, 'rev-parse', 'HEAD')
  git(cwd, 'checkout', '-b', 'change')
  await write(cwd, change)
  const head = commit(cwd, 'change')
  git(cwd, 'checkout', '--detach', 'main')
  git(cwd, 'merge', '--no-ff', '--no-edit', 'change')
  return { cwd, main, head, merge: git(cwd, 'rev-parse', 'HEAD'), simulator }
}
