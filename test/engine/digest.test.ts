import canonicalize from 'canonicalize'
import { describe, expect, it } from 'vitest'
import { desiredDigest, documentsDigest, fingerprint, planDigest } from '../../src/engine/digest.ts'
import type { Plan, Step } from '../../src/model/plan.ts'
import { sha256 } from '../../src/operations/hash.ts'
import { desiredOf, documents, organization } from './documents.ts'

const first = 'kind: AuthenticationPolicy\nname: A\ndirectory: local\nsettings: { apiTokens: block, idleSession: 1h }'
const second = 'kind: ExternalUserPolicy\nname: external\nsettings: { apiTokens: block }'

describe('the digest of the documents', () => {
  const digest = async (files: Readonly<Record<string, string>>) => desiredDigest(sha256, await desiredOf(files))
  const plain = { 'a.yaml': organization, 'b.yaml': first, 'c.yaml': second }

  it.each([
    ['comments and empty lines', { ...plain, 'b.yaml': `# why\n\n${first} # because\n` }],
    ['the order of documents', { 'a.yaml': [second, first, organization].join('\n---\n') }],
    ['the names of files', { 'z.yaml': organization, 'y.yaml': first, 'x.yaml': second }],
    [
      'the order of members',
      {
        ...plain,
        'b.yaml':
          'settings: { idleSession: 1h, apiTokens: block }\ndirectory: local\nname: A\nkind: AuthenticationPolicy',
      },
    ],
    ['quotes', { ...plain, 'b.yaml': first.replace('block', '"block"') }],
  ])('does not change with %s', async (_, files) => {
    expect(await digest(files)).toBe(await digest(plain))
  })

  it.each([
    ['a setting', { ...plain, 'b.yaml': first.replace('block', 'allow') }],
    ['another spelling of a duration', { ...plain, 'b.yaml': first.replace('1h', '60m') }],
    ['a name', { ...plain, 'b.yaml': first.replace('name: A', 'name: B') }],
    ['a document less', { 'a.yaml': organization, 'b.yaml': first }],
    ['the guards of the organization', { ...plain, 'a.yaml': `${organization}guards: { minimumOrgAdmins: 3 }` }],
  ])('changes with %s', async (_, files) => {
    expect(await digest(files)).not.toBe(await digest(plain))
  })

  it('is that of the documents by themselves', async () => {
    const desired = await documents(first, second)
    const specs = [desired.organization, ...desired.AuthenticationPolicy, ...desired.ExternalUserPolicy].map(
      ({ spec }) => spec,
    )
    expect(documentsDigest(sha256, specs as never)).toBe(desiredDigest(sha256, desired))
  })
})

describe('the fingerprint', () => {
  it('is SHA-256 over canonical JSON (RFC 8785)', () => {
    // The samples of RFC 8785: members by UTF-16 code units (3.2.3), numbers and strings (3.2.2).
    expect(canonicalize({ '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\u{1f600}': 5, '\u0080': 6, '\u00f6': 7 })).toBe(
      '{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}',
    )
    expect(canonicalize({ numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 1e-27] })).toBe(
      '{"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27]}',
    )
    expect(fingerprint(sha256)({ b: 1, a: [null, 'é\n'] })).toBe(sha256('{"a":[null,"é\\n"],"b":1}'))
  })

  it('tells absent from null', () => {
    expect(fingerprint(sha256)({ a: null })).not.toBe(fingerprint(sha256)({}))
  })
})

