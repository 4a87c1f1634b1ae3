import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readSecret, secretVariable, writeSecret } from '../../src/approvals/secret.ts'
import '../fixed-seed.ts'

describe('a secret', () => {
  // RFC 4648, section 10, made long enough by repeating.
  it.each([
    ['foobarfoobarfoobar', 'MZXW6YTBOJTG633CMFZGM33PMJQXE'],
    ['12345678901234567890', 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'],
  ])('%s in Base32', (text, encoded) => {
    expect(writeSecret(new TextEncoder().encode(text))).toBe(encoded)
    expect(readSecret(encoded)).toEqual({ bytes: new TextEncoder().encode(text) })
  })

  it('is read as apps show it', () => {
    const { bytes } = readSecret('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ') as { readonly bytes: Uint8Array }
    expect(readSecret(' gezd gnbv-gy3t qojq\tGEZD GNBV GY3T QOJQ==== ')).toEqual({ bytes })
  })

  it.each([
    ['', 'not-base32'],
    ['not a secret!', 'not-base32'],
    ['0189', 'not-base32'],
    ['JBSWY3DPEHPK3PXP', 'too-short'],
    ['A'.repeat(25), 'too-short'],
    ['A'.repeat(104), 'too-long'],
  ])('%j is %s', (text, fault) => {
    expect(readSecret(text)).toEqual({ fault })
  })

  it.each([26, 103])('of %i characters is taken', length => {
    expect(readSecret('A'.repeat(length))).toHaveProperty('bytes')
  })

  it('is read as it was written', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 64 }), bytes => {
        expect(readSecret(writeSecret(bytes))).toEqual({ bytes })
      }),
    )
  })
})

it.each([
  ['alice', 'POSTERN_APPROVER_ALICE'],
  ['anna-lena-2', 'POSTERN_APPROVER_ANNA_LENA_2'],
])('the variable of %s', (name, variable) => {
  expect(secretVariable(name)).toBe(variable)
})
