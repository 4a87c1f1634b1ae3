import { createHash } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a bucket was sent. */
export interface Asked {
  readonly line: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A fault of the server: a status, and a body made of all that it was sent; `reset` breaks the connection. */
export type ObjectFault =
  | 'reset'
  | {
      readonly status: number
      readonly headers?: (echo: string) => Readonly<Record<string, string>>
      readonly body: (echo: string) => string
    }

/** A bucket on loopback: it speaks as much S3 as the ledger needs. */
export interface ObjectServer {
  readonly url: string
  fault: ObjectFault | undefined
  readonly clear: () => void
  readonly close: () => Promise<void>
}

const tagOf = (text: string): string => `"${createHash('md5').update(text).digest('hex')}"`

const refusal = (code: string): string => `<?xml version="1.0"?><Error><Code>${code}</Code></Error>`

export async function startObjectServer(tell: (asked: Asked) => void): Promise<ObjectServer> {
  const objects = new Map<string, string>()

  function answer(
    method: string,
    url: URL,
    headers: IncomingHttpHeaders,
    body: string,
  ): readonly [number, string, string?] {
    const key = url.pathname.split('/').slice(2).join('/')
    if (url.searchParams.has('list-type')) {
      const prefix = url.searchParams.get('prefix') ?? ''
      const keys = [...objects.keys()].filter(each => each.startsWith(prefix)).sort()
      return [
        200,
        `<ListBucketResult>${keys.map(each => `<Contents><Key>${each}</Key></Contents>`).join('')}</ListBucketResult>`,
      ]
    }
    const before = objects.get(key)
    if (method === 'GET') return before === undefined ? [404, refusal('NoSuchKey')] : [200, before, tagOf(before)]
    const tag = headers['if-match']
    const holds = headers['if-none-match'] === undefined || before === undefined
    if (
      !holds ||
      (tag !== undefined && (before === undefined || tag.replaceAll('"', '') !== tagOf(before).replaceAll('"', '')))
    )
      return [412, refusal('PreconditionFailed')]
    objects.set(key, body)
    return [200, '', tagOf(body)]
  }

  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk))
    request.on('end', () => {
      const { method = '', url = '/', headers } = request
      tell({ line: `${method} ${url}`, headers, body })
      if (started.fault === 'reset') return void request.socket.destroy()
      if (started.fault !== undefined) {
        const echo = `${headers.authorization ?? ''} ${String(headers['x-amz-security-token'])}`
        const { status, headers: sent, body: page } = started.fault
        response.writeHead(status, { 'content-type': 'application/xml', ...sent?.(echo) }).end(page(echo))
        return
      }
      const [status, text, tag] = answer(method, new URL(url, started.url), headers, body)
      response.writeHead(status, tag === undefined ? {} : { etag: tag }).end(text)
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const started: ObjectServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    fault: undefined,
    clear: () => objects.clear(),
    close: async () => {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
  return started
}
