import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { diagnostic } from '../diagnostics/diagnostic.ts'
import { clockTolerance } from '../evidence/field-state.ts'
import { failed, outcome, type Outcome } from '../diagnostics/outcome.ts'

export interface WatchServerOptions {
  /** Loopback by default: what it tells is for whoever may reach it. */
  readonly host?: string
  /** 0 takes a free one. */
  readonly port: number
  /** The text of /metrics. */
  readonly metrics: () => string
  /** Whether the loop goes on. */
  readonly alive: () => boolean
  readonly lastCheck: () => LastCheck | undefined
  /** How old the last check may be. */
  readonly maxAgeMilliseconds: number
  readonly now: () => Date
}

/** How the last check went. */
export interface LastCheck {
  /** When it began. */
  readonly at: Date
  readonly result: 'complete' | 'partial' | 'failed'
}

export interface WatchServer {
  /** `http://127.0.0.1:9464`, without a path. */
  readonly url: string
  /** Ends all connections at once. Closing twice is no error. */
  readonly close: () => Promise<void>
}

const loopback = '127.0.0.1'

/** Tells monitoring how the loop is: /metrics, /healthz and /readyz, to be read only. */
export async function serveWatch(options: WatchServerOptions): Promise<Outcome<WatchServer>> {
  const { host: given = '', port } = options
  // Node.js takes an empty address for all addresses of the machine.
  const host = given === '' ? loopback : given
  // Requests here are a few lines: whoever takes longer over one only holds a connection.
  const limits = { requestTimeout: 10_000, headersTimeout: 10_000, maxHeaderSize: 8192 }
  const server = createServer(limits, (request, response) => {
    respond(request, response, answerTo(request, options))
  })
  try {
    await listening(server, port, host)
  } catch (error) {
    return failed(diagnostic('watch/cannot-listen', { host, port, why: listenReason(error) }))
  }
  const { port: taken } = server.address() as AddressInfo
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${taken}`
  return outcome({ url, close: () => closed(server) }, [])
}

interface Answer {
  readonly status: number
  readonly text: string
  readonly headers?: Readonly<Record<string, string>>
}

function answerTo({ method, url = '' }: IncomingMessage, options: WatchServerOptions): Answer {
  if (method !== 'GET' && method !== 'HEAD')
    // What else such a request brings is not waited for.
    return { status: 405, text: 'only GET and HEAD\n', headers: { Allow: 'GET, HEAD', Connection: 'close' } }
  switch (url.split('?')[0]) {
    case '/metrics':
      return metricsAnswer(options)
    case '/healthz':
      return options.alive() ? { status: 200, text: 'ok\n' } : { status: 503, text: 'the loop has ended\n' }
    case '/readyz': {
      const why = unready(options)
      return why === undefined ? { status: 200, text: 'ok\n' } : { status: 503, text: `${why}\n` }
    }
    default:
      return { status: 404, text: 'not found\n' }
  }
}

function metricsAnswer({ metrics }: WatchServerOptions): Answer {
  try {
    // The version is that of the format.
    return { status: 200, text: metrics(), headers: { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' } }
  } catch {
    // A fault here must not end the loop of checks.
    return { status: 500, text: 'the metrics could not be made\n' }
  }
}

/** Why the last check is nothing to rely on. */
function unready({ lastCheck, maxAgeMilliseconds, now }: WatchServerOptions): string | undefined {
  const last = lastCheck()
  if (last === undefined) return 'no check was done yet'
  const at = last.at.toISOString()
  if (last.result === 'failed') return `the last check, at ${at}, failed`
  if (last.result === 'partial') return `the last check, at ${at}, is not complete`
  const age = now().getTime() - last.at.getTime()
  if (age > maxAgeMilliseconds) return `the last check, at ${at}, is too old`
  // A time from the future is no proof that a check ran.
  return age < -clockTolerance ? `the last check, at ${at}, is from the future: the clock was set back` : undefined
}

function respond({ method }: IncomingMessage, response: ServerResponse, { status, text, headers }: Answer): void {
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    ...headers,
  })
  response.end(method === 'HEAD' ? undefined : text)
}

const listening = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'something else listens there',
  EACCES: 'permission denied',
  EADDRNOTAVAIL: 'it is no address of this machine',
  ENOTFOUND: 'no such host',
  ERR_SOCKET_BAD_PORT: 'a port is a number from 0 to 65535',
}

function listenReason(error: unknown): string {
  const { code = 'unknown reason' } = error as NodeJS.ErrnoException
  return reasons[code] ?? code
}

const closed = (server: Server): Promise<void> =>
  new Promise(resolve => {
    server.close(() => resolve())
    // Answers are written in one go, so that a connection still open is idle, or sends a request that is not waited for.
    server.closeAllConnections()
  })
