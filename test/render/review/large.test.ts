import { describe, expect, it } from 'vitest'
import type { Plan, Step } from '../../../src/model/plan.ts'
import { planMarkdown } from '../../../src/render/plan-markdown.ts'
import { bodyOf } from './rendered.ts'
import { everything, view } from './reviews.ts'

const people = Array.from({ length: 100_000 }, (_, index) => ({
  account: { accountId: `712020:${index}`, email: `user${index}@partner${index % 500}.example` },
  from: `policy ${index % 7}`,
}))

const [update, , move] = everything.steps.slice(1)

const steps = Array.from({ length: 5000 }, (_, index): Step => {
  const step = index % 2 === 0 ? update : move
  if (step === undefined) throw new Error('no step')
  return {
    ...step,
    id: `step ${index}`,
    name: `Policy ${index}`,
    direction: index % 50 === 0 ? 'loosens' : 'tightens',
    ...(index % 2 === 1 && { accounts: people.slice(index * 20, index * 20 + 40) }),
  }
})

const large: Plan = {
  ...everything,
  steps,
  impact: everything.impact.slice(0, 1).map(one => ({ ...one, accounts: people.map(({ account }) => account) })),
  inSync: Array.from({ length: 5000 }, () => everything.inSync).flat(),
}

describe('a plan of 5,000 steps for 100,000 accounts', () => {
  it.each([65_536, 32_768, 4000])('fits into %d characters', limit => {
    const reserve = 300
    const markdown = planMarkdown(large, { ...view, limit, reserve, whole: 'The whole plan is the artifact `plan`.' })
    expect(markdown.length).toBeLessThanOrEqual(limit - reserve)
    expect(markdown.length).toBeGreaterThan((limit - reserve) * 0.7)
    const [first = ''] = markdown.split('\n')
    expect(first).toContain('100 loosened, 4900 tightened')
    expect(markdown).toContain('- `loosens`: the plan loosens security')
    expect(markdown).toContain('`postern approve PLAN --as jo`')
    expect(markdown).toMatch(/Left out: .*steps that tighten \((\d+ of )?4900\)/)
    expect(markdown).toContain('The whole plan is the artifact `plan`.')
    expect([...bodyOf(markdown).querySelectorAll('details details details')]).toEqual([])
  })
})
