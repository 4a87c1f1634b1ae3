import { describe, expect, it } from 'vitest'
import type { Plan, Step } from '../../src/model/plan.ts'
import { approvedText, consideredText } from '../../src/render/approve-text.ts'
import { enrolledText, enrolText, pipedText } from '../../src/render/enrol-text.ts'
import { plainStyle } from '../../src/render/style.ts'

const hostile = 'x\u001b[2J\u202e\r\nApproved by all'

const step = (changes: Partial<Step>): Step => ({
  id: 's',
  status: 'ready',
  dependsOn: [],
  channel: 'api',
  action: 'update',
  kind: 'IpAllowlist',
  name: hostile,
  direction: 'neutral',
  changes: [],
  ...changes,
})

const plan = {
  createdAt: '2026-11-24T08:00:00Z',
  author: hostile,
  commit: hostile,
  organization: { name: hostile, id: 'id' },
  digest: hostile,
  steps: [
    step({ action: 'confirm', channel: 'console' }),
    step({ name: 'neutral' }),
    step({ name: 'loose', direction: 'loosens', changes: [{ path: 'enabled', before: true, after: false }] }),
    step({ name: 'perhaps', direction: 'unknown' }),
    step({ name: 'gone', action: 'suspend', accounts: [{ account: { email: hostile }, from: 'x', because: hostile }] }),
  ],
} as unknown as Plan

const view = { style: plainStyle(200), folder: 'policies', now: new Date('2026-11-24T08:00:00Z'), verbose: false }
const standing = {
  rules: [{ rule: 'loosening', needed: 2, missing: 1 }],
  guards: [{ code: 'loosens', status: 'blocks', summary: `it loosens ${hostile}` }],
  approvedBy: ['alice'],
} as const

describe('what is approved', () => {
  it('shows grave steps whole, the others by name, and counts what is only looked at', () => {
    const text = consideredText(plan, standing, view)
    const [before = '', grave = '', others = ''] = text.split(/Loosens or may loosen.*|And \(.*/)
    expect(before).toContain('4 changes, 1 page to look at')
    expect(before).toContain('by alice; `loosening` asks for 2')
    for (const name of ['loose', 'perhaps', 'gone']) expect(grave).toContain(`“${name}”`)
    expect(grave).toContain('true → false')
    expect(others.trim()).toBe('update IpAllowlist “neutral”')
  })

  it('says what is missing, or how to go on', () => {
    const approval = { digest: 'd', approver: 'alice', at: 'a', expiresAt: 'e' }
    const report = {
      formatVersion: '1.0',
      organization: plan.organization,
      digest: 'd',
      diagnostics: [],
      approval,
      ...standing,
    } as const
    const text = (missing: number) =>
      approvedText(
        { ...report, rules: [{ rule: 'loosening', needed: 2, missing }] },
        { file: 'p.json', style: view.style },
      )
    expect([text(1), text(0)]).toEqual([
      expect.stringContaining('1 more approval is missing for `loosening`'),
      expect.stringContaining('postern apply p.json'),
    ])
    expect(text(1)).not.toContain('postern apply')
  })

  it('cannot be fooled by names', () => {
    const approval = { digest: hostile, approver: hostile, at: 'a', expiresAt: 'e' }
    const report = {
      formatVersion: '1.0',
      organization: plan.organization,
      digest: hostile,
      diagnostics: [],
      approval,
      ...standing,
    } as const
    const enrolment = { approver: hostile, organization: hostile, secret: 'AAAA', uri: 'otpauth://', qr: undefined }
    for (const text of [
      consideredText(plan, standing, view),
      consideredText(plan, standing, { ...view, verbose: true }),
      approvedText({ ...report, approvedBy: [hostile] }, { file: hostile, style: view.style }),
      enrolText(enrolment, view.style),
      enrolledText('line', hostile, view.style),
      pipedText(hostile, view.style),
    ]) {
      expect(text).not.toMatch(/[\u001b\r\u202e]/)
      expect(text.split('\n').some(line => line.startsWith('Approved by all'))).toBe(false)
    }
  })
})
