import { describe, expect, it } from 'vitest'
import type { Plan, Step } from '../../../src/model/plan.ts'
import { planHeadline } from '../../../src/render/review/headline.ts'
import { levels } from '../coverage-reports.ts'
import { before } from '../plans.ts'
import { blocked, empty, everything, withBase } from './reviews.ts'

const share = (reached: number) => ({
  ...before,
  totals: { accounts: 1000, managed: 1000, external: 0 },
  levels: levels(1000 - reached, 0, reached),
})

const step = (direction: Step['direction'], index: number, action: Step['action'] = 'update'): Step => ({
  id: `${direction} ${index}`,
  status: 'ready',
  dependsOn: [],
  channel: 'api',
  action,
  kind: 'IpAllowlist',
  name: 'Office',
  direction,
  changes: [],
})

const people = (count: number, code = 'asked-for-passcode', certain = true): Plan['impact'][number] => ({
  code,
  summary: code,
  certain,
  accounts: Array.from({ length: count }, (_, index) => ({ email: `${index}@acme.com` })),
})

const some: Plan = {
  ...empty,
  steps: [
    ...Array.from({ length: 2 }, (_, index) => step('loosens', index)),
    ...Array.from({ length: 5 }, (_, index) => step('tightens', index)),
  ],
  impact: [people(14)],
  coverage: { before: share(912), after: share(994) },
}

const base: NonNullable<Plan['base']> = {
  ref: 'origin/main',
  commit: '0f3c2a9d',
  steps: some.steps.map(({ id }) => ({ id, origin: 'change' })),
  weakens: [],
  withdrawn: [],
  guards: [],
  diagnosticsBefore: [],
  coverage: share(912),
}

/** Requirements that are met without the change and not with it. */
const unmet = (...names: readonly string[]): Pick<Plan, 'coverage' | 'base'> => {
  const requirements = names.flatMap(name => before.requirements.map(one => ({ ...one, name })))
  const met = requirements.map(one => ({ ...one, met: true }))
  return {
    coverage: { before: share(912), after: { ...share(994), requirements } },
    base: { ...base, coverage: { ...share(994), requirements: met } },
  }
}

const origins = (origin: 'before' | 'change', after: number): NonNullable<Plan['base']>['steps'] =>
  some.steps.map(({ id }, index) => ({ id, origin: index < after ? origin : 'before' }))

describe('the headline of a plan', () => {
  it.each<readonly [string, Plan, string]>([
    ['counts', some, '2 loosened, 5 tightened, 14 people asked for a passcode, coverage 91.2 % → 99.4 %'],
    ['of nothing', empty, 'Nothing to change'],
    [
      'of nothing, with coverage',
      { ...empty, coverage: { before: share(912), after: share(912) } },
      'Nothing to change, coverage 91.2 %',
    ],
    [
      'of the first accounts',
      { ...empty, coverage: { before: empty.coverage.before, after: share(1000) } },
      'Nothing to change, coverage not measured → 100.0 %',
    ],
    [
      'tells what may loosen, what is neutral, and what is only looked at',
      { ...empty, steps: [step('unknown', 1), step('neutral', 1), step('unknown', 2, 'confirm')] },
      '1 may loosen, 1 otherwise changed, 1 to confirm',
    ],
    [
      'counts people once, one alone too, and says where it may be so already',
      {
        ...some,
        impact: [people(2, 'suspended'), people(1, 'suspended', false), people(1, 'loses-tokens'), people(3, 'new')],
      },
      '2 loosened, 5 tightened, up to 2 people lose access, 1 person loses API tokens, coverage 91.2 % → 99.4 %',
    ],
    ['says what blocks', blocked, 'Blocked by too-many-moves, loosens: 1 loosened, coverage 0.0 % → 96.2 %'],
    [
      'of a change that brings everything is the same',
      { ...some, base },
      '2 loosened, 5 tightened, 14 people asked for a passcode, coverage 91.2 % → 99.4 %',
    ],
    [
      'gives no credit for what was pending before',
      { ...some, base: { ...base, coverage: share(990) } },
      '2 loosened, 5 tightened, 14 people asked for a passcode, coverage 91.2 % → 99.4 % (99.0 % without this change)',
    ],
    [
      'counts what the change brings, and tells who notices apart',
      { ...some, base: { ...base, steps: origins('change', 3) } },
      '2 loosened, 1 tightened, coverage 91.2 % → 99.4 %; with what was pending before: 14 people asked for a passcode',
    ],
    [
      'of a change that brings nothing',
      { ...some, base: { ...base, steps: origins('before', 0), coverage: share(994) } },
      'This change adds nothing, coverage 91.2 % → 99.4 % (the same without this change); 7 steps pending before',
    ],
    [
      'of a change that only takes something back',
      { ...empty, base: { ...base, steps: [], withdrawn: [step('tightens', 1)] } },
      'This change adds nothing, 1 pending step taken back',
    ],
    [
      'of a change that only weakens documents',
      { ...some, base: { ...base, steps: origins('before', 0), weakens: ['a', 'b'] } },
      '2 weakened in the documents, coverage 91.2 % → 99.4 %; 7 steps pending before',
    ],
    [
      'tells what is weakened before the steps',
      { ...some, ...unmet('all'), impact: [], base: { ...base, ...unmet('all').base, weakens: ['a'] } },
      'Requirement “all” no longer met, 1 weakened in the documents, 2 loosened, 5 tightened, coverage 91.2 % → 99.4 % (the same without this change)',
    ],
    [
      'of a change because of which a requirement is not met, whatever its name',
      { ...empty, ...unmet(`\u202e${'a'.repeat(70)}`, 'sam@acme.com') },
      `Requirements “\\u{202e}${'a'.repeat(59)}” and “s…@acme.com” no longer met, coverage 91.2 % → 99.4 % (the same without this change)`,
    ],
    [
      'names two requirements',
      { ...empty, ...unmet('a', 'b', 'c', 'd') },
      'Requirements “a”, “b” and 2 more no longer met, coverage 91.2 % → 99.4 % (the same without this change)',
    ],
    [
      'of a change that is blocked by what was there before',
      {
        ...some,
        guards: everything.guards.filter(({ code }) => code === 'too-many-moves'),
        base: { ...base, guards: [{ code: 'too-many-moves', origin: 'before' }] },
      },
      'Blocked by too-many-moves, as before this change: 2 loosened, 5 tightened, 14 people asked for a passcode, coverage 91.2 % → 99.4 %',
    ],
  ])('%s', (_, plan, line) => expect(planHeadline(plan)).toBe(line))

  it('names the guards that the change brings', () =>
    expect(planHeadline(withBase)).toMatch(
      /^Blocked by loosens: requirement “admins” no longer met, 2 weakened in the documents, 2 loosened/,
    ))
})
