import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { wording } from '../../src/diagnostics/catalogue.ts'
import { createClient } from '../../src/org/client.ts'
import { OrgError } from '../../src/org/org-error.ts'
import { apiKey, failure, orgId, scripted, scriptedClient, type Answer } from './scripted.ts'

const everything = (value: unknown): string =>
  [inspect(value, { depth: 20, showHidden: true, getters: true }), String(value), JSON.stringify(value)].join('\n')

describe('the key', () => {
  it('is sent as a bearer token and nowhere else', async () => {
    const { client, requests } = scriptedClient([{ json: { data: [] } }])
    await client.directories()
    const [request] = requests
    expect(request?.headers['authorization']).toBe(`Bearer ${apiKey}`)
    expect(everything({ ...request, headers: { ...request?.headers, authorization: '' } })).not.toContain(apiKey)
  })

  const echo = `Bearer ${apiKey}`
  const answers: readonly Answer[] = [
    { status: 401, json: { message: echo } },
    { status: 400, json: { errors: [{ id: echo, code: echo, title: echo, detail: echo }] } },
    { status: 403, json: { acceptableScopes: [echo] } },
    { status: 404, text: `<html>${echo}</html>` },
    { status: 400, text: `{"message":"${echo.replaceAll('=', '\\u003d')}"}` },
    { status: 302, headers: { location: `https://proxy.example/?echo=${echo}` } },
    { status: 500, json: {}, headers: { 'x-trace': echo } },
    { text: echo },
    { json: { message: echo, id: echo, title: echo }, headers: { 'atl-traceid': echo } },
    { fails: 'ECONNRESET' },
    { fails: apiKey },
    { hangs: true },
  ]
  it.each(answers)('is in no error and no event after %o', async answer => {
    const stop = new AbortController()
    const { client, events } = scriptedClient([answer], { ...(answer.hangs && { signal: stop.signal }) })
    const error: unknown = await new Promise(resolve => {
      client.directories().catch(resolve)
      if (answer.hangs === true) setImmediate(() => stop.abort())
    })
    expect(error).toBeInstanceOf(OrgError)
    const { code, facts } = (error as OrgError).diagnostic
    const words = (wording[code] as (facts: unknown) => object)(facts)
    for (const seen of [error, (error as OrgError).stack, words, events]) {
      expect(everything(seen).toLowerCase()).not.toContain(apiKey.replace('=', '').toLowerCase())
    }
  })

  it('does not show in the client', async () => {
    const { client } = scriptedClient([{ json: { data: [] } }])
    await client.directories()
    expect(everything(client)).not.toContain(apiKey)
    expect(everything(Object.values(client))).not.toContain(apiKey)
  })

  it.each([
    ['', 'org/no-key'],
    ['  \n', 'org/no-key'],
    ['a b', 'org/bad-key'],
    ['a\r\nx-evil: 1', 'org/bad-key'],
    ['schlüssel', 'org/bad-key'],
  ])('“%s” cannot be used: %s', async (key, code) => {
    const seen = await failure(() => Promise.resolve().then(() => scriptedClient([], { apiKey: key })))
    expect(seen).toEqual({ code, facts: {} })
  })

  it('may end with a line break, as a file does', async () => {
    const { client, requests } = scriptedClient([{ json: { data: [] } }], { apiKey: `${apiKey}\n` })
    await client.directories()
    expect(requests[0]?.headers['authorization']).toBe(`Bearer ${apiKey}`)
  })
})

describe('the address', () => {
  const create = (apiUrl: string) =>
    createClient({ apiUrl, apiKey, orgId, readOnly: true, transport: scripted([]).transport })

  it.each([
    'https://api.atlassian.com',
    'https://api.atlassian.com/',
    'https://proxy.acme.example:8443',
    'http://localhost:1234',
    'http://127.0.0.1:1234',
    'http://127.9.9.9',
    'http://[::1]:1234',
    'http://2130706433/',
  ])('%s may be used', apiUrl => expect(() => create(apiUrl)).not.toThrow())

  it.each([
    'api.atlassian.com',
    '',
    'http://api.atlassian.com',
    'http://127.0.0.1.evil.example',
    'http://localhost.evil.example',
    'http://10.0.0.1',
    'http://[::2]',
    'ftp://localhost',
    'file:///etc/passwd',
    'https://api.atlassian.com/admin',
    'https://api.atlassian.com/?x=y',
    'https://api.atlassian.com/#x',
  ])('%s may not', async apiUrl => {
    expect(await failure(() => Promise.resolve().then(() => create(apiUrl)))).toMatchObject({ code: 'org/bad-url' })
  })

  it('does not show a password in it', async () => {
    const seen = await failure(() => Promise.resolve().then(() => create('https://me:s3cret@api.atlassian.com')))
    expect(seen.code).toBe('org/bad-url')
    expect(JSON.stringify(seen)).not.toContain('s3cret')
  })
})
