import { describe, expect, it } from 'vitest'
import type { LiveField } from '../../src/model/evidence.ts'
import { refreshComments } from '../../src/operations/import/refresh-comments.ts'

const known = (path: string, value: string): LiveField => ({
  state: 'known',
  value,
  evidence: { path, from: 'attestation', at: '2027-01-05T08:00:00Z', by: 'bob' },
})

const external = 'kind: ExternalUserPolicy\nname: external\n'

/** What is made of a document in which the API tokens, and nothing else, were written by evidence. */
const refresh = (text: string, value = 'block') =>
  refreshComments(text, {
    kind: 'ExternalUserPolicy',
    name: 'external',
    file: 'a.yaml',
    fields: { 'settings.apiTokens': known('settings.apiTokens', value) },
    changed: new Set(['settings.apiTokens']),
    added: new Set(),
  })

const foot = (...lines: readonly string[]): string =>
  ['# Not observed yet, so left out and not managed:', ...lines.map(line => `#   ${line}`), ''].join('\n')

const left = foot(
  'settings.authorizationMethod, settings.sessionDuration, settings.billable',
  '  postern attest ExternalUserPolicy/external',
  '  postern import --complete',
)

describe('comments that import wrote', () => {
  it.each([
    [
      'its source',
      '  apiTokens: block # attested by alice, 2026-11-24',
      '  apiTokens: block # attested by bob, 2027-01-05',
    ],
    [
      'its source, of an export',
      '  apiTokens: block   # export, 2026-11-24',
      '  apiTokens: block # attested by bob, 2027-01-05',
    ],
    ['no source, where people took it away', '  apiTokens: block', '  apiTokens: block'],
    ['another comment', '  apiTokens: block # as agreed on 2026-11-24', '  apiTokens: block # as agreed on 2026-11-24'],
    ['a value in quotes', '  apiTokens: "block" # export, 2026-11-24', '  apiTokens: "block" # export, 2026-11-24'],
    ['a value that was refused', '  apiTokens: allow # export, 2026-11-24', '  apiTokens: allow # export, 2026-11-24'],
  ])('a value keeps or gets %s', (_, line, after) => {
    expect(refresh(`${external}settings:\n${line}\n`)).toBe(`${external}settings:\n${after}\n`)
  })

  it.each<readonly [what: string, line: string, renamed: boolean, after: string]>([
    [
      'goes once something does',
      'name: Staff # nothing tells its name: put the one that the console shows in its place',
      true,
      'name: Staff',
    ],
    [
      'stays as long as nothing does',
      'name: Staff # nothing tells its name: put the one that the console shows in its place',
      false,
      'name: Staff # nothing tells its name: put the one that the console shows in its place',
    ],
    ['leaves others alone', 'name: Staff # see SEC-1', true, 'name: Staff # see SEC-1'],
  ])('the comment that nothing tells a name %s', (_, line, renamed, after) => {
    const rest = '\ndirectory: local\n'
    const document = { kind: 'AuthenticationPolicy', name: 'Staff', file: 'a.yaml', fields: {} }
    const changes = { changed: new Set<string>(), added: new Set<string>(), renamed, complete: false }
    expect(refreshComments(`kind: AuthenticationPolicy\n${line}${rest}`, { ...document, ...changes })).toBe(
      `kind: AuthenticationPolicy\n${after}${rest}`,
    )
  })

  it('a value in braces stays as it is', () => {
    const text = `${external}settings: { apiTokens: block } # export, 2026-11-24\n`
    expect(refresh(text)).toBe(text)
  })

  it.each(['\n', '\r\n'])('what is not observed is told anew, with line breaks %j', lineBreak => {
    const text = `${external}settings:\n  apiTokens: block\n\n${foot('settings.apiTokens', '  postern attest X')}# the end\n`
    expect(refresh(text.replaceAll('\n', lineBreak))).toBe(
      `${external}settings:\n  apiTokens: block\n\n${left}# the end\n`.replaceAll('\n', lineBreak),
    )
  })

  it('of several documents each has its own', () => {
    const other = `kind: ExternalUserPolicy\nname: test\n\n${foot('settings.apiTokens')}`
    const own = `${external}settings:\n  apiTokens: block\n\n${foot('settings.apiTokens')}`
    expect(refresh(`${other}---\n${own}---\n${other}`)).toBe(
      `${other}---\n${external}settings:\n  apiTokens: block\n\n${left}---\n${other}`,
    )
  })

  it('nothing is told where everything is there, and no empty line is left', () => {
    const settings =
      'settings:\n  authorizationMethod: none\n  sessionDuration: 1d\n  apiTokens: block\n  billable: true\n'
    expect(refresh(`${external}${settings}\n${foot('settings.apiTokens')}`)).toBe(external + settings)
  })

  it('what looks like one inside a text of the document stays', () => {
    const text = `${external}# Not observed yet, so I asked around\nsettings:\n  apiTokens: block\n`
    expect(refresh(text)).toBe(text)
  })
})
