import { stripVTControlCharacters } from 'node:util'
import stringWidth from 'fast-string-width'
import { describe, expect, it } from 'vitest'
import type { Plan } from '../../src/model/plan.ts'
import { coverageLines, impactLines } from '../../src/render/impact-text.ts'
import { plainStyle } from '../../src/render/style.ts'
import { levels } from './coverage-reports.ts'
import { after, before, hostilePlans, impacts } from './plans.ts'
import { acting } from './hostile-text.ts'

const view = (verbose = false) => ({ style: plainStyle(80), folder: 'policies', now: new Date(0), verbose })

describe('what people will notice', () => {
  it('is this at 80 columns', () => {
    expect(impactLines(impacts, view())).toEqual([
      'What people will notice',
      '  ! 2 external accounts lose access to all apps',
      '      ann@partner.example, bob@partner.example',
      '  ! 1 account gets access back',
      '      cy@partner.example',
      '  ! 1 account signs in through the identity provider',
      '      di@partner.example',
      '  ! 1 account is asked for two-step verification',
      '      ed@partner.example',
      '  ? 12 external accounts are asked for an emailed passcode when the session',
      '    ends, unless that is so already: nothing shows what holds now',
      '      user00@partner.example, user01@partner.example, user02@partner.example,',
      '      user03@partner.example, user04@partner.example, user05@partner.example,',
      '      user06@partner.example, user07@partner.example, user08@partner.example,',
      '      user09@partner.example and 2 more (--verbose shows all)',
      '  ! 1 account is no longer asked',
      '      flo@partner.example',
      '  ! 3 live API tokens of 1 account stop working',
      '      user00@partner.example',
      '  ? the API tokens of 1 account stop working, if there are any',
      '      gil@partner.example',
      '  ! 1 account becomes billable',
      '      hal@partner.example',
      '  ! 1 account turns blue',
      '      ann@partner.example',
      '',
    ])
  })

  it('names everybody where that was asked for', () => {
    const lines = impactLines(impacts, view(true)).join('\n')
    expect(lines).toContain('user11@partner.example')
    expect(lines).not.toContain('more')
  })

  it('is left out where nobody notices anything', () => expect(impactLines([], view())).toEqual([]))
})

describe('coverage before and after', () => {
  it('is this at 80 columns', () => {
    expect(coverageLines({ before, after }, view())).toEqual([
      'Coverage, as evidence shows it now and once every step is done',
      '  · none  ░ optional  ▒ step-up  ▓ two-step  █ sso-mfa',
      '                                          none optional step-up two-step sso-mfa',
      '  58 → 54 accounts',
      '    now       ·························░░   53        5       -        -       -',
      '    then      ·░▒▒▓▓▓▓▓██████████████████    1        1       6       10      36',
      '  ✓ “second factor for everyone”, required 90 %: not met (63.15 %) → met (94.33',
      '    %)',
      '  - live API tokens that go around sign-in: 7 of 6 accounts → 2 of 2 accounts',
      '',
    ])
  })

  it.each<readonly [string, Plan['coverage'], readonly string[]]>([
    [
      'nothing changes',
      { before, after: before },
      [
        '  58 accounts',
        '  ✗ “second factor for everyone”, required 90 %: not met (63.15 %)',
        '  - live API tokens that go around sign-in: 7 of 6 accounts',
      ],
    ],
    [
      'a requirement is new, and tokens are not known',
      { before: { ...before, requirements: [], tokens: 'unknown' }, after: { ...after, tokens: 'unknown' } },
      [
        '  ✓ “second factor for everyone”, required 90 %: met (94.33 %)',
        '  - live API tokens that go around sign-in: not known',
      ],
    ],
    [
      'nobody is left in a requirement',
      { before, after: { ...after, requirements: before.requirements.map(one => ({ ...one, population: 0 })) } },
      ['  ✗ “second factor for everyone”, required 90 %: not met (63.15 %) → not', '    measured'],
    ],
  ])('says where %s', (_, coverage, lines) => {
    const shown = coverageLines(coverage, view())
    for (const line of lines) expect(shown).toContain(line)
  })

  it('is left out where there is no account', () => {
    const none = { ...before, totals: { accounts: 0, managed: 0, external: 0 }, levels: levels(0) }
    expect(coverageLines({ before: none, after: none }, view())).toEqual([])
  })
})

describe('both', () => {
  it('keep to 80 columns', () => {
    for (const line of [...impactLines(impacts, view(true)), ...coverageLines({ before, after }, view())])
      expect(stringWidth(line)).toBeLessThanOrEqual(80)
  })

  it('say the same in colour', () => {
    const paint = (text: string): string => `\u001b[31m${text}\u001b[39m`
    const style = { ...plainStyle(80), bold: paint, dim: paint, red: paint, yellow: paint, cyan: paint, green: paint }
    const painted = impactLines(impacts, { ...view(), style })
    expect(painted.map(stripVTControlCharacters)).toEqual(impactLines(impacts, view()))
    expect(painted.join('')).not.toBe(impactLines(impacts, view()).join(''))
  })

  it.each(hostilePlans)('cannot be made to act on the terminal: %j', (_, { impact, coverage }) => {
    const lines = [...impactLines(impact, view()), ...coverageLines(coverage, view())]
    for (const line of lines) expect(line).not.toMatch(/\n/)
    expect(lines.join('\n')).not.toMatch(acting)
    expect(lines.filter(line => /^ {2}[!?✓✗] /.test(line))).toHaveLength(3)
  })
})
