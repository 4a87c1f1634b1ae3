import { expect, it } from 'vitest'
import { approvalRules } from '../../src/approvals/approval-rules.ts'
import type { GuardResult } from '../../src/model/plan.ts'

const blocks = (...codes: readonly string[]): readonly GuardResult[] =>
  codes.map(code => ({ code, status: 'blocks', summary: '' }))

const approvals = { suspensions: 2, everything: 0, minutes: 60, attestations: false, approvers: [] }

it.each([
  ['nothing blocks', [], { loosening: 1 }, [], []],
  ['loosens', blocks('loosens'), { loosening: 1 }, [], [['loosening', 1, 1]]],
  ['loosens without a number: --allow lifts it', blocks('loosens'), {}, [], []],
  ['loosens, none asked for', blocks('loosens'), { loosening: 0 }, [], []],
  ['another guard', blocks('too-many-moves'), { loosening: 1 }, [], []],
  [
    'one of two',
    blocks('loosens', 'suspends'),
    { loosening: 1 },
    ['alice'],
    [
      ['loosening', 1, 0],
      ['suspensions', 2, 1],
    ],
  ],
  ['more than asked for', blocks('needs-approval'), { everything: 1 }, ['alice', 'bob'], [['everything', 1, 0]]],
] as const)('%s', (_, guards, numbers, approvedBy, expected) => {
  const rules = approvalRules(guards, { ...approvals, ...numbers }, approvedBy)
  expect(rules.map(({ rule, needed, missing }) => [rule, needed, missing])).toEqual(expected)
})
