import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalRange, isRange } from '../../src/kinds/address-range.ts'

describe('addresses and ranges', () => {
  it.each([
    ['203.0.113.10', '203.0.113.10'],
    ['203.0.113.10/32', '203.0.113.10'],
    ['203.0.113.0/24', '203.0.113.0/24'],
    ['203.0.113.77/24', '203.0.113.0/24'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['::', '::'],
    ['::1/128', '::1'],
    ['2001:DB8::/48', '2001:db8::/48'],
    ['2001:0db8:0000:0000:0000:0000:0000:0001', '2001:db8::1'],
    ['2001:db8::ffff/32', '2001:db8::/32'],
    ['::ffff:203.0.113.10', '::ffff:cb00:710a'],
  ])('%s is one, spelled %s', (text, spelling) => {
    expect(isRange(text)).toBe(true)
    expect(canonicalRange(text)).toBe(spelling)
    expect(canonicalRange(spelling)).toBe(spelling)
  })

  it.each([
    '',
    ' ',
    'localhost',
    'example.com/24',
    '203.0.113',
    '203.0.113.256',
    '203.0.113.010',
    '0x7f.0.0.1',
    '2130706433',
    '10/8',
    '10.0/16',
    '203.0.113.0/33',
    '203.0.113.0/024',
    '203.0.113.0/-1',
    '203.0.113.0/',
    '203.0.113.0/24/24',
    '203.0.113.0/255.255.255.0',
    '203.0.113.1-203.0.113.9',
    ' 203.0.113.1',
    '2001:db8::/129',
    '2001:db8:::1',
    'fe80::1%eth0',
    'fe80::1%eth0/64',
    '::1/0x10',
  ])('%j is none, and stays as it is', text => {
    expect(isRange(text)).toBe(false)
    expect(canonicalRange(text)).toBe(text)
  })

  it('have one spelling for one range', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.integer({ min: 0, max: 32 }), (address, prefix) => {
        const spelling = canonicalRange(`${address}/${prefix}`)
        expect(isRange(spelling)).toBe(true)
        expect(canonicalRange(spelling)).toBe(spelling)
      }),
    )
    fc.assert(
      fc.property(fc.ipV6(), fc.integer({ min: 0, max: 128 }), (address, prefix) => {
        const spelling = canonicalRange(`${address}/${prefix}`)
        expect(isRange(spelling)).toBe(true)
        expect(canonicalRange(spelling)).toBe(spelling)
        expect(canonicalRange(`${address.toUpperCase()}/${prefix}`)).toBe(spelling)
      }),
    )
  })
})
