import { describe, expect, it } from 'vitest'
import { enrolmentUri, stepsOf } from '../../src/operations/one-time-codes.ts'
import { codeAt, secretOf } from '../approvals/codes.ts'
import { readSecret } from '../../src/approvals/secret.ts'

describe('one-time codes', () => {
  // RFC 6238, appendix B: the last six of its eight digits.
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('at %i seconds it is %s', async (seconds, code) => {
    const stepOf = await stepsOf(new TextEncoder().encode('12345678901234567890'))
    expect(stepOf(code, new Date(seconds * 1000))).toBe(Math.floor(seconds / 30))
  })

  it.each([
    [-2, false],
    [-1, true],
    [0, true],
    [1, true],
    [2, false],
  ])('%i steps from the clock is taken: %s', async (steps, taken) => {
    const secret = secretOf(1)
    const read = readSecret(secret)
    const stepOf = await stepsOf('bytes' in read ? read.bytes : new Uint8Array())
    // At both ends of a time step.
    for (const time of [Date.parse('2026-11-24T08:00:00Z'), Date.parse('2026-11-24T08:00:29.999Z')]) {
      const step = Math.floor(time / 30_000) + steps
      expect(stepOf(codeAt(secret, time, steps), new Date(time))).toBe(taken ? step : undefined)
    }
  })

  it('an app takes in issuer, account and secret, whatever the organization is called', async () => {
    const uri = new URL(await enrolmentUri('a:b?secret=x&c ü', 'alice', secretOf(1)))
    expect([uri.protocol, uri.host]).toEqual(['otpauth:', 'totp'])
    expect(decodeURIComponent(uri.pathname)).toBe('/Postern a b?secret=x&c ü:alice')
    expect([...uri.searchParams]).toEqual([
      ['secret', secretOf(1)],
      ['issuer', 'Postern a b?secret=x&c ü'],
    ])
  })
})
