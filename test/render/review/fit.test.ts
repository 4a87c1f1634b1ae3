import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitted, type Section } from '../../../src/render/review/fit.ts'

const section: fc.Arbitrary<Section> = fc
  .record(
    {
      rank: fc.nat({ max: 9 }),
      folded: fc.boolean(),
      title: fc.constantFrom('A title', 'Another'),
      lead: fc.constant('| a |\n|---|'),
      between: fc.constantFrom('\n' as const, '\n\n' as const),
      lengths: fc.array(fc.integer({ min: 1, max: 90 }), { maxLength: 12 }),
    },
    { requiredKeys: ['rank', 'lengths'] },
  )
  .map(({ lengths, ...rest }) => ({
    ...rest,
    what: 'things',
    // Each block can be found again: its number, then what fills it.
    blocks: lengths.map((length, index) => `[${index}${'x'.repeat(length)}]`),
  }))

const sections = fc.array(section, { maxLength: 8 }).map(all =>
  all.map((one, index) => ({
    ...one,
    what: `things ${index}`,
    blocks: one.blocks.map(block => `${index}:${block}`),
  })),
)

const count = (text: string, part: string): number => text.split(part).length - 1

describe('Markdown that has to fit', () => {
  it('is never longer than it may be, cuts no block, closes what it opens and counts what is left out', () => {
    fc.assert(
      fc.property(
        sections,
        fc.integer({ min: 0, max: 3000 }),
        fc.nat({ max: 200 }),
        fc.boolean(),
        fc.option(fc.constant('All of it is elsewhere.'), { nil: undefined }),
        (all, limit, reserve, folding, whole) => {
          const view = { limit, reserve, folding, ...(whole !== undefined && { whole }) }
          const text = fitted('### Opening', all, view)
          expect(text.length).toBeLessThanOrEqual(Math.max(0, limit - reserve))
          expect(count(text, '<details>')).toBe(count(text, '</details>'))
          let left = false
          for (const { what, blocks } of all) {
            const shown = blocks.filter(block => text.includes(block))
            // Each whole, and what is not there is counted.
            expect(text.match(new RegExp(`${what.slice(7)}:\\[`, 'g')) ?? []).toHaveLength(shown.length)
            if (shown.length === blocks.length || !text.includes('Left out')) continue
            left = true
            const missing =
              shown.length === 0 ? `(${blocks.length})` : `(${blocks.length - shown.length} of ${blocks.length})`
            expect(text).toContain(`${what} ${missing}`)
          }
          if (left && whole !== undefined) expect(text).toContain(whole)
        },
      ),
      { numRuns: 500 },
    )
  })

  it('is everything where there is room, and has no note', () => {
    fc.assert(
      fc.property(sections, all => {
        const text = fitted('### Opening', all, {})
        expect(fitted('### Opening', all, { limit: text.length + 7, reserve: 7 })).toBe(text)
        expect(text).not.toContain('Left out')
        for (const { blocks } of all) for (const block of blocks) expect(text).toContain(block)
      }),
    )
  })

  it('hides nothing behind one that is too long', () => {
    const text = fitted(
      '### Opening',
      [{ rank: 1, what: 'blocks', blocks: ['x'.repeat(900), 'small', 'y'.repeat(900)] }],
      {
        limit: 300,
      },
    )
    expect(text).toContain('\n\nsmall\n')
    expect(text).toContain('Left out: blocks (2 of 3).')
  })

  it('gives room to the lower rank first and keeps the order', () => {
    const block = 'y'.repeat(200)
    const all: readonly Section[] = [
      { rank: 9, what: 'late', title: 'First', blocks: [block] },
      { rank: 1, what: 'soon', title: 'Second', blocks: [block] },
    ]
    const text = fitted('### Opening', all, { limit: 400 })
    expect(text).toContain('#### Second')
    expect(text).not.toContain('#### First')
    expect(text).toContain('> **Not everything fits here.** Left out: late (1).')
    expect(fitted('### Opening', all, {})).toMatch(/First[^]*Second/)
  })

  it.each([
    [11, ''],
    [12, '### Opening\n'],
  ])('of %d characters is the opening or nothing', (limit, text) =>
    expect(fitted('### Opening', [{ rank: 1, what: 'blocks', blocks: ['b'] }], { limit })).toBe(text),
  )
})
