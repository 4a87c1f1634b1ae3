import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shortEmails } from '../../../src/render/review/short-email.ts'

describe('addresses in a text', () => {
  it.each([
    ['ann@partner.example', 'a…@partner.example'],
    ['a@partner.example', 'a…@partner.example'],
    ['Ann.Lee+x@Partner.Example', 'A…@Partner.Example'],
    ["o'brien@acme.com", 'o…@acme.com'],
    ["'bob@acme.com'", "b…@acme.com'"],
    ['attested by alice@acme.com, 3 d', 'attested by a…@acme.com, 3 d'],
    ['`root@acme.com` and <bob@acme.com>', '`r…@acme.com` and <b…@acme.com>'],
    ['(bob@acme.com,jo@acme.com;sam@acme.com)', '(b…@acme.com,j…@acme.com;s…@acme.com)'],
    ['"Ann Lee"@acme.com', 'A…@acme.com'],
    ['josé@acme.com', 'j…@acme.com'],
    ['東京@例え.jp', '東…@例え.jp'],
    ['bob@[198.51.100.7]', 'b…@[198.51.100.7]'],
    ['bob@acme.com@evil.example', 'b…@a…@evil.example'],
    ['--as=bob@acme.com', 'a…@acme.com'],
    ['ann|@acme.com', 'a…@acme.com'],
    ['(ann)@acme.com', 'a…@acme.com'],
    ['@here', '@here'],
    ['(@here)', '(@here)'],
    ['a @ b', 'a @ b'],
    ['bob@', 'bob@'],
    ['no address', 'no address'],
    ['', ''],
    // What stands for a person in a snapshot.
    ['3f0c9a71be5d2284@partner.example', '3f0c9a71be5d2284@partner.example'],
  ])('%j', (text, shown) => expect(shortEmails(text)).toBe(shown))

  it('are shortened once: what is short stays as it is', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('ann', '@', 'acme.com', ' ', '"', '`', '…', '😀', '|', '.')), parts => {
        const once = shortEmails(parts.join(''))
        expect(shortEmails(once)).toBe(once)
      }),
    )
  })

  it('leave no local name, whatever stands around', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.emailAddress(),
        fc.string({ unit: 'binary' }),
        (left, email, right) => {
          const local = email.slice(0, email.lastIndexOf('@'))
          fc.pre(local.length > 2 && !left.includes(local) && !right.includes(local) && !/^[0-9a-f]{16}$/.test(local))
          fc.pre(!email.slice(email.lastIndexOf('@')).includes(local))
          expect(shortEmails(`${left} ${email} ${right}`)).not.toContain(`${local}@`)
        },
      ),
    )
  })

  it.each([
    'a'.repeat(500_000),
    '@'.repeat(500_000),
    'a@'.repeat(250_000),
    '"@'.repeat(250_000),
    `${'"a'.repeat(250_000)}@`,
  ])('take no longer than the text is long', text =>
    expect(shortEmails(text).length).toBeLessThanOrEqual(text.length + 250_001),
  )
})
