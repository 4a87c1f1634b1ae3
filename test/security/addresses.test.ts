import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { consoleAddress } from '../../src/operations/console-address.ts'
import { postWebhook } from '../../src/operations/webhook.ts'
import { createClient } from '../../src/org/client.ts'
import { fetchTransport } from '../../src/org/fetch-transport.ts'
import type { Transport } from '../../src/org/transport.ts'
import { undiciTransport } from '../../src/org/undici-transport.ts'
import { failure, fakeTime, orgId } from '../org/scripted.ts'
import { marks } from './marks.ts'

interface Seen {
  readonly url: string
  readonly headers: IncomingHttpHeaders
}

const servers: Server[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
  }
})

async function listening(server: Server, host = '127.0.0.1'): Promise<number> {
  servers.push(server)
  await new Promise<void>(resolve => server.listen(0, host, resolve))
  return (server.address() as AddressInfo).port
}

const serve = (listener: RequestListener): Promise<number> => listening(createServer(listener))

const apiKey = marks.apiKey.text
const clientOf = (apiUrl: string, transport: Transport) =>
  createClient({ apiUrl, apiKey, orgId, readOnly: true, transport, ...fakeTime() })

/** Where a redirect may lead: another port, another name of this machine, the same server without the scheme, and far away. */
const targets = [
  'http://127.0.0.1:PORT/x',
  'http://localhost:PORT/x',
  '//127.0.0.1:PORT/x',
  'https://evil.example/x',
  'http://api.atlassian.com/x',
  '/x',
]

describe.each([
  ['undici', undiciTransport],
  ['fetch', () => fetchTransport(fetch)],
])('with the key, over %s', (_, create) => {
  describe.each([301, 302, 303, 307, 308])('%d', status => {
    it.each(targets)('to %s is not followed', async target => {
      const seen: Seen[] = []
      const note: RequestListener = ({ url = '', headers }, response) => {
        seen.push({ url, headers })
        response.end('{"data":[]}')
      }
      const other = await serve(note)
      let requests = 0
      const port = await serve((_, response) => {
        requests++
        response.writeHead(status, { location: target.replace('PORT', String(other)), refresh: '0; url=/x' }).end()
      })
      const transport = create()
      const client = clientOf(`http://127.0.0.1:${port}`, transport)
      expect(await failure(() => client.directories())).toMatchObject({ code: 'org/redirected' })
      expect([requests, seen]).toEqual([1, []])
      await client.close()
    })
  })
})

describe('the webhook', () => {
  it.each([301, 302, 303, 307, 308])('%d is not followed to another host', async status => {
    let elsewhere = 0
    const other = await serve((_, response) => {
      elsewhere++
      response.end()
    })
    const port = await serve((_, response) => {
      response.writeHead(status, { location: `http://localhost:${other}/` }).end()
    })
    const { ok } = await postWebhook({
      url: `http://127.0.0.1:${port}/hook`,
      secret: marks.webhook.text,
      body: '{}',
      send: fetch,
      now: () => new Date(0),
      sleep: () => Promise.resolve(),
      random: () => 0,
      attempts: 2,
    })
    expect([ok, elsewhere]).toEqual([false, 0])
  })
})

describe('a certificate that nobody vouches for', () => {
  const folder = mkdtempSync(join(tmpdir(), 'postern-tls-'))
  const file = (name: string): string => join(folder, name)
  // Made now and thrown away: no key of a certificate is kept among the tests.
  const made = spawnSync('openssl', [
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'],
    ...['-addext', 'subjectAltName=DNS:localhost', '-keyout', file('key.pem'), '-out', file('cert.pem')],
  ])
  const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED']
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  afterEach(() => {
    if (before === undefined) Reflect.deleteProperty(process.env, 'NODE_TLS_REJECT_UNAUTHORIZED')
    else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before
  })

  it.skipIf(made.status !== 0).each([undefined, '0'])(
    'is refused, with NODE_TLS_REJECT_UNAUTHORIZED=%s too',
    async setting => {
      if (setting !== undefined) process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = setting
      let requests = 0
      const port = await listening(
        createSecureServer(
          { key: readFileSync(file('key.pem')), cert: readFileSync(file('cert.pem')) },
          (_, response) => {
            requests++
            response.end('{"data":[]}')
          },
        ),
        'localhost',
      )
      const client = clientOf(`https://localhost:${port}`, undiciTransport())
      expect(await failure(() => client.directories())).toMatchObject({
        code: 'org/unreachable',
        facts: { cause: expect.stringContaining('certificate is not trusted') as string },
      })
      expect(requests).toBe(0)
      await client.close()
    },
  )
})

describe('the address of the console, which people click', () => {
  it.each([
    ['https://admin.atlassian.com', 'https://admin.atlassian.com'],
    ['https://admin.atlassian.com/', 'https://admin.atlassian.com'],
    ['http://127.0.0.1:8080/console', 'http://127.0.0.1:8080/console'],
    ['http://localhost:8080/console//', 'http://localhost:8080/console'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
  ])('%s may be used', (text, expected) => expect(consoleAddress(text)).toMatchObject({ ok: true, value: expected }))

  it.each([
    '',
    'admin.atlassian.com',
    'http://admin.atlassian.com',
    'http://10.0.0.1',
    'http://127.0.0.1.evil.example',
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'https://admin.atlassian.com/ x',
    'https://admin.atlassian.com/\u001b[31m',
    `https://me:${apiKey}@admin.atlassian.com`,
    `https://${apiKey}@admin.atlassian.com`,
    `https://admin.atlassian.com/?${apiKey}`,
    `https://admin.atlassian.com/#${apiKey}`,
    apiKey,
  ])('%s may not, and no secret in it is repeated', text => {
    const { ok, diagnostics } = consoleAddress(text)
    expect([ok, diagnostics.map(({ code }) => code)]).toEqual([false, ['org/bad-url']])
    expect(JSON.stringify(diagnostics)).not.toContain(apiKey)
  })
})
