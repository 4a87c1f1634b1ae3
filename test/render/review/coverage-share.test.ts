import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CoverageSummary } from '../../../src/model/coverage.ts'
import { coverageShare, shareWords } from '../../../src/render/review/coverage-share.ts'
import { levels } from '../coverage-reports.ts'

const summary = (...counts: readonly number[]): CoverageSummary => {
  const accounts = counts.reduce((sum, number) => sum + number, 0)
  return {
    totals: { accounts, managed: accounts, external: 0 },
    levels: levels(...(counts as [number])),
    tokens: 'unknown',
    requirements: [],
  }
}

describe('the share of accounts that must pass a second factor', () => {
  it.each([
    [[0, 0, 0, 0, 0], undefined, 'not measured'],
    [[1, 0, 0, 0, 0], 0, '0.0 %'],
    [[0, 5, 0, 0, 0], 0, '0.0 %'],
    [[1, 1, 1, 1, 1], 60, '60.0 %'],
    [[0, 0, 0, 0, 7], 100, '100.0 %'],
    // Rounded down: 100 means all.
    [[1, 0, 0, 0, 99_999], 99.9, '99.9 %'],
    [[1, 0, 1, 1, 0], 66.6, '66.6 %'],
  ] as const)('%j', (counts, share, words) => {
    expect(coverageShare(summary(...counts))).toBe(share)
    expect(shareWords(summary(...counts))).toBe(words)
  })

  it('is 100 for all of them only, and never more than is so', () => {
    const some = fc.nat({ max: 200_000 })
    fc.assert(
      fc.property(some, some, (below, reached) => {
        fc.pre(below + reached > 0)
        const share = coverageShare(summary(below, 0, reached, 0, 0)) ?? NaN
        expect(share === 100).toBe(below === 0)
        expect(share).toBeLessThanOrEqual((100 * reached) / (below + reached))
      }),
    )
  })
})
