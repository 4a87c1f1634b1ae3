import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { slugOf, slugsOf } from '../../src/adoption/file-names.ts'

describe('a file name', () => {
  it.each([
    ['Staff behind Okta', 'staff-behind-okta'],
    ['../../x', 'x'],
    ['..', 'unnamed'],
    ['', 'unnamed'],
    ['👩‍🚀', 'unnamed'],
    ['日本', 'unnamed'],
    ['Éric & Zoë', 'eric-zoe'],
    ['CON', 'con-1'],
    ['nul.txt', 'nul-txt'],
    ['com1', 'com1-1'],
    ['C:\\Windows\\x', 'c-windows-x'],
    ['a\u0000b\nc', 'a-b-c'],
    ['-rf', 'rf'],
    ['.hidden', 'hidden'],
    ['a'.repeat(300), 'a'.repeat(60)],
    [`${'a'.repeat(59)} b`, 'a'.repeat(59)],
  ])('of %j is %s', (name, slug) => {
    expect(slugOf(name)).toBe(slug)
  })

  it('is another one for each name, also where case is no difference', () => {
    const long = 'a'.repeat(70)
    const names = ['Staff', 'staff', 'STAFF!', 'staff 2', '👍', '👎', long, `${long}b`]
    expect(slugsOf(names)).toEqual([
      'staff',
      'staff-2',
      'staff-3',
      'staff-2-2',
      'unnamed',
      'unnamed-2',
      'a'.repeat(60),
      `${'a'.repeat(58)}-2`,
    ])
  })

  it('is harmless whatever the names are', () => {
    const name = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('con', 'CON-1', 'con 1', 'a', 'A', 'á', '', 'a-2'),
    )
    fc.assert(
      fc.property(fc.array(name, { maxLength: 8 }), names => {
        const slugs = slugsOf(names)
        const harmless = slugs.filter(
          slug =>
            /^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$/.test(slug) && !/^(?:con|prn|aux|nul|com\d|lpt\d)$/.test(slug),
        )
        expect(new Set(harmless).size).toBe(names.length)
      }),
      { numRuns: 100 },
    )
  })
})
