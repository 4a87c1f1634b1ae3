import { describe, expect, it } from 'vitest'
import { severities, wording, type Code } from '../../src/diagnostics/catalogue.ts'
import type { DocumentFacts } from '../../src/diagnostics/document-codes.ts'
import type { RuleFacts } from '../../src/diagnostics/rule-codes.ts'
import { diagnostic, isError } from '../../src/diagnostics/diagnostic.ts'
import { wordsOf } from '../../src/diagnostics/to-document.ts'
import { count, some } from '../../src/diagnostics/wording.ts'

type AnyFacts = DocumentFacts & RuleFacts

/** Facts of each code about documents, in each of the ways in which they change the words. */
const examples: { readonly [C in keyof AnyFacts]: readonly AnyFacts[C][] } = {
  'policy/not-a-folder': [{ folder: 'policies', why: 'it is not there' }],
  'policy/no-documents': [{ folder: 'policies' }],
  'policy/no-organization': [{ folder: 'policies' }],
  'policy/two-organizations': [{ names: ['acme', 'other'] }],
  'policy/outside-organization': [{ folder: 'acme' }],
  'policy/too-large': [{ bytes: 52_428_800, limit: 4_194_304 }],
  'policy/unreadable-file': [{ why: 'permission denied' }],
  'policy/symlink-loop': [{}],
  'policy/symlink-outside': [{}],
  'policy/not-utf8': [{ byte: 3, value: 0xe9 }],
  'policy/control-character': [{ code: 0 }, { code: 0x1b }],
  'policy/yaml-syntax': [{ message: 'Missing closing "quote' }],
  'policy/yaml-tab': [{}],
  'policy/yaml-tag': [{ tag: '!x' }],
  'policy/too-deep': [{ limit: 64 }],
  'policy/too-many-tokens': [{ limit: 650_000 }],
  'policy/alias-bomb': [{ limit: 250_000 }],
  'policy/duplicate-key': [{ key: 'name' }],
  'policy/not-a-mapping': [{ got: 'a list' }],
  'policy/missing-kind': [{ known: ['Organization'] }],
  'policy/unknown-kind': [
    { kind: 'x', known: ['Organization'] },
    { kind: 'x', known: ['y'], near: 'y' },
  ],
  'policy/unknown-field': [
    { field: 'x', known: ['name'] },
    { field: 'nam', known: ['name'], near: 'name' },
    { field: '<<', known: ['name'] },
  ],
  'policy/missing-field': [{ field: 'id', owner: 'a document of kind Organization' }],
  'policy/wrong-type': [{ field: 'name', expected: 'text', got: '`5`' }],
  'policy/null-value': [{ field: 'name' }],
  'policy/not-one-of': [
    { field: 'x', value: 'blok', allowed: ['allow', 'block'] },
    { field: 'x', value: 'blok', allowed: ['allow', 'block'], near: 'block' },
  ],
  'policy/bad-format': [{ field: 'id', value: 'x', means: 'an id' }],
  'policy/out-of-range': [{ field: 'settings.idleSession', value: '1m', limits: 'Atlassian takes 15m to 30d' }],
  'policy/duplicate-name': [{ kind: 'IpAllowlist', name: 'Office' }],
  'policy/account-not-managed': [
    { account: 'a@b.example', domain: 'b.example', because: 'foreign-domain' },
    { account: 'a@acme.com', domain: 'acme.com', because: 'unclaimed' },
  ],
  'policy/domain-not-owned': [
    { domain: 'b.example' },
    { domain: 'b.example', external: 1 },
    { domain: 'b.example', external: 12 },
  ],
  'policy/sso-outside-identity-provider': [
    { directory: 'local', candidates: [] },
    { directory: 'local', candidates: ['Staff'] },
  ],
  'policy/two-step-under-sso': [{ value: 'mandatory' }],
  'policy/two-step-without-sso': [{}],
  'policy/sso-not-billable': [{}],
  'policy/too-many-test-users': [{ users: 6, limit: 5 }],
  'policy/test-policy-only': [{ field: 'testUsers' }],
  'policy/external-policy-only': [{ field: 'access' }],
  'policy/two-defaults': [{ directory: 'local' }],
  'policy/no-default': [{ directory: 'local' }],
  'policy/break-glass-under-sso': [{ account: 'root@acme.com', policy: 'Staff' }],
  'policy/break-glass-external-sso': [{ account: 'root@b.example' }],
  'policy/break-glass-mailbox': [{ account: 'root@b.example' }],
  'policy/bad-range': [{ value: 'office' }],
  'policy/range-everybody': [{ value: '0.0.0.0/0' }],
  'policy/runner-outside-allowlist': [{ address: '203.0.113.10', allowlist: 'Office' }],
  'policy/one-id-twice': [{ id: '1c2d7a50-6c0b-4d0e-9a4e-2f0b7c1d5e01', policies: ['One', 'Two'] }],
  'policy/dangling-reference': [
    { kind: 'Directory', name: 'x', known: [] },
    { kind: 'Directory', name: 'x', known: ['local'] },
    { kind: 'Directory', name: 'loca', known: ['local'], near: 'local' },
  ],
  'policy/unused-account-list': [{ list: 'Contractors' }],
  'policy/too-many-listed': [{ list: 'Contractors', limit: 1_000_000 }],
  'policy/exception-expired': [{ expires: '2026-11-23', owner: 'a@acme.com' }],
  'policy/exception-target': [{ given: 'none' }, { given: 'both' }, { given: 'account' }],
  'policy/double-claim': [
    { claim: 'the group `x`', level: 'groups', policies: ['A', 'B'] },
    { claim: 'the domain `x`', level: 'domains', policies: ['A', 'B'], accounts: ['a@acme.com'] },
  ],
  'policy/token-skips-passcode': [{ given: true }, { given: false }],
  'policy/non-billable-two-step': [{}],
  'policy/no-such-time': [{ value: '2026-02-30' }],
  'policy/freeze-ends-first': [{ from: '2026-12-24', until: '2026-12-23' }],
}

