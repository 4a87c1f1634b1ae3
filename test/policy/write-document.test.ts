import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { valueOfMembers, type DocumentMember } from '../../src/model/document-member.ts'
import type { Json } from '../../src/model/json.ts'
import { preciseDocuments } from '../../src/policy/precise-documents.ts'
import { quickYaml } from '../../src/policy/quick-yaml.ts'
import { documentText } from '../../src/policy/write-document.ts'

const text = (members: readonly DocumentMember[], head: readonly string[] = [], foot: readonly string[] = []) =>
  documentText({ head, members, foot }, undefined)

const readBack = (written: string) => {
  const { documents, diagnostics } = preciseDocuments('x.yaml', written)
  return { values: documents.map(({ value }) => value), diagnostics }
}

/** Texts that break out of quotes, lines and comments. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    ...[
      'a\nb',
      '#',
      ' # x',
      'x: y',
      '---',
      '...',
      '- a',
      '"',
      "'",
      '\\',
      '[',
      '{a: 1}',
      '&a',
      '*a',
      '!t',
      '%YAML',
      '@',
      '`',
    ],
    ...[
      'a\u2028kind: Exception',
      'a\u2029b',
      'a\u0085b',
      '\ufeff',
      '\u0000',
      '\u001b[2J',
      '\u202eevil',
      '\ud800',
      'null',
      '~',
    ],
    ...[
      'true',
      'no',
      '1',
      '0x10',
      '1e3',
      '.inf',
      '2026-11-24',
      '',
      ' ',
      'a ',
      '\ta',
      'a: ',
      ': a',
      '? a',
      '| a',
      '> a',
      '=',
      '<<',
    ],
  ),
)
const scalar = fc.oneof(hostile, fc.boolean(), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }))
const listed = fc.array(fc.oneof(scalar, fc.dictionary(fc.stringMatching(/^[a-zA-Z]{1,8}$/), scalar, { maxKeys: 3 })), {
  maxLength: 6,
})
const key = fc.constantFrom('kind', 'name', 'settings', 'true', 'null', 'a-b', 'x')
const comment = fc.option(hostile, { nil: undefined })
const members = fc.letrec<{ members: DocumentMember[]; member: DocumentMember }>(tie => ({
  members: fc.uniqueArray(tie('member'), { maxLength: 5, selector: member => member.key }),
  member: fc
    .tuple(key, fc.oneof({ depthSize: 'small' }, scalar, listed, tie('members')), comment)
    .map(([name, value, said]) => ({
      key: name,
      value: value as Json,
      ...(said !== undefined && { comment: said }),
    })),
})).members

describe('a document that is written', () => {
  it('reads back as what it says, and its comments stay comments, whatever they hold', () => {
    fc.assert(
      fc.property(
        members,
        fc.array(hostile, { maxLength: 3 }),
        fc.array(hostile, { maxLength: 3 }),
        (own, head, foot) => {
          const all = [{ key: 'first', value: 'x' }, ...own]
          const written = text(all, head, foot)
          expect(readBack(written)).toEqual({
            values: [JSON.parse(JSON.stringify(valueOfMembers(all)))],
            diagnostics: [],
          })
        },
      ),
      { numRuns: 120 },
    )
  })

  it('shows nothing that hides or turns text', () => {
    fc.assert(
      fc.property(hostile, said => {
        const written = text([{ key: 'name', value: [said, { x: said }], comment: said }], [said], [said])
        expect(written.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u)
      }),
      { numRuns: 100 },
    )
  })

  it('is laid out as people write', () => {
    const long = Array.from({ length: 5 }, (_, index) => `somebody.${index}.long@acme.com`)
    const written = documentText(
      {
        head: ['What this is.', ''],
        members: [
          { key: 'kind', value: 'AuthenticationPolicy' },
          { key: 'name', value: "Bob's: policy", comment: 'one\nline' },
          { key: 'default', value: true },
          {
            key: 'settings',
            value: [
              { key: 'singleSignOn', value: 'off', comment: 'export, 2026-11-24' },
              { key: 'password', value: [{ key: 'minimumStrength', value: 'strong' }], comment: 'why' },
            ],
          },
          { key: 'members', value: { accounts: long, domains: ['acme.com', 'acme.io'] } },
          { key: 'ranges', value: ['203.0.113.0/24', '2001:db8::/48'], comment: 'two' },
          { key: 'directories', value: [{ name: 'Acme staff', identityProvider: 'okta' }], comment: 'inferred' },
          { key: 'resources', value: [] },
        ],
        foot: ['Not observed:', '  settings.apiTokens'],
      },
      '../policy.schema.json',
    )
    expect(written).toBe(`# yaml-language-server: $schema=../policy.schema.json
# What this is.
#
kind: AuthenticationPolicy
name: 'Bob''s: policy' # one\\u{a}line
default: true
settings:
  singleSignOn: off # export, 2026-11-24
  password: # why
    minimumStrength: strong
members:
  accounts:
    - somebody.0.long@acme.com
    - somebody.1.long@acme.com
    - somebody.2.long@acme.com
    - somebody.3.long@acme.com
    - somebody.4.long@acme.com
  domains: [acme.com, acme.io]
ranges: [203.0.113.0/24, '2001:db8::/48'] # two
directories: # inferred
  - { name: Acme staff, identityProvider: okta }
resources: []

# Not observed:
#   settings.apiTokens
`)
  })

  it('is read without the parser that keeps places, where its names are everyday ones', () => {
    const written = text(
      [
        { key: 'kind', value: 'IpAllowlist' },
        { key: 'ranges', value: ['203.0.113.0/24', '2001:db8::/48'], comment: 'attested by alice, 2026-11-24' },
        { key: 'accounts', value: Array.from({ length: 30 }, (_, index) => `a.b+${index}@acme.com`) },
      ],
      [],
      ['Not observed yet:'],
    )
    expect(quickYaml(written)).toEqual(readBack(written).values)
  })
})
