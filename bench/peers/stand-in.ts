// Stands in for the Auth0 Management API (https://auth0.com/docs/api/management/v2), as far as the deploy CLI asks for it where only resource servers are managed.
// Started by rows/plan-policies.ts; says when it is ready, and ends with the one who started it. It speaks TLS because the deploy CLI speaks nothing else.
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { generate } from 'selfsigned'

const [certificate = '', entities = '', latency = ''] = process.argv.slice(2)

const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
  extensions: [
    { name: 'basicConstraints', cA: true },
    { name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] },
  ],
})
writeFileSync(certificate, cert)

/** A resource server as it is: the documents want another `token_lifetime` of some. */
const resourceServers = Array.from({ length: Number(entities) }, (_, index) => ({
  id: `rs_${index}`,
  name: `Service ${index}`,
  identifier: `https://service-${index}.acme.com`,
  scopes: [{ value: 'read', description: 'Reads' }],
  signing_alg: 'RS256',
  token_lifetime: 86_400,
  allow_offline_access: false,
}))

/** A page of a listing, numbered from 0. */
function page(name: string, items: readonly object[], query: URLSearchParams): object {
  const limit = Number(query.get('per_page') ?? 50)
  const first = Number(query.get('page') ?? 0) * limit
  return { [name]: items.slice(first, first + limit), start: first, limit, total: items.length }
}

const server = createServer({ cert, key }, (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '', 'https://localhost')
  const body =
    pathname === '/api/v2/resource-servers'
      ? page('resource_servers', resourceServers, searchParams)
      : pathname === '/api/v2/clients'
        ? page('clients', [], searchParams)
        : undefined
  setTimeout(() => {
    response.writeHead(request.method === 'GET' && body !== undefined ? 200 : 404, {
      'content-type': 'application/json',
    })
    response.end(
      JSON.stringify(body ?? { statusCode: 404, error: 'Not Found', message: 'the stand-in has no such thing' }),
    )
  }, Number(latency))
})
process.once('disconnect', () => process.exit())
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }))
