import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import { onTestFinished } from 'vitest'

/** What happens to one request instead of, or after, what it asks for. */
export type S3Fault =
  /** This answer, with the error code that S3 would name. */
  | { readonly status: number; readonly code?: string; readonly body?: string }
  /** The connection breaks: before anything is done, or when all is done and only the answer is missing. */
  | 'reset-before'
  | 'reset-after'

export interface FakeS3 {
  readonly endpoint: string
  readonly objects: Map<string, { readonly text: string; readonly tag: string }>
  /** Method and path of each request that came. */
  readonly requests: string[]
}

interface Answer {
  readonly status: number
  readonly body: string
  readonly tag?: string
}

/** As much of S3 as a ledger needs, on this machine, in one bucket, with a fault for each request that is to have one. */
export async function fakeS3(
  fault: (method: string, key: string, count: number) => S3Fault | undefined,
): Promise<FakeS3> {
  const objects: FakeS3['objects'] = new Map()
  const requests: string[] = []
  const counts = new Map<string, number>()
  let tags = 0

  const refusal = (status: number, code: string): Answer => ({
    status,
    body: `<Error><Code>${code}</Code><Message>secret-in-message</Message></Error>`,
  })

  function answerTo(method: string, url: string, headers: IncomingHttpHeaders, text: string): Answer | 'none' {
    const key = decodeURIComponent(new URL(url, 'http://localhost').pathname).replace(/^\/[^/]*\//, '')
    const name = `${method} ${key}`
    requests.push(name)
    const count = (counts.get(name) ?? 0) + 1
    counts.set(name, count)
    const wrong = fault(method, key, count)
    if (wrong === 'reset-before') return 'none'
    if (typeof wrong === 'object')
      return wrong.body === undefined
        ? refusal(wrong.status, wrong.code ?? 'InternalError')
        : { ...wrong, body: wrong.body }
    const found = objects.get(key)
    if (method === 'GET' && url.includes('list-type'))
      return { status: 200, body: '<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>' }
    if (method === 'GET')
      return found === undefined ? refusal(404, 'NoSuchKey') : { status: 200, body: found.text, tag: found.tag }
    const { 'if-none-match': absent, 'if-match': tag } = headers
    if ((absent === '*' && found !== undefined) || (tag !== undefined && tag !== found?.tag))
      return refusal(412, 'PreconditionFailed')
    objects.set(key, { text, tag: String(++tags) })
    return wrong === 'reset-after' ? 'none' : { status: 200, body: '', tag: String(tags) }
  }

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = answerTo(request.method ?? '', request.url ?? '', request.headers, await textOf(request))
    if (answer === 'none') {
      request.socket.destroy()
      return
    }
    const { status, body, tag } = answer
    response.writeHead(status, { ...(tag !== undefined && { ETag: `"${tag}"` }), 'Content-Type': 'application/xml' })
    response.end(body)
  }

  const server = createServer((request, response) => void respond(request, response))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return { endpoint: `http://127.0.0.1:${port}`, objects, requests }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}
