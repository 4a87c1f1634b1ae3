import { stripVTControlCharacters } from 'node:util'
import fc from 'fast-check'
import stringWidth from 'fast-string-width'
import { describe, expect, it } from 'vitest'
import { coverageLevels } from '../../src/model/coverage.ts'
import { barCells, levelLegend, levelLines } from '../../src/render/levels-bar.ts'
import { plainStyle } from '../../src/render/style.ts'
import { levels } from './coverage-reports.ts'

const times = { before: 'now', after: 'declared' }

describe('the cells of a bar', () => {
  it.each([
    ['nobody', levels(0), 10, levels(0)],
    ['all alike', levels(5), 10, levels(10)],
    ['shares', levels(1, 1, 2, 2, 4), 10, levels(1, 1, 2, 2, 4)],
    ['one in half a million is seen', levels(1, 0, 0, 0, 499_999), 10, levels(1, 0, 0, 0, 9)],
    ['each level that anybody has is seen', levels(1, 1, 1, 1, 1_000_000), 8, levels(1, 1, 1, 1, 4)],
    ['the largest remainder gets what is left', levels(1, 0, 0, 0, 2), 10, levels(3, 0, 0, 0, 7)],
  ])('%s', (_, counts, cells, given) => expect(barCells(counts, cells)).toEqual(given))

  it('fill the bar whole, and show each level that anybody has', () => {
    const counts = fc.tuple(...coverageLevels.map(() => fc.oneof(fc.constant(0), fc.nat(500_000))))
    fc.assert(
      fc.property(counts, fc.integer({ min: 8, max: 40 }), ([none, optional, ...rest], cells) => {
        const total = levels(none ?? 0, optional, ...(rest as [number, number, number]))
        const given = barCells(total, cells)
        const used = coverageLevels.reduce((sum, level) => sum + given[level], 0)
        const seen = coverageLevels.every(level => given[level] > 0 === total[level] > 0)
        return seen && (used === cells || coverageLevels.every(level => total[level] === 0))
      }),
    )
  })
})

describe('a table of levels', () => {
  const rows = [
    { title: 'managed accounts: 48', before: levels(10, 2, 0, 0, 36), after: levels(1, 1, 0, 10, 36) },
    { title: 'external accounts: 10', before: levels(10), after: levels(10) },
    { title: 'nobody', before: levels(0), after: levels(0) },
  ]

  it('reads without colour, at 80 columns', () => {
    expect([levelLegend, ...levelLines(rows, times, plainStyle(80))]).toEqual([
      '· none  ░ optional  ▒ step-up  ▓ two-step  █ sso-mfa',
      '                                          none optional step-up two-step sso-mfa',
      '  managed accounts: 48',
      '    now       ······░████████████████████   10        2       -        -      36',
      '    declared  ·░▓▓▓▓▓████████████████████    1        1       -       10      36',
      '  external accounts: 10',
      '    unchanged ···························   10        -       -        -       -',
      '  nobody',
      '    unchanged                                -        -       -        -       -',
    ])
  })

  it.each([60, 80, 100, 120])('keeps to %d columns, with numbers of six digits', width => {
    const many = [{ title: 'all', before: levels(123_456, 1, 2, 3, 400_000), after: levels(500_000) }]
    for (const line of levelLines(many, times, plainStyle(width))) expect(stringWidth(line)).toBeLessThanOrEqual(width)
  })

  it('has no bar where there is no room for one', () => {
    expect(levelLines(rows.slice(1, 2), times, plainStyle(55))).toEqual([
      '               none optional step-up two-step sso-mfa',
      '  external accounts: 10',
      '    unchanged    10        -       -        -       -',
    ])
  })

  it('is words where there is no room for a table', () => {
    expect(levelLines(rows.slice(0, 2), times, plainStyle(50))).toEqual([
      '  managed accounts: 48',
      '    now: 10 none, 2 optional, 36 sso-mfa',
      '    declared: 1 none, 1 optional, 10 two-step, 36',
      '      sso-mfa',
      '  external accounts: 10',
      '    unchanged: 10 none',
    ])
  })

  it('says the same in colour', () => {
    const paint = (text: string): string => `\u001b[31m${text}\u001b[39m`
    const colours = { ...plainStyle(80), red: paint, yellow: paint, cyan: paint, green: paint }
    const painted = levelLines(rows, times, colours)
    expect(painted.map(stripVTControlCharacters)).toEqual(levelLines(rows, times, plainStyle(80)))
    expect(painted.join('')).toContain('\u001b[31m')
  })
})
