import type { World } from '../src/cli/world.ts'
import { fetchTransport } from '../src/org/fetch-transport.ts'
import type { Simulator } from '../src/simulator/index.ts'

/** A world for one command line, and what it printed. */
export interface Told {
  readonly world: World
  readonly out: () => string
  readonly err: () => string
}

/** What a test may set; the rest is the same for all. */
export interface WorldOptions {
  readonly argv: readonly string[]
  readonly cwd: string
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly clock: { now(): number }
  /** Answers to questions, in their order. Without them there is no terminal. */
  readonly answers?: readonly string[]
  readonly simulator?: Simulator
  readonly columns?: number
  /** What is not the same for all. */
  readonly machine?: Partial<Pick<World, 'readLine' | 'runCommand' | 'runGit' | 'randomBytes'>>
}

/** A machine in memory: a clock that waiting moves forward, streams that keep what they are told, and a network that ends at the simulator. */
export function fakeWorld({ argv, cwd, env = {}, clock, answers, simulator, columns, machine }: WorldOptions): Told {
  const written = { out: '', err: '' }
  const left = [...(answers ?? [])]
  const moving = clock as { now(): number; time?: number }
  const world: World = {
    argv,
    env,
    cwd,
    stdout: { write: text => (written.out += text), isTerminal: columns !== undefined, columns },
    stderr: { write: text => (written.err += text), isTerminal: false, columns },
    ask:
      answers === undefined
        ? undefined
        : question => {
            written.err += question
            return Promise.resolve(left.shift())
          },
    askSecret:
      answers === undefined
        ? undefined
        : question => {
            written.err += `${question}\n`
            return Promise.resolve(left.shift())
          },
    now: () => new Date(clock.now()),
    random: () => 0.5,
    randomBytes: size => Promise.resolve(new Uint8Array(size).map((_, index) => index * 37 + 11)),
    stop: new AbortController().signal,
    abort: new AbortController().signal,
    ...machine,
    ...(simulator && {
      network: {
        transport: fetchTransport(request => simulator.fetch(request)),
        clock: () => clock.now(),
        random: () => 0.5,
        sleep: milliseconds => {
          if (moving.time !== undefined) moving.time += milliseconds
          return Promise.resolve()
        },
      },
    }),
  }
  return { world, out: () => written.out, err: () => written.err }
}

/** A clock that stands still until something waits. */
export const standingClock = (time = Date.parse('2026-11-24T12:00:00Z')) => {
  const clock = { time, now: () => clock.time }
  return clock
}
