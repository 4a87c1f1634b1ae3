import { setTimeout as later } from 'node:timers/promises'
import { aftermath, firstLines } from './aftermath.ts'
import { effectsOf, isWrite, repeated } from './carried-out.ts'
import { moments, type Moment } from './deadly-proxy.ts'
import { organizationState, type OrganizationState } from './organization-state.ts'
import type { Program } from './program.ts'
import type { Ran } from '../story/command-line.ts'
import { leave, stage, startOn, type Stage } from './stage.ts'
import type { Story } from './stories.ts'

/** When the process of an apply is killed. */
export type Death =
  | { readonly at: 'request'; readonly request: number; readonly moment: Moment }
  /** So many milliseconds after its first request. */
  | { readonly at: 'time'; readonly milliseconds: number }

/** What a story comes to when nobody disturbs it. */
export interface Undisturbed {
  readonly requests: number
  readonly milliseconds: number
  readonly end: OrganizationState
}

/** What became of a story whose apply was killed. */
export interface Survived {
  readonly death: Death
  /** False where the run ended before its time came. */
  readonly killed: boolean
  /** Runs that it took after that. */
  readonly runs: number
  /** What is wrong, in words; none is as it must be. */
  readonly wrong: readonly string[]
}

export const wordsOf = (death: Death): string =>
  death.at === 'time' ? `after ${death.milliseconds} ms` : `${death.moment} request ${death.request}`

/** Lets a story run to its end, and says how it ended. */
export async function undisturbed(story: Story, program: Program, saved = false): Promise<Undisturbed> {
  const own = await stage(story, saved)
  try {
    const began = performance.now()
    const ended = await startOn(own, program).ended
    const milliseconds = performance.now() - began
    if (ended.code !== 0)
      throw new Error(`the story ${story.name} ended with ${ended.code ?? 'a signal'}\n${ended.err}`)
    const wrong = await aftermath(own, undefined)
    if (wrong.length > 0) throw new Error(`the story ${story.name} ended badly: ${wrong.join('; ')}`)
    return { requests: own.proxy.count, milliseconds, end: organizationState(own.started.simulator) }
  } finally {
    await leave(own)
  }
}

/** Kills the apply of a story, runs it again until it has nothing left to do, and says what is wrong then. */
export async function survive(
  story: Story,
  program: Program,
  death: Death,
  { end }: Undisturbed,
  saved = false,
): Promise<Survived> {
  const own = await stage(story, saved)
  try {
    const killed = await die(own, program, death)
    await own.proxy.idle()
    own.proxy.strike(undefined)
    const runs: Ran[] = []
    if (killed || !saved) {
      do runs.push(await again(own, program, death))
      while (runs.at(-1)?.code !== 0 && runs.length < 3)
    }
    await own.proxy.idle()
    const last = runs.at(-1)
    return {
      death,
      killed,
      runs: runs.length,
      wrong: [
        ...(last === undefined || last.code === 0
          ? []
          : [`the last run ended with ${last.code}: ${firstLines(last.err)}`]),
        ...(await aftermath(own, end, isThorough(death))),
        ...needlesslyRepeated(own, death),
      ],
    }
  } finally {
    await leave(own)
  }
}

/** Of three deaths at one request one is looked at with plan and drift too: the same state of organization and ledger gives the same answers. */
const isThorough = (death: Death): boolean =>
  death.at === 'time' || (death.request + 1) % moments.length === moments.indexOf(death.moment)

/** Runs the apply again: the built program for a third of all, and the same command line in this process, which is sooner done, for the others. */
async function again(own: Stage, program: Program, death: Death): Promise<Ran> {
  if (death.at === 'request' && death.request % moments.length !== moments.indexOf(death.moment))
    return own.command(own.argv)
  const { code, out, err } = await startOn(own, program).ended
  return { code: code ?? -1, out, err }
}

/** Runs the apply until it dies; false where it ended before. */
export async function die(own: Stage, program: Program, death: Death): Promise<boolean> {
  const { proxy } = own
  const running = startOn(own, program)
  const kill = (): void => void running.child.kill('SIGKILL')
  if (death.at === 'request') proxy.strike({ ...death, kill })
  else
    proxy.onRequest = () => {
      proxy.onRequest = undefined
      void later(death.milliseconds).then(kill)
    }
  const { signal } = await running.ended
  return signal === 'SIGKILL'
}

/**
 * Requests that were carried out again though it was known that they had been. Of all that was under way only one request can be in doubt, and none where it was not
 * let through.
 */
function needlesslyRepeated({ started, requestsBefore }: Stage, death: Death): readonly string[] {
  const requests = started.simulator.requests.slice(requestsBefore)
  const again = repeated(requests)
  if (again.length === 0) return []
  const words = again.map(({ what }) => what)
  const inDoubt =
    again.every(({ harmless }) => harmless) &&
    !(death.at === 'request' && death.moment === 'before') &&
    requests.filter(isWrite).some(request => {
      const own = new Set(effectsOf(request).map(({ what }) => what))
      return words.every(what => own.has(what))
    })
  return inDoubt ? [] : [`carried out again: ${words.slice(0, 3).join(', ')} (${words.length})`]
}
