import { describe, expect, it } from 'vitest'
import { isBlocked, planExitCode } from '../../src/cli/exit-code.ts'
import type { GuardResult, Origin, Plan, SinceBase, Step } from '../../src/model/plan.ts'

const guard: GuardResult = { code: 'loosens', status: 'blocks', summary: '' }

/** A plan with a step and a guard that blocks, where they are; and where they come from. */
function plan(
  hasStep: boolean,
  blocks: boolean,
  from?: { readonly step?: Origin; readonly guard?: 'change' | 'before'; readonly weakens?: readonly string[] },
): Pick<Plan, 'steps' | 'guards' | 'base'> {
  const base = {
    steps: hasStep ? [{ id: 'x', origin: from?.step ?? 'change' }] : [],
    weakens: from?.weakens ?? [],
    guards: blocks ? [{ code: 'loosens', origin: from?.guard ?? 'change' }] : [],
  }
  return {
    steps: hasStep ? [{ id: 'x' } as Step] : [],
    guards: [{ ...guard, status: blocks ? 'blocks' : 'passed' }],
    ...(from !== undefined && { base: base as unknown as SinceBase }),
  }
}

describe('the exit code of a plan', () => {
  it.each([
    ['nothing', plan(false, false), 0],
    ['a step', plan(true, false), 2],
    ['a guard that blocks', plan(true, true), 3],
    ['with a base: nothing', plan(false, false, {}), 0],
    ['a step of this change', plan(true, false, { step: 'change' }), 2],
    ['a step of both', plan(true, false, { step: 'both' }), 2],
    ['a step that was pending', plan(true, false, { step: 'before' }), 0],
    ['documents that protect less', plan(false, false, { weakens: ['x'] }), 2],
    ['the same, and a step that was pending', plan(true, false, { step: 'before', weakens: ['x'] }), 2],
    ['the same, and a guard that blocked before', plan(true, true, { guard: 'before', weakens: ['x'] }), 2],
    ['the same, and a guard because of this change', plan(true, true, { guard: 'change', weakens: ['x'] }), 3],
    ['a guard because of this change', plan(true, true, { step: 'before', guard: 'change' }), 3],
    ['a guard that blocked before', plan(true, true, { step: 'before', guard: 'before' }), 0],
    ['the same, and a step of this change', plan(true, true, { step: 'change', guard: 'before' }), 2],
  ] as const)('%s', (_, made, code) => expect(planExitCode(made)).toBe(code))

  it('says nothing of what stops an apply: that is every guard that blocks', () => {
    expect([plan(true, true, { guard: 'before' }), plan(true, false)].map(isBlocked)).toEqual([true, false])
  })
})
