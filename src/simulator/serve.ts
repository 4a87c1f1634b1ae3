import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { isConnectionReset, resetError } from './connection.ts'

type AnswerRequest = (request: Request) => Promise<Response>

/** Where a simulator can be reached, and how that ends. */
export interface Connection {
  readonly url: string
  readonly close: () => Promise<void>
}

/** Nobody listens there: the address of a simulator that is used in process only. */
const nowhere = 'http://127.0.0.1:0'

/** Listens on loopback, unless it shall not listen. */
export async function connectionOf(
  answer: AnswerRequest,
  { listen = true, port = 0 }: { readonly listen?: boolean; readonly port?: number },
): Promise<Connection> {
  if (!listen) return { url: nowhere, close: () => Promise.resolve() }
  const onRequest = getRequestListener(
    async (request, { incoming }) => {
      const response = await answer(request)
      if (!isConnectionReset(response)) return response
      ;(incoming as IncomingMessage).socket.destroy()
      return RESPONSE_ALREADY_SENT
    },
    { overrideGlobalObjects: false },
  )
  const server = createServer((incoming, outgoing) => void onRequest(incoming, outgoing))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => closed(server) }
}

const closed = (server: Server): Promise<void> =>
  new Promise(resolve => {
    // Closing twice is no error to the caller.
    server.close(() => resolve())
    server.closeAllConnections()
  })

/** A `fetch` that needs no socket. */
export function inProcess(
  answer: AnswerRequest,
  url: string,
): (request: Request | string | URL, init?: RequestInit) => Promise<Response> {
  return async (input, init) => {
    const request = new Request(input instanceof Request ? input : new URL(input, url), init)
    request.signal.throwIfAborted()
    const aborted = new Promise<never>((_, reject) => {
      request.signal.addEventListener('abort', () => reject(request.signal.reason as Error))
    })
    const response = await Promise.race([answer(request), aborted])
    if (isConnectionReset(response)) throw resetError()
    return response
  }
}
