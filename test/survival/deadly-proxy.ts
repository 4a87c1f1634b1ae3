import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Simulator } from '../../src/simulator/index.ts'

/** When a process dies: before a request is carried out, when it was and the answer is not there yet, or when it was answered. */
export type Moment = (typeof moments)[number]

export const moments = ['before', 'during', 'after'] as const

/** What happens to one request besides being answered. */
export interface Strike {
  /** Counted from 1 over all requests. */
  readonly request: number
  readonly moment: Moment
  readonly kill: () => void
}

/** A proxy before a simulator: it counts requests, and may do something at one of them. */
export interface DeadlyProxy {
  readonly url: string
  /** Requests so far. */
  readonly count: number
  readonly strike: (strike: Strike | undefined) => void
  /** Whether the strike has happened. */
  readonly struck: boolean
  /** Does this before each request is carried out. */
  onRequest: ((method: string, path: string) => Promise<void> | void) | undefined
  /** Resolves when nothing is under way. */
  readonly idle: () => Promise<void>
  readonly close: () => Promise<void>
}

/** Starts a proxy on a free port of loopback. `passing` is told of each request that is carried out. */
export async function deadlyProxy(
  simulator: Pick<Simulator, 'fetch'>,
  passing?: (path: string) => void,
): Promise<DeadlyProxy> {
  let count = 0
  let struck = false
  let next: Strike | undefined
  const underWay = new Set<Promise<void>>()

  async function pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const number = ++count
    const strike = next?.request === number ? next : undefined
    const kill = (): void => {
      struck = true
      strike?.kill()
    }
    const body = await bodyOf(incoming)
    const { method = 'GET', url = '/' } = incoming
    if (strike?.moment === 'before') {
      kill()
      incoming.socket.destroy()
      return
    }
    await proxy.onRequest?.(method, url)
    passing?.(url)
    const answer = await answered(simulator, { method, url, headers: incoming.headers, body })
    if (strike?.moment === 'during' || answer === undefined) {
      if (strike !== undefined) kill()
      incoming.socket.destroy()
      return
    }
    // Nobody waits for it any more.
    if (incoming.socket.destroyed) return
    outgoing.writeHead(answer.status, answer.headers)
    await new Promise<void>(delivered => {
      outgoing.once('close', delivered)
      outgoing.end(answer.body, delivered)
    })
    if (strike === undefined) return
    // At once, or a little later, when the answer is being written down.
    if (number % 3 > 0) await new Promise(later => setTimeout(later, number % 3))
    kill()
  }

  const server = createServer((incoming, outgoing) => {
    const work = pass(incoming, outgoing).catch(() => void incoming.socket.destroy())
    underWay.add(work)
    void work.then(() => underWay.delete(work))
  })
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
  const proxy: DeadlyProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get count() {
      return count
    },
    get struck() {
      return struck
    },
    strike: strike => {
      next = strike
      struck = false
      count = 0
    },
    onRequest: undefined,
    idle: async () => {
      while (underWay.size > 0) await Promise.all(underWay)
    },
    close: () =>
      new Promise(closed => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
  return proxy
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

/** The answer of the simulator; undefined where the connection broke. */
async function answered(
  simulator: Pick<Simulator, 'fetch'>,
  request: {
    readonly method: string
    readonly url: string
    readonly headers: IncomingMessage['headers']
    readonly body: Buffer
  },
): Promise<{ status: number; headers: Record<string, string>; body: Buffer } | undefined> {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers))
    if (typeof value === 'string' && !/^(host|connection|content-length|transfer-encoding)$/.test(name))
      headers.set(name, value)
  try {
    const response = await simulator.fetch(request.url, {
      method: request.method,
      headers,
      ...(request.body.length > 0 && { body: new Uint8Array(request.body) }),
    })
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    }
  } catch {
    return undefined
  }
}
