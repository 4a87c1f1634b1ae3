import { afterAll, describe, expect, it } from 'vitest'
import { survive, undisturbed, wordsOf, type Death, type Survived, type Undisturbed } from './crash.ts'
import { moments } from './deadly-proxy.ts'
import { full, inParallel, numbersFrom, seed, spread } from './extent.ts'
import { builtProgram } from './program.ts'
import { large, storyNamed, type Story } from './stories.ts'

/** Fewest requests of an apply that is worth killing. */
const fewest = 60

/**
 * Kills the applies of these stories at every request, before, during and after it, and at random times; in a sample without `POSTERN_SURVIVAL=full`. Each is run again and
 * must end as if nothing had happened. `saved` is the story whose plan is applied from a file too.
 */
export function crashes(names: readonly string[], { saved }: { readonly saved?: string } = {}): void {
  const stories = names.map(name => storyNamed(name, large))
  const program = builtProgram()
  const total = { requests: 0, kills: 0, third: 0, differences: 0 }
  afterAll(() => {
    program.remove()
    console.log(
      `crash: ${stories.length} stories, ${total.requests} requests, ${total.kills} kills, ${total.differences} differences, ${total.third} third runs`,
    )
  })

  async function killAll(
    story: Story,
    deaths: readonly Death[],
    end: Undisturbed,
    fromFile = false,
  ): Promise<readonly Survived[]> {
    const survived = await inParallel(deaths, 2, death => survive(story, program, death, end, fromFile))
    total.kills += survived.filter(({ killed }) => killed).length
    total.third += survived.filter(({ runs }) => runs > 1).length
    const wrong = survived.flatMap(({ death, wrong: found }) =>
      found.length === 0 ? [] : [`${wordsOf(death)}: ${found.join('; ')}`],
    )
    total.differences += wrong.length
    expect(wrong, `${story.name}: ${wrong.length} of ${deaths.length}`).toEqual([])
    return survived
  }

  describe('an apply that is killed and run again ends as if nothing had happened', () => {
    const patience = full ? 900_000 : 120_000

    it.each(stories)(
      '$name',
      async story => {
        const end = await undisturbed(story, program)
        expect(end.requests).toBeGreaterThanOrEqual(fewest)
        total.requests += end.requests
        const deaths = full ? everyTime(end) : takingTurns(end, 2)
        const survived = await killAll(story, deaths, end)
        // The last request may be answered, and the run over, before it can be killed.
        expect(survived.filter(({ killed }) => killed).length).toBeGreaterThan(0.98 * deaths.length)
        if (full) await killAll(story, atRandom(end, 4), end)
      },
      patience,
    )

    it.runIf(saved !== undefined)(
      'from a plan that was saved',
      async () => {
        const story = storyNamed(saved ?? '', large)
        const end = await undisturbed(story, program, true)
        await killAll(story, takingTurns(end, full ? 16 : 2), end, true)
      },
      patience,
    )
  })
}

const requestsOf = ({ requests }: Undisturbed): readonly number[] =>
  Array.from({ length: requests }, (_, index) => index + 1)

const everyTime = (end: Undisturbed): readonly Death[] =>
  requestsOf(end).flatMap(request => moments.map((moment): Death => ({ at: 'request', request, moment })))

/** So many requests spread over all, each once. */
const takingTurns = (end: Undisturbed, count: number): readonly Death[] =>
  spread(requestsOf(end), count).map((request, index) => ({
    at: 'request',
    request,
    moment: moments[index % moments.length] ?? 'before',
  }))

const atRandom = ({ milliseconds, requests }: Undisturbed, count: number): readonly Death[] =>
  numbersFrom(seed + requests, count).map(number => ({ at: 'time', milliseconds: Math.round(number * milliseconds) }))
