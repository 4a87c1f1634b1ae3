import { describe, expect, it } from 'vitest'
import { compared } from '../../bench/harness/compared.ts'
import type { Run } from '../../bench/harness/one-process.ts'
import { median, ratios, spread } from '../../bench/harness/statistics.ts'

describe('median', () => {
  it.each([
    [[7], 7],
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[1, 1, 1, 900], 1],
  ])('of %j is %d', (values, expected) => {
    expect(median(values)).toBe(expected)
  })

  it('of nothing is an error, not a number', () => {
    expect(() => median([])).toThrow()
  })
})

describe('spread', () => {
  it.each([
    [[5, 5, 5, 5], 0],
    [[5], 0],
    [[8, 9, 10, 11, 12], 0.2],
    // One that went astray says nothing about the others.
    [[10, 10, 10, 10, 500], 0],
  ])('of %j is %d', (values, expected) => {
    expect(spread(values)).toBeCloseTo(expected, 6)
  })
})

describe('ratios', () => {
  it('are those of pairs', () => {
    expect(ratios([2, 9], [1, 3])).toEqual([2, 3])
  })

  it('need both of a pair', () => {
    expect(() => ratios([1, 2], [1])).toThrow()
  })
})

describe('compared', () => {
  const run = (milliseconds: number, peakBytes?: number): Run => ({
    milliseconds,
    stdout: '',
    stderr: '',
    ...(peakBytes !== undefined && { peakBytes }),
  })

  it('takes the median of the ratios of pairs, not the ratio of the medians', () => {
    // A machine that was slow in the second round was slow for both.
    const line = compared('a / b', [run(10), run(100), run(12)], [run(10), run(50), run(12)])
    expect(line).toMatchObject({ milliseconds: 12, otherMilliseconds: 12, ratio: 1, rounds: 3 })
  })

  it('says nothing of memory that was not seen', () => {
    expect(compared('a / b', [run(1)], [run(1)])).not.toHaveProperty('peakBytes')
    expect(compared('a / b', [run(1), run(1, 100)], [run(1), run(1)])).toMatchObject({ peakBytes: 100 })
  })
})