describe('the digest of a plan', () => {
  const step: Step = {
    id: 'api/move/AuthenticationPolicy/A',
    status: 'ready',
    dependsOn: ['x'],
    channel: 'api',
    action: 'move',
    kind: 'AuthenticationPolicy',
    name: 'A',
    direction: 'neutral',
    source: { file: 'a.yaml', line: 1, column: 1 },
    changes: [{ path: 'p', before: 1, after: 2 }],
    accounts: [{ account: { accountId: 'i', email: 'e@acme.com' }, from: 'B' }],
    requests: [{ method: 'POST', path: '/p', body: { users: ['e@acme.com'] } }],
    console: {
      url: 'https://admin.example',
      clicks: ['Security'],
      settings: [{ path: 'p', label: 'P', from: '1', to: '2' }],
      affects: 'you',
      verify: ['look'],
    },
    basis: 'hash',
  }
  const plan: Pick<Plan, 'formatVersion' | 'organization' | 'desiredDigest' | 'steps'> = {
    formatVersion: '1.0',
    organization: { name: 'acme', id: 'id' },
    desiredDigest: 'd',
    steps: [step],
  }
  const digest = planDigest(sha256, plan)
  const withStep = (changes: Partial<Step>) => planDigest(sha256, { ...plan, steps: [{ ...step, ...changes }] })

  it('is covered by a fixed value: a change of what it covers breaks saved plans', () => {
    const covered = {
      formatVersion: '1.0',
      organization: { id: 'id', name: 'acme' },
      desiredDigest: 'd',
      steps: [
        {
          accounts: [{ account: { accountId: 'i', email: 'e@acme.com' }, from: 'B' }],
          action: 'move',
          basis: 'hash',
          changes: [{ after: 2, before: 1, path: 'p' }],
          channel: 'api',
          dependsOn: ['x'],
          id: 'api/move/AuthenticationPolicy/A',
          kind: 'AuthenticationPolicy',
          name: 'A',
          requests: [{ body: { users: ['e@acme.com'] }, method: 'POST', path: '/p' }],
          settings: [{ from: '1', label: 'P', path: 'p', to: '2' }],
        },
      ],
    }
    expect(digest).toBe(sha256(canonicalize(covered) ?? ''))
  })

  it.each<readonly [string, Partial<Step>]>([
    ['id', { id: 'y' }],
    ['dependsOn', { dependsOn: [] }],
    ['channel', { channel: 'console' }],
    ['action', { action: 'restore' }],
    ['kind', { kind: 'IpAllowlist' }],
    ['name', { name: 'C' }],
    ['the value of a change', { changes: [{ path: 'p', before: 1, after: 3 }] }],
    ['the before of a change', { changes: [{ path: 'p', after: 2 }] }],
    ['an account', { accounts: [{ account: { accountId: 'i', email: 'f@acme.com' }, from: 'B' }] }],
    ['where an account comes from', { accounts: [{ account: { accountId: 'i', email: 'e@acme.com' }, from: 'C' }] }],
    ['a body', { requests: [{ method: 'POST', path: '/p', body: { users: [] } }] }],
    ['a path', { requests: [{ method: 'POST', path: '/q', body: { users: ['e@acme.com'] } }] }],
    ['a method', { requests: [{ method: 'PUT', path: '/p', body: { users: ['e@acme.com'] } }] }],
    ['a console setting', { console: { ...(step.console as never as object), settings: [] } as never }],
    ['basis', { basis: 'other' }],
  ])('changes with %s of a step', (_, changes) => {
    expect(withStep(changes)).not.toBe(digest)
  })

  it.each<readonly [string, Partial<typeof plan>]>([
    ['the format', { formatVersion: '1.1' as never }],
    ['the name of the organization', { organization: { name: 'b', id: 'id' } }],
    ['the id of the organization', { organization: { name: 'acme', id: 'b' } }],
    ['the documents', { desiredDigest: 'e' }],
    ['a step more', { steps: [step, step] }],
    ['no step', { steps: [] }],
  ])('changes with %s', (_, changes) => {
    expect(planDigest(sha256, { ...plan, ...changes })).not.toBe(digest)
  })

  it.each<readonly [string, Partial<Step>]>([
    ['status', { status: 'blocked', reason: 'why' }],
    ['direction', { direction: 'loosens' }],
    ['source', { source: { file: 'b.yaml', line: 9, column: 9 } }],
    [
      'the explanation of a console step',
      { console: { ...(step.console as never as object), url: 'x', clicks: [], affects: '', verify: [] } as never },
    ],
    [
      'what may be done on top of a console step',
      {
        console: {
          ...(step.console as never as object),
          optional: [{ title: 'Reset sessions', why: 'it holds at once then', url: 'x', clicks: ['x'] }],
        } as never,
      },
    ],
  ])('does not change with what only explains: %s', (_, changes) => {
    expect(withStep(changes)).toBe(digest)
  })
})
