import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

interface StoredBytes {
  readonly bytes: Buffer
  readonly tag: string
}

type Answer = readonly [status: number, body?: Buffer | string, tag?: string]

const plain = (tag = ''): string => tag.replaceAll('"', '')
const fail = (status: number, code: string): Answer => [
  status,
  `<?xml version="1.0"?><Error><Code>${code}</Code></Error>`,
]

/** A bucket on loopback that keeps bytes: as much of S3 as a function needs. Keys with a part of `refused` in them are denied. */
export async function startObjectStore() {
  const objects = new Map<string, StoredBytes>()
  const refused = new Set<string>()
  const asked = new Map<string, number>()
  let writes = 0
  const put = (key: string, bytes: Buffer): string => {
    const tag = `"${(writes += 1)}"`
    objects.set(key, { bytes, tag })
    return tag
  }

  function answer({ method, headers }: IncomingMessage, url: URL, body: Buffer): Answer {
    const key = decodeURIComponent(url.pathname.split('/').slice(2).join('/'))
    if ([...refused].some(part => key.includes(part))) return fail(403, 'AccessDenied')
    if (url.searchParams.has('list-type')) {
      const prefix = url.searchParams.get('prefix') ?? ''
      const keys = [...objects.keys()].filter(each => each.startsWith(prefix)).sort()
      return [
        200,
        `<ListBucketResult>${keys.map(each => `<Contents><Key>${each}</Key></Contents>`).join('')}</ListBucketResult>`,
      ]
    }
    const before = objects.get(key)
    if (method === 'GET') return before === undefined ? fail(404, 'NoSuchKey') : [200, before.bytes, before.tag]
    const { 'if-match': match, 'if-none-match': none } = headers
    const holds = none === undefined || before === undefined
    if (!holds || (match !== undefined && plain(match) !== plain(before?.tag))) return fail(412, 'PreconditionFailed')
    return [200, '', put(key, body)]
  }

  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://localhost')
      const kind = url.searchParams.has('list-type') ? 'LIST' : (request.method ?? '')
      asked.set(kind, (asked.get(kind) ?? 0) + 1)
      const [status, body = '', tag] = answer(request, url, Buffer.concat(chunks))
      response.writeHead(status, tag === undefined ? {} : { etag: tag }).end(body)
    })
  })
  await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', () => resolve()))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    put,
    keys: () => [...objects.keys()],
    text: () => [...objects.values()].map(({ bytes }) => bytes.toString('latin1')).join('\n'),
    refused,
    /** How many requests of each kind came. */
    asked,
    close: async () => {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}
