import { stripVTControlCharacters } from 'node:util'
import stringWidth from 'fast-string-width'
import { describe, expect, it } from 'vitest'
import { diagnosticsText, tally } from '../../src/render/diagnostics-text.ts'
import { plainStyle, type Style } from '../../src/render/style.ts'
import { hostile, hostileFiles, sorts, texts } from './diagnostics.ts'
import { acting } from './hostile-text.ts'

/** Emphasis as terminals know it. */
const colours = (width: number): Style => {
  const paint = (on: number, off: number) => (text: string) => `\u001b[${on}m${text}\u001b[${off}m`
  return {
    width,
    bold: paint(1, 22),
    dim: paint(2, 22),
    red: paint(31, 39),
    green: paint(32, 39),
    yellow: paint(33, 39),
    cyan: paint(36, 39),
  }
}

const text = (style: Style): string => diagnosticsText(sorts, { style, folder: './policies/', texts })

const wide = `\
error[policy/not-a-folder]: cannot read the policy folder \`other\`: it is not there

error[policy/unknown-field]: unknown field \`apiTokns\`
 --> policies/team/staff.yaml:6:3
  |
6 |   apiTokns: block
  |   ^^^^^^^^
  = did you mean \`apiTokens\`?

error[policy/break-glass-under-sso]: the break-glass account \`root@acme.com\` would be held by
  \`Staff\`, which enforces single sign-on
 --> policies/team/staff.yaml:8:13
  |
8 |   domains: [acme.com]
  |             ^^^^^^^^
  = policies/organization.yaml:4:14: declared as a break-glass account here
  = when the identity provider is down nobody could sign in: list the account under \`accounts\` of a
    policy without single sign-on, and under \`except\` here

warning[policy/break-glass-mailbox]: its mailbox is not declared independent
 --> policies/organization.yaml:4:14
  |
4 | breakGlass: [root@acme.com]
  |              ^^^^^^^^^^^^^

note[policy/no-default]: no policy is declared as the default
 --> policies/team/staff.yaml:3:1
  |
3 | directory: Acme staff
  | ^^^^^^^^^
  = the console shows which one it is
`

const narrow = wide
  .replace(
    'would be held by\n  `Staff`, which enforces single sign-on',
    '\n  would be held by `Staff`, which enforces single sign-on',
  )
  .replace('acme.com` \n', 'acme.com`\n')
  .replace('it is not there', 'it is not\n  there')
  .replace(
    /when the identity[\s\S]*`except` here/,
    'when the identity provider is down nobody could sign in: list the account\n    under `accounts` of a policy without single sign-on, and under `except` here',
  )

describe('diagnostics for a terminal', () => {
  it('are this at 100 columns', () => expect(text(plainStyle(100))).toBe(wide))

  it('are this at 80 columns', () => expect(text(plainStyle(80))).toBe(narrow))

  it.each([40, 80, 100, 120])('say the same with colours, at %d columns', width => {
    expect(stripVTControlCharacters(text(colours(width)))).toBe(text(plainStyle(width)))
    expect(text(colours(width))).not.toBe(text(plainStyle(width)))
  })

  it('paint the severity and the carets, and nothing that is quoted', () => {
    const names: Readonly<Record<string, string>> = {
      1: '<b>',
      2: '<d>',
      22: '</>',
      31: '<red>',
      33: '<yellow>',
      36: '<cyan>',
      39: '</>',
    }
    const emphasized = text(colours(100)).replace(/\u001b\[(\d+)m/g, (_, code: string) => names[code] ?? '?')
    expect(emphasized).toContain('<red><b>error[policy/unknown-field]:</></> unknown field `apiTokns`\n')
    expect(emphasized).toContain('<yellow><b>warning[policy/break-glass-mailbox]:</></> its mailbox')
    expect(emphasized).toContain('<cyan><b>note[policy/no-default]:</></> no policy')
    expect(emphasized).toContain('<d> --> </>policies/team/staff.yaml:6:3\n')
    expect(emphasized).toContain('<d>6 |</>   apiTokns: block\n<d>  |</> <red>  ^^^^^^^^</>\n')
  })

  it.each([80, 100])('keep to %d columns', width => {
    for (const line of text(plainStyle(width)).split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(width)
  })

  it('line up where the lines have many digits', () => {
    const long = new Map([['a.yaml', `${'\n'.repeat(12_344)}kynd: x\n`]])
    const found = {
      code: 'x/y',
      severity: 'error',
      summary: 's',
      hint: 'h',
      file: 'a.yaml',
      column: 1,
      endColumn: 5,
    } as const
    const shown = diagnosticsText([{ ...found, line: 12_345, endLine: 12_345 }], {
      style: plainStyle(80),
      folder: '.',
      texts: long,
    })
    expect(shown).toBe(
      ['error[x/y]: s', '     --> a.yaml:12345:1', '      |', '12345 | kynd: x', '      | ^^^^', '      = h', ''].join(
        '\n',
      ),
    )
  })

  it('cannot be made to act on the terminal', () => {
    for (const width of [80, 100]) {
      const shown = diagnosticsText(hostile, { style: plainStyle(width), folder: 'policies', texts: hostileFiles })
      expect(shown).not.toMatch(acting)
      expect(shown.split('\n').filter(line => line.startsWith('error['))).toHaveLength(hostile.length)
    }
  })

  it('are rendered in time where there are thousands in a long file', () => {
    const file = 'x: 1 # filling filling filling\n'.repeat(50_000)
    const found = Array.from({ length: 5000 }, (_, index) => ({
      ...({ code: 'x/y', severity: 'error', summary: 's', file: 'a.yaml', column: 1, endColumn: 2 } as const),
      line: 10 * index + 1,
      endLine: 10 * index + 1,
    }))
    const shown = diagnosticsText(found, { style: plainStyle(80), folder: '.', texts: new Map([['a.yaml', file]]) })
    expect(shown.split('\n').filter(line => line.includes('filling'))).toHaveLength(5000)
  })
})

describe('the tally', () => {
  it.each([
    [[], ''],
    [sorts.slice(0, 1), '1 error'],
    [sorts, '3 errors, 1 warning, 1 note'],
    [sorts.slice(3), '1 warning, 1 note'],
  ])('%#', (diagnostics, words) => expect(tally(diagnostics)).toBe(words))
})