const all = Object.entries(examples).flatMap(([code, facts]) =>
  facts.map(given => [code as keyof AnyFacts, given] as const),
)

describe('the words of the codes about documents', () => {
  it.each(all)('%s, %j', (code, facts) => {
    const { summary, hint } = wordsOf(diagnostic(code as Code, facts as never))
    for (const words of [summary, ...(hint === undefined ? [] : [hint])]) {
      expect(words).not.toMatch(/undefined|null\b(?!`)|\[object|NaN|\n/)
      expect(words.trim()).toBe(words)
      expect((words.match(/`/g) ?? []).length % 2).toBe(0)
    }
  })

  it.each(Object.entries(examples))('%s tells its facts apart', (code, facts) => {
    const told = (facts as readonly never[]).map(given => JSON.stringify(wordsOf(diagnostic(code as Code, given))))
    expect(new Set(told).size).toBe(told.length)
  })
})

describe('the catalogue', () => {
  it('names each code by its area and what is wrong', () => {
    for (const code of Object.keys(wording)) expect(code).toMatch(/^[a-z]+\/[a-z0-9]+(?:-[a-z0-9]+)*$/)
  })

  it('takes a code for an error unless it says otherwise', () => {
    expect(isError(diagnostic('policy/yaml-tab', {}))).toBe(true)
    expect(diagnostic('policy/no-default', { directory: 'local' }).severity).toBe('note')
    for (const code of Object.keys(severities)) expect(Object.keys(wording)).toContain(code)
  })
})

describe('lists and numbers in words', () => {
  it.each([
    [[], ''],
    [['a'], '`a`'],
    [['a', 'b'], '`a`, `b`'],
    [['a', 'b', 'c', 'd', 'e', 'f', 'g'], '`a`, `b`, `c`, `d`, `e` and 2 more'],
  ])('%j: %s', (items, words) => expect(some(items)).toBe(words))

  it.each([
    [0, '0 accounts'],
    [1, '1 account'],
    [2, '2 accounts'],
  ])('%d: %s', (number, words) => expect(count(number, 'account')).toBe(words))
})
