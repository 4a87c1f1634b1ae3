import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import type { ApplyReport } from '../../src/model/reports.ts'
import { aftermath, firstLines } from './aftermath.ts'
import { full } from './extent.ts'
import { knownTrouble, troubleFor, type Trouble } from './fault-rules.ts'
import { organizationState, type OrganizationState } from './organization-state.ts'
import { prepare } from './prepare.ts'
import { contradictions } from './step-results.ts'
import { small, storyNamed, type Story } from './stories.ts'

interface Total {
  scenarios: number
  applies: number
  struck: number
  differences: number
}

const runs = full ? 252 : 5

/** Applies these stories, small, under random mixtures of faults: 5 each, or 252 with `POSTERN_SURVIVAL=full`. Each must end, once the faults are over, as if nothing had happened. */
export function faults(names: readonly string[]): void {
  const total: Total = { scenarios: 0, applies: 0, struck: 0, differences: 0 }
  afterAll(() => {
    console.log(
      `faults: ${names.length} stories, ${total.scenarios} scenarios, ${total.applies} applies, ${total.struck} requests struck, ${total.differences} differences`,
    )
  })

  describe('an apply in trouble ends, once that is over, as if nothing had happened', () => {
    it.each(names)(
      '%s',
      async name => {
        const story = storyNamed(name, small)
        const end = await undisturbed(story)
        await fc.assert(
          fc.asyncProperty(troubleFor(story), async trouble => {
            total.scenarios += 1
            const wrong = await suffer(story, trouble, end, total)
            if (wrong.length > 0) total.differences += 1
            expect(wrong).toEqual([])
          }),
          { numRuns: runs, examples: knownTrouble.map(trouble => [trouble]) },
        )
      },
      full ? 600_000 : 60_000,
    )
  })
}

/** How a story ends without any fault. */
async function undisturbed(story: Story): Promise<OrganizationState> {
  const { command, started, remove } = await prepare(story)
  try {
    const { code, err } = await command(['apply', 'policies', ...story.argv])
    if (code !== 0) throw new Error(`the story ${story.name} ended with ${code}\n${err}`)
    started.clock.time += 60_000
    return organizationState(started.simulator)
  } finally {
    await remove()
  }
}

/** Applies a story while things go wrong, then until nothing is left to do, and says what is wrong. */
async function suffer(
  story: Story,
  { rules, applies }: Trouble,
  end: OrganizationState,
  total: Total,
): Promise<readonly string[]> {
  const own = await prepare(story)
  const { simulator } = own.started
  try {
    const wrong: string[] = []
    const apply = async (): Promise<number> => {
      total.applies += 1
      const sent = simulator.requests.length
      const { code, out, err } = await own.command(['apply', 'policies', ...story.argv, '--format', 'json'])
      if (err.includes('run/internal')) wrong.push(`a fault of the program: ${firstLines(err)}`)
      const report = JSON.parse(out) as Partial<ApplyReport>
      const results = report.steps === undefined ? undefined : { steps: report.steps }
      const requests = simulator.requests.slice(sent)
      wrong.push(...contradictions(results, requests, simulator, end))
      return code
    }
    for (const rule of rules) simulator.fault(rule)
    for (let run = 0; run < applies; run++) await apply()
    total.struck += simulator.requests.filter(({ status }) => typeof status !== 'number' || status >= 400).length
    await simulator.fetch('/simulator/faults', { method: 'DELETE' })
    let code = await apply()
    // A task may take longer than an apply waits for it.
    for (let run = 1; run < 4 && code !== 0; run++) code = await apply()
    if (code !== 0) wrong.push(`without faults the apply ends with ${code}`)
    return [...wrong, ...(await aftermath(own, end))]
  } finally {
    await own.remove()
  }
}
