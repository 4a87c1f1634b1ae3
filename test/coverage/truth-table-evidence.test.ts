import { describe, expect, it } from 'vitest'
import { cannotBe, resultOf, type Case } from './decision-table.ts'
import { names, source, tables, type Name } from './truth-table-source.ts'

/** Stale or missing evidence never raises a level (design 8): what the tables expect, compared with itself. */
describe('evidence that ends or is missing', () => {
  /** Whether a result is better than another one. */
  const better: Readonly<Record<string, (after: string, before: string) => boolean>> = {
    declaration: after => after === 'yes',
    provider: after => after === 'yes',
    // Of two policies the lower one is never better than either.
    membership: after => after !== 'lower',
    tokens: after => after === 'false',
  }
  const higher = (after: string, before: string): boolean =>
    source.levels.indexOf(after) > source.levels.indexOf(before)

  /** Where a value of a column leads when its evidence ends, and when there never was any. */
  const stale = (value: string, values: readonly string[]): readonly string[] =>
    values.filter(other => other === `${value}?` || (other === 'expired' && ['current', 'undated'].includes(value)))
  const missing = (value: string, values: readonly string[]): readonly string[] =>
    values.includes(`${value}?`) ? values.filter(other => other === 'unknown' || other === 'none') : []

  /** Every change of one cell, by `lead`, that makes a result better. */
  function risesOf(
    name: Name,
    lead: typeof stale,
  ): readonly { readonly one: Case; readonly column: string; to: string }[] {
    const table = tables[name]
    const isBetter = better[name] ?? higher
    return table.cases.flatMap(one => {
      const before = resultOf(table, one)
      return Object.entries(table.columns).flatMap(([column, values]) =>
        lead(one[column] ?? '', values)
          .filter(to => {
            const after = resultOf(table, { ...one, [column]: to })
            return ![before, after].includes(cannotBe) && after !== before && isBetter(after, before)
          })
          .map(to => ({ one, column, to })),
      )
    })
  }

  const judged = names.filter(name =>
    Object.values(tables[name].columns)
      .flat()
      .some(value => /.\?$/.test(value)),
  )

  it('is in these tables', () => {
    expect(judged).toEqual([
      'provider',
      'managed',
      'external',
      'membership',
      'tokens',
      'declaredManaged',
      'declaredExternal',
    ])
  })

  it.each(judged)('%s: what has ended makes nothing better', name => {
    expect(risesOf(name, stale).slice(0, 5)).toEqual([])
  })

  it.each(judged)('%s: what is missing makes nothing better, except where it spoke against it', name => {
    const found = new Set(risesOf(name, missing).map(({ one, column }) => `${column}: ${one[column] ?? ''}`))
    const expected = Object.entries(source.against[name] ?? {}).flatMap(([column, values]) =>
      values.map(value => `${column}: ${value}`),
    )
    expect([...found].sort()).toEqual(expected.sort())
  })
})
