import type { Agent, Dispatcher, request as undiciRequest } from 'undici'
import type { Transport } from './transport.ts'

/** Where a connection is kept between pages of a listing. */
const keepAliveMilliseconds = 30_000

/** No answer of the API comes near this; a larger one would only fill memory. */
const largestAnswer = 64 * 1024 * 1024

/** The transport of the installed program: undici with kept connections, loaded at the first request. */
export function undiciTransport(): Transport {
  let agent: Promise<{ agent: Agent; request: typeof undiciRequest }> | undefined
  const load = () =>
    (agent ??= import('./undici-parts.ts').then(({ Agent, request }) => ({
      agent: new Agent({
        keepAliveTimeout: keepAliveMilliseconds,
        maxResponseSize: largestAnswer,
        // Else NODE_TLS_REJECT_UNAUTHORIZED=0 would hand the key to whoever answers. NODE_EXTRA_CA_CERTS is the way to trust a proxy.
        connect: { rejectUnauthorized: true },
      }),
      request,
    })))
  const transport: Transport = async ({ method, url, headers, body, signal }) => {
    const { agent, request } = await load()
    const answer = await request(url, {
      method,
      headers,
      body: body ?? null,
      signal: signal ?? null,
      dispatcher: agent,
    })
    return { status: answer.statusCode, headers: flat(answer.headers), body: await answer.body.text() }
  }
  return Object.assign(transport, {
    close: async () => {
      if (agent !== undefined) await (await agent).agent.close()
    },
  })
}

const flat = (headers: Dispatcher.ResponseData['headers']): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  )
