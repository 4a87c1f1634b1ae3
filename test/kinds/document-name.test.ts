import { describe, expect, it } from 'vitest'
import { canBeName, distinctNames } from '../../src/kinds/document-name.ts'
import { refusalOf } from '../../src/policy/check-value.ts'

describe('a name of the organization', () => {
  it.each([
    ['Staff behind Okta', true],
    ['x', true],
    ['../../x', true],
    ['# --- : {}', true],
    ['👩‍🚀 ünïcödé', true],
    ['a'.repeat(255), true],
    ['👍'.repeat(255), true],
    ['', false],
    [' ', false],
    [' x', false],
    ['x\u00a0', false],
    ['a'.repeat(256), false],
    ['a\nb', false],
    ['a\tb', false],
    ['a\u0007b', false],
    ['a\u0085b', false],
    ['a\u2028b', false],
    ['a\ud800b', false],
  ])('%j can stand in a document: %s', (name, expected) => {
    expect(canBeName(name)).toBe(expected)
    // Whatever is taken here, the schema takes.
    if (expected) expect(refusalOf('AuthenticationPolicy', 'name', name)).toBeUndefined()
  })

  it('is compared only where no other object has it', () => {
    const names = new Map([
      ['1', 'Staff'],
      ['2', 'Twins'],
      ['3', 'Twins'],
      ['4', ' blank'],
      ['5', 'staff'],
    ])
    expect([...distinctNames(names)]).toEqual([
      ['1', 'Staff'],
      ['5', 'staff'],
    ])
  })
})
