import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hideSecret, tellTale } from '../../src/org/hide-secret.ts'

const secret = 'ATCTT3x-Zq8vKd02Lm/Rw7=9F1C04AB'
const hide = hideSecret(secret)
const base64 = (text: string): string => Buffer.from(text).toString('base64')

describe('a secret in a text', () => {
  it.each([
    ['alone', secret, '[key]'],
    ['between others', `Bearer ${secret}, ${secret}!`, 'Bearer [key], [key]!'],
    ['in lower case, as a host name', `https://${secret.toLowerCase()}/`, 'https://[key]/'],
    ['in half', `Bearer ${secret.slice(3, 20)}…`, 'Bearer [key]…'],
    ['masked in the middle', `${secret.slice(0, 9)}***${secret.slice(-8)}`, '[key]***[key]'],
    ['for a URL', `?t=${encodeURIComponent(secret)}`, '?t=[key]'],
    ['in hex', Buffer.from(secret).toString('hex').toUpperCase(), '[key]'],
    ['beside letters that change in length', `İ ${secret}`, 'i̇ [key]'],
  ])('%s', (_, text, expected) => expect(hide(text)).toBe(expected))

  it.each(['', 'x', 'xy', 'Bearer ', 'Authorization: Bearer '])('in base64, after “%s”', before => {
    const hidden = hide(`token ${base64(`${before}${secret} and more`)} refused`)
    expect(hidden).toMatch(/^token \S*\[key\]\S* refused$/)
    // At most the characters at both ends are left, which hold parts of other bytes too.
    expect(hidden.length).toBeLessThan(base64(`${before} and more`).length + 'token  refused[key]'.length + 12)
  })

  it.each(['', 'Unauthorized', 'ATCTT3', 'the 9F1C04A of it'])('not “%s”, which holds none of it', text =>
    expect(hide(text)).toBe(text),
  )

  it('is hidden as a whole where it is short', () => {
    expect(hideSecret('wrong')('a wrong key: wron, Wrong')).toBe('a [key] key: wron, Wrong')
  })

  it('leaves no piece of eight characters', () => {
    const key = fc.string({ unit: fc.constantFrom(...'abcDEF0123-_=/.'.split('')), minLength: 16, maxLength: 60 })
    fc.assert(
      fc.property(key, fc.string(), fc.string(), fc.nat(), fc.nat(), (text, before, after, from, length) => {
        const start = from % text.length
        const hidden = hideSecret(text)(`${before} ${text.slice(start, start + 8 + (length % 40))} ${after}`)
        for (let at = 0; at + 8 <= text.length; at++) expect(hidden).not.toContain(text.slice(at, at + 8))
      }),
    )
  })
})

describe('what a secret is told by', () => {
  it.each([
    [secret, 'ATCTT3x-Zq8vKd02Lm'],
    ['0123456789+0123456789', undefined],
    ['ATCTT3xFfGN0_abcdefgh=12345678', 'ATCTT3xFfGN0_abcdefgh'],
    ['short', undefined],
  ])('%s: %s', (text, expected) => expect(tellTale(text)).toBe(expected))
})
