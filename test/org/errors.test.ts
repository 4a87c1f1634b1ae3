import { describe, expect, it } from 'vitest'
import { attempt } from '../../src/operations/attempt.ts'
import { summaryOf } from '../../src/org/org-error.ts'
import { apiKey, failure, fakeTime, orgId, scriptedClient, settle, type Answer } from './scripted.ts'

const vendor = (code: string, title = 'Title') => ({
  errors: [{ id: 'req-1', status: '400', code, title, detail: 'Detail' }],
})
const html = '<!doctype html><html><body>Bad gateway</body></html>'

describe('an answer to a read', () => {
  const cases: readonly (readonly [string, Answer, string, object?])[] = [
    [
      '401',
      { status: 401, json: { code: 401, message: 'Unauthorized' } },
      'org/key-refused',
      { title: 'Unauthorized' },
    ],
    [
      '403 that lists scopes',
      { status: 403, json: { code: 403, message: 'scope', acceptableScopes: ['read:directories:admin'] } },
      'org/missing-scope',
      { scopes: ['read:directories:admin'], listed: true, unscopedOnly: false },
    ],
    [
      '403 that lists scopes in its error',
      { status: 403, json: { errors: [{ id: 'x', context: { acceptableScopes: ['a', 'manage:org'] } }] } },
      'org/missing-scope',
      { scopes: ['a'], requestId: 'x' },
    ],
    [
      '403 that lists a scope no key has',
      { status: 403, json: { acceptableScopes: ['manage:org'] } },
      'org/missing-scope',
      { unscopedOnly: true },
    ],
    [
      '403 of the gateway',
      { status: 403, json: { code: 403, message: 'Forbidden' } },
      'org/missing-scope',
      { scopes: ['read:directories:admin'], listed: false, unscopedOnly: false },
    ],
    [
      '403 of Atlassian',
      { status: 403, json: vendor('ADMIN-403-3') },
      'org/forbidden',
      { vendorCode: 'ADMIN-403-3', title: 'Title: Detail', requestId: 'req-1', scopes: ['read:directories:admin'] },
    ],
    ['403 as a page', { status: 403, text: html }, 'org/forbidden'],
    ['404 of Atlassian', { status: 404, json: vendor('ADMIN-404-2') }, 'org/not-found', { vendorCode: 'ADMIN-404-2' }],
    ['404 of the gateway', { status: 404, json: { message: 'Request failed to match any route' } }, 'org/not-found'],
    ['404 without a body', { status: 404 }, 'org/not-found'],
    ['404 as a page', { status: 404, text: html }, 'org/unreadable'],
    ['400', { status: 400, json: vendor('ADMIN-400-24') }, 'org/refused', { status: 400 }],
    ['402', { status: 402, json: {} }, 'org/refused'],
    ['405', { status: 405, json: vendor('ADMIN-405-1') }, 'org/refused'],
    ['409', { status: 409, json: vendor('ADMIN-409-28') }, 'org/refused', { vendorCode: 'ADMIN-409-28' }],
    ['410', { status: 410, json: {} }, 'org/feature-off'],
    ['500', { status: 500, json: vendor('ADMIN-500-1') }, 'org/server-error', { vendorCode: 'ADMIN-500-1' }],
    ['501', { status: 501, json: {} }, 'org/server-error'],
    ['502 as a page', { status: 502, text: html }, 'org/server-error', { status: 502 }],
    [
      'a redirect',
      { status: 302, headers: { location: 'https://elsewhere.example/login?token=1' } },
      'org/redirected',
      { to: 'https://elsewhere.example' },
    ],
    ['a relative redirect', { status: 301, headers: { location: '/login' } }, 'org/redirected', { to: 'another path' }],
    ['a page with status 200', { text: html }, 'org/unreadable', { expected: 'JSON' }],
    ['JSON that was cut off', { text: '{"data":[{"directo' }, 'org/unreadable'],
    ['nothing', {}, 'org/unreadable'],
    ['JSON without data', { json: { items: [] } }, 'org/unreadable'],
    ['data that is no list', { json: { data: {} } }, 'org/unreadable'],
    ['an item without its id', { json: { data: [{ directoryId: 'd1', name: 'n' }, { name: 'm' }] } }, 'org/unreadable'],
    ['errors without members', { status: 400, json: { errors: [] } }, 'org/refused'],
    ['errors of another form', { status: 400, json: { errors: { a: 1 }, code: 7 } }, 'org/refused'],
    ['connection refused', { fails: 'ECONNREFUSED' }, 'org/unreachable', { cause: 'connection refused' }],
    ['connection reset', { fails: 'ECONNRESET' }, 'org/unreachable', { cause: 'connection reset' }],
    ['a name that is not there', { fails: 'ENOTFOUND' }, 'org/unreachable', { cause: 'no such host' }],
    ['an unknown code', { fails: 'ESTRANGE' }, 'org/unreachable', { cause: 'ESTRANGE' }],
    ['a code that is text', { fails: `no code: ${apiKey}` }, 'org/unreachable', { cause: 'no answer' }],
  ]
  it.each(cases.map(([name, answer, code, facts = {}]) => ({ name, answer, code, facts })))(
    '$name',
    async ({ answer, code, facts }) => {
      const { client } = scriptedClient([answer])
      const seen = await failure(() => client.directories())
      expect(seen).toMatchObject({
        code,
        facts: {
          operation: 'list directories',
          request: expect.stringMatching(/^GET \/admin\/v2\/orgs\/[^?]*$/) as unknown,
          ...facts,
        },
      })
      expect(seen.facts).not.toHaveProperty('written')
    },
  )

  it('says nothing of an object where there is a certificate it does not trust, and does not try again', async () => {
    const { client, requests } = scriptedClient([{ fails: 'SELF_SIGNED_CERT_IN_CHAIN' }])
    const { code, facts } = await failure(() => client.directories())
    expect(code).toBe('org/unreachable')
    expect(facts['cause']).toContain('SELF_SIGNED_CERT_IN_CHAIN')
    expect(requests).toHaveLength(1)
  })

  it('names the trace of an answer without an id', async () => {
    const headers = { 'x-b3-traceid': 'b3', 'atl-traceid': 'atl', 'x-other': 'no' }
    const { client } = scriptedClient([{ status: 400, json: {}, headers }])
    expect(await failure(() => client.directories())).toMatchObject({ facts: { requestId: 'atl' } })
  })

  it('keeps the text of a server to one short line', async () => {
    const title = `a\u001b[31m\nb${'x'.repeat(5000)}`
    const { client } = scriptedClient([{ status: 400, json: { errors: [{ title }] } }])
    const { facts } = await failure(() => client.directories())
    expect(facts['title']).toMatch(/^a \[31m bx{100,210}…$/)
  })

  it('needs a key without scopes for user management', async () => {
    const { client } = scriptedClient([{ status: 403, json: { message: 'no' } }])
    const seen = await failure(() => client.call('getProfile', { accountId: 'a1' }))
    expect(seen).toMatchObject({ code: 'org/missing-scope', facts: { unscopedOnly: true } })
  })

  it('says until when a retired operation answers', async () => {
    for (const status of [404, 410]) {
      const { client } = scriptedClient([{ status, json: {} }])
      const seen = await failure(() => client.call('retiredSearchUsers', {}))
      expect(seen).toMatchObject({ code: 'org/not-found', facts: { retired: '2026-06-30' } })
    }
  })
})

describe('a time-out', () => {
  it('ends a request that gets no answer, attempt by attempt', async () => {
    const { client, requests, time } = scriptedClient([{ hangs: true }])
    const waiting = failure(() => client.directories())
    for (let attempt = 0; attempt < 5; attempt++) {
      await settle()
      time.ring()
    }
    expect(await waiting).toMatchObject({ code: 'org/timeout', facts: { seconds: 30 } })
    expect(requests).toHaveLength(5)
    expect(requests.every(({ signal }) => signal?.aborted === true)).toBe(true)
  })

  it('leaves no timer behind', async () => {
    for (const answer of [{ json: { data: [] } }, { status: 400, json: {} }, { fails: 'ECONNRESET' }]) {
      const { client, time } = scriptedClient([answer])
      await attempt(() => client.directories())
      expect(time.pending()).toBe(0)
    }
  })

  it('leaves a write in doubt', async () => {
    const { client, requests, time } = scriptedClient([{ hangs: true }])
    const waiting = failure(() => client.call('createPolicy', {}, { body: {} }))
    await settle()
    time.ring()
    expect(await waiting).toMatchObject({ code: 'org/timeout', facts: { written: 'maybe' } })
    expect(requests).toHaveLength(1)
  })
})

describe('a run that is stopped', () => {
  it('sends nothing any more', async () => {
    const { client, requests, events } = scriptedClient([{ json: { data: [] } }], { signal: AbortSignal.abort() })
    expect(await failure(() => client.call('createPolicy', {}, { body: {} }))).toMatchObject({
      code: 'org/stopped',
      facts: { written: 'no' },
    })
    expect(requests).toHaveLength(0)
    expect([client.counts, events]).toEqual([{ reads: 0, writes: 0 }, []])
  })

  it('gives up what is under way and leaves it in doubt', async () => {
    const stop = new AbortController()
    const { client, requests } = scriptedClient([{ hangs: true }], { signal: stop.signal })
    const waiting = failure(() => client.call('createPolicy', {}, { body: {} }))
    await settle()
    stop.abort()
    expect(await waiting).toMatchObject({ code: 'org/stopped', facts: { written: 'maybe' } })
    expect(requests).toHaveLength(1)
  })

  it('does not wait to try again', async () => {
    const stop = new AbortController()
    const sleep = () => {
      stop.abort()
      return Promise.reject(new Error('aborted'))
    }
    const { client, requests } = scriptedClient([{ status: 503 }], { ...fakeTime(), sleep, signal: stop.signal })
    expect(await failure(() => client.directories())).toMatchObject({ code: 'org/stopped' })
    expect(requests).toHaveLength(1)
  })
})

describe('the organization', () => {
  const other = { data: [{ id: 'o2', attributes: { name: 'Other' } }] }
  it('is named with those that the key sees instead', async () => {
    for (const status of [403, 404]) {
      const { client, requests } = scriptedClient([{ status, json: {} }, { json: other }])
      expect(await failure(() => client.organization())).toMatchObject({
        code: 'org/other-organization',
        facts: { visible: [{ id: 'o2', name: 'Other' }] },
      })
      expect(requests).toHaveLength(2)
    }
  })

  it('keeps its own failure where the key sees it all the same', async () => {
    const { client } = scriptedClient([{ status: 403, json: {} }, { json: { data: [{ id: orgId }] } }])
    expect(await failure(() => client.organization())).toMatchObject({ code: 'org/missing-scope' })
  })

  it('keeps its own failure where the list fails too', async () => {
    const { client } = scriptedClient([{ status: 403, json: { acceptableScopes: ['read:orgs:admin'] } }])
    expect(await failure(() => client.organization())).toMatchObject({ code: 'org/missing-scope' })
  })

  it('is read', async () => {
    const { client } = scriptedClient([{ json: { data: { id: 'o1', type: 'orgs', attributes: { name: 'Acme' } } } }])
    expect(await client.organization()).toEqual({ id: 'o1', name: 'Acme' })
  })
})

describe('control policies', () => {
  it.each([404, 410])('that answer %d are switched off, not empty', async status => {
    const { client } = scriptedClient([{ status, json: {} }])
    expect(await failure(() => client.controlPolicies('ip-allowlist'))).toMatchObject({ code: 'org/feature-off' })
  })
})

describe('the edge', () => {
  it('hands bugs on', async () => {
    await expect(attempt(() => Promise.reject(new TypeError('a bug')))).rejects.toThrow(TypeError)
  })

  it('brings a value, or a diagnostic with words', async () => {
    expect(await attempt(() => Promise.resolve(1))).toEqual({ ok: true, value: 1, diagnostics: [] })
    const { client } = scriptedClient([{ status: 404, json: {} }])
    const { diagnostics } = await attempt(() => client.policyResources('p1'))
    expect(diagnostics.map(summaryOf)).toEqual([
      `could not list the resources of a policy: GET /admin/control/v1/orgs/${orgId}/policies/p1/resources answered 404`,
    ])
  })
})
