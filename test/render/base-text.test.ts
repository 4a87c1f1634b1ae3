import { describe, expect, it } from 'vitest'
import type { SinceBase } from '../../src/model/plan.ts'
import { planText } from '../../src/render/plan-text.ts'
import { plainStyle } from '../../src/render/style.ts'
import { now } from './coverage-reports.ts'
import { acting, hostileTexts } from './hostile-text.ts'
import { plan as twoSteps } from './plans.ts'

const view = { style: plainStyle(100), folder: 'policies', now, verbose: false }

const [step = expect.fail('it has steps')] = twoSteps.steps

const plan = { ...twoSteps, steps: [...twoSteps.steps, { ...step, id: 'another' }] }

/** The plan, where its first step is of both, its second of this change, and the rest was pending. */
const base = (ref: string, rest: Partial<SinceBase> = {}): SinceBase => ({
  ref,
  commit: '0123456789abcdef0123456789abcdef01234567',
  steps: plan.steps.map(({ id }, index) =>
    index === 0
      ? { id, origin: 'both', paths: ['settings.apiTokens'], accounts: [{ email: 'jo@acme.com' }] }
      : { id, origin: index === 1 ? 'change' : 'before' },
  ),
  weakens: [],
  withdrawn: [],
  guards: [],
  diagnosticsBefore: [],
  coverage: plan.coverage.after,
  ...rest,
})

const text = (since: SinceBase): string => planText({ ...plan, base: since }, view)

describe('a plan that tells a change from what was pending before', () => {
  it('has the change first, and counts both at the end', () => {
    const shown = text(base('origin/main'))
    expect(shown.indexOf('\nThis change\n')).toBeLessThan(shown.indexOf('\nPending before (origin/main)\n'))
    expect(shown).toContain('      of this change: settings.apiTokens, 1 account; the rest was pending before\n')
    expect(shown).toContain(
      `\nThis change: 2 steps; pending before (origin/main at 012345678): ${plan.steps.length - 2}\n`,
    )
  })

  it('has what the change weakens under it, where it brings no step, too', () => {
    const weakens = ['`approvals.loosening` goes from 1 to 0']
    const [before] = plan.coverage.after.requirements
    const met = { ...(before ?? expect.fail('it has a requirement')), name: 'admins', met: true }
    const shown = planText(
      {
        ...plan,
        coverage: {
          ...plan.coverage,
          after: { ...plan.coverage.after, requirements: [{ ...met, met: false, percent: 50 }] },
        },
        base: base('origin/main', {
          steps: plan.steps.map(({ id }) => ({ id, origin: 'before' })),
          weakens,
          coverage: { ...plan.coverage.after, requirements: [met] },
        }),
      },
      view,
    )
    expect(shown).toContain(`
This change

Weakened by this change
  ! the requirement “admins” is no longer met: 50 %, required 90 %
  ! \`approvals.loosening\` goes from 1 to 0

Pending before (origin/main)
`)
    expect(shown).toContain('\nThis change: 0 steps, 1 weakened in the documents; pending before')
  })

  it('is as it was without', () => {
    expect(planText(plan, view)).not.toMatch(/This change|pending before/i)
  })

  it.each(hostileTexts)('shows names as they are, whatever is in them: %j', name => {
    const withdrawn = {
      id: 'x',
      channel: 'api',
      action: 'update',
      kind: 'IpAllowlist',
      name,
      direction: 'neutral',
    } as const
    const shown = text(
      base(name, { weakens: [name], withdrawn: [{ ...withdrawn, changes: [{ path: name, after: 1 }] }] }),
    )
    expect(shown).not.toMatch(acting)
    expect(shown).toMatch(/^No longer pending with this change$/m)
  })
})
