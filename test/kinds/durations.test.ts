import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatDuration, parseDuration } from '../../src/model/duration.ts'
import { durationOr, durationPattern } from '../../src/kinds/schema-parts.ts'

describe('durations', () => {
  it.each([
    ['1m', 1],
    ['15m', 15],
    ['60m', 60],
    ['8h', 480],
    ['24h', 1440],
    ['1d', 1440],
    ['30d', 43_200],
    ['365d', 525_600],
    ['999999d', 1_439_998_560],
  ])('%s are %d minutes', (text, minutes) => expect(parseDuration(text)).toBe(minutes))

  it.each([
    '',
    '0m',
    '-1h',
    '1',
    'h',
    '1w',
    '1s',
    '1.5h',
    '1 h',
    '1H',
    '01h',
    '1h30m',
    ' 1h',
    '1h ',
    '1000000d',
    'never',
    'off',
  ])('%j is none', text => {
    expect(parseDuration(text)).toBeUndefined()
    expect(new RegExp(durationPattern).test(text)).toBe(false)
  })

  it.each([
    [1, '1m'],
    [60, '1h'],
    [90, '90m'],
    [480, '8h'],
    [1440, '1d'],
    [1500, '25h'],
    [43_200, '30d'],
  ])('%d minutes are written %s', (minutes, text) => expect(formatDuration(minutes)).toBe(text))

  it('are read as they are written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999 }), minutes => {
        expect(parseDuration(formatDuration(minutes))).toBe(minutes)
      }),
    )
  })

  it('may stand beside one word', () => {
    const pattern = new RegExp(durationOr('never').pattern)
    for (const text of ['never', '90d', '1m']) expect(pattern.test(text)).toBe(true)
    for (const text of ['Never', 'never90d', 'off', '']) expect(pattern.test(text)).toBe(false)
  })
})
