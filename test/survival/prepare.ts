import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from '../../src/cli/run.ts'
import { startAt, type Started, type StartOptions } from '../operations/start.ts'
import { fakeWorld } from '../world.ts'
import type { Ran } from '../story/command-line.ts'
import type { Story } from './stories.ts'

/** A story up to the moment before its apply. */
export interface Prepared {
  readonly story: Story
  /** Holds `policies/` and the ledger. */
  readonly folder: string
  readonly started: Started
  /** Requests that came before the story begins. */
  readonly requestsBefore: number
  /** Runs one command line in process. */
  readonly command: (argv: readonly string[]) => Promise<Ran>
  readonly remove: () => Promise<void>
}

export interface PrepareOptions extends StartOptions {
  /** Whether the clock of the simulator goes with the one of this machine, as other processes need it. */
  readonly realTime?: boolean
}

const hour = 3_600_000

/** Builds the organization of a story and a ledger that knows what was applied before. */
export async function prepare(story: Story, { realTime = false, ...options }: PrepareOptions = {}): Promise<Prepared> {
  const folder = await mkdtemp(join(tmpdir(), 'postern-survival-'))
  const started = await startAt(folder, {
    scenario: story.scenario,
    rateLimits: 'off',
    ...options,
    switches: { taskMilliseconds: 0, applyMilliseconds: 0, ...options.switches },
  })
  if (realTime) goWithRealTime(started, -hour)
  let runs = 0
  const command = async (argv: readonly string[]): Promise<Ran> => {
    const env = { POSTERN_API_KEY: started.simulator.apiKey, POSTERN_LEDGER: '.postern', USER: 'alice' }
    const { world, out, err } = fakeWorld({
      argv,
      cwd: folder,
      clock: started.clock,
      simulator: started.simulator,
      env,
    })
    // Runs within one second are told apart by chance.
    const chance = (++runs * 0.137) % 1
    const code = await run({ ...world, random: () => chance })
    return { code, out: out(), err: err() }
  }
  const wanted = async (argv: readonly string[]): Promise<void> => {
    const { code, err } = await command(argv)
    if (code !== 0)
      throw new Error(`the story ${story.name} cannot begin: ${argv.join(' ')} ended with ${code}\n${err}`)
  }
  const documents = (text: string): Promise<void> => writeFile(join(folder, 'policies', 'all.yaml'), text)

  await mkdir(join(folder, 'policies'))
  if (story.before !== undefined) {
    await documents(story.before)
    await wanted(['apply', 'policies', ...story.argv])
  }
  await documents(story.documents)
  if (story.observed === true) {
    const { simulator } = started
    const members = await simulator.fetch(`/console/o/${simulator.organizationId}/exports/members.csv`)
    await writeFile(join(folder, 'members.csv'), await members.text())
    started.clock.time += 60_000
    const at = new Date(started.clock.time - 30_000).toISOString()
    await wanted(['observe', 'members.csv', '--exported-at', at])
  }
  if (realTime) goWithRealTime(started, 0)
  else started.clock.time += hour
  return {
    story,
    folder,
    started,
    requestsBefore: started.simulator.requests.length,
    command,
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

/** Makes a clock go with the one of this machine, `offset` milliseconds ahead of it. Waiting in process still moves it on. */
function goWithRealTime({ clock }: Started, offset: number): void {
  let ahead = offset
  Object.defineProperty(clock, 'time', {
    configurable: true,
    get: () => Date.now() + ahead,
    set: (time: number) => {
      ahead = time - Date.now()
    },
  })
}
