import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createClient } from '../../src/org/client.ts'
import { fetchTransport } from '../../src/org/fetch-transport.ts'
import type { Transport } from '../../src/org/transport.ts'
import { undiciTransport } from '../../src/org/undici-transport.ts'
import { apiKey, failure, fakeTime, orgId } from './scripted.ts'

const servers: Server[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
  }
})

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const clientOf = (apiUrl: string, transport: Transport) =>
  createClient({ apiUrl, apiKey, orgId, readOnly: false, transport, ...fakeTime() })

describe.each([
  ['undici', undiciTransport],
  ['fetch', () => fetchTransport(fetch)],
])('the transport over %s', (_, create) => {
  it('carries requests and answers', async () => {
    const seen: string[] = []
    const url = await serve((request, response) => {
      let body = ''
      request.on('data', chunk => (body += String(chunk)))
      request.on('end', () => {
        seen.push(`${request.method ?? ''} ${request.url ?? ''} ${request.headers['content-type'] ?? ''} ${body}`)
        response.setHeader('content-type', 'application/json').end('[{"email":"jo@acme.com","policyId":"p1"}]')
      })
    })
    const client = clientOf(url, create())
    expect(await client.accountPolicies(['a1'])).toEqual([{ email: 'jo@acme.com', policyId: 'p1' }])
    expect(seen).toEqual([
      `POST /admin/control/v1/orgs/${orgId}/users/auth-policies/bulk-fetch application/json {"accountIds":["a1"]}`,
    ])
    await client.close()
  })

  it('does not follow a redirect', async () => {
    let requests = 0
    const url = await serve((_, response) => {
      requests += 1
      response.writeHead(307, { location: '/elsewhere' }).end()
    })
    const client = clientOf(url, create())
    expect(await failure(() => client.directories())).toMatchObject({ code: 'org/redirected' })
    expect(requests).toBe(1)
    await client.close()
  })

  it('tells a reset, which may have been heard, from a refused connection', async () => {
    const url = await serve(request => request.socket.destroy())
    const reset = clientOf(url, create())
    const write = (client: typeof reset) => failure(() => client.call('createPolicy', {}, { body: {} }))
    expect(await write(reset)).toMatchObject({ code: 'org/unreachable', facts: { written: 'maybe' } })
    await reset.close()
    const gone = await serve(() => undefined)
    const server = servers.pop()
    await new Promise(resolve => server?.close(resolve))
    const refused = clientOf(gone, create())
    expect(await write(refused)).toMatchObject({
      code: 'org/unreachable',
      facts: { written: 'no', cause: 'connection refused' },
    })
    await refused.close()
  })

  it('takes an answer that was cut off for no answer', async () => {
    const url = await serve((request, response) => {
      response.writeHead(200, { 'content-length': '1000' })
      response.write('{"data":[', () => request.socket.destroy())
    })
    const client = clientOf(url, create())
    expect(await failure(() => client.directories())).toMatchObject({ code: 'org/unreachable' })
    await client.close()
  })
})

describe('the transport over a fetch in this process', () => {
  it('hands it whole requests', async () => {
    const transport = fetchTransport(async request =>
      Response.json({ data: [{ directoryId: new URL(request.url).pathname, name: await request.text() }] }),
    )
    const client = clientOf('https://api.atlassian.com', transport)
    expect(await client.directories()).toEqual([
      { directoryId: `/admin/v2/orgs/${orgId}/directories`, name: `/admin/v2/orgs/${orgId}/directories` },
    ])
  })
})
