import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { wordsOf } from '../../src/diagnostics/to-document.ts'
import {
  serveWatch,
  type LastCheck,
  type WatchServer,
  type WatchServerOptions,
} from '../../src/operations/watch-server.ts'
import { valueOf } from './start.ts'

const minute = 60_000
const now = new Date('2026-11-24T12:00:00Z')
const ago = (minutes: number): Date => new Date(now.getTime() - minutes * minute)
const complete: LastCheck = { at: ago(5), result: 'complete' }
const text = '# HELP a b\n# TYPE a gauge\na{name="é"} 1\n'

const open: WatchServer[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map(server => server.close()))
})

const listen = (changes: Partial<WatchServerOptions> = {}) =>
  serveWatch({
    port: 0,
    metrics: () => text,
    alive: () => true,
    lastCheck: () => complete,
    maxAgeMilliseconds: 45 * minute,
    now: () => now,
    ...changes,
  })

async function start(changes?: Partial<WatchServerOptions>): Promise<WatchServer> {
  const server = valueOf(await listen(changes))
  open.push(server)
  return server
}

interface Answer {
  readonly status: number | undefined
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** Asks without `fetch`, which refuses some methods and hides some headers. */
const ask = ({ url }: WatchServer, path: string, method = 'GET'): Promise<Answer> =>
  new Promise((resolve, reject) => {
    httpRequest(url, { method, path, agent: false }, response => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (part: string) => (body += part))
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body }))
    })
      .on('error', reject)
      .end()
  })

describe('what the server answers', () => {
  it('/metrics: the text as it is given now, in the type of its format', async () => {
    let scrapes = 0
    const server = await start({ metrics: () => `${text}scrapes ${++scrapes}\n` })
    await ask(server, '/metrics')
    const { status, headers, body } = await ask(server, '/metrics')
    expect([status, body]).toEqual([200, `${text}scrapes 2\n`])
    expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8')
  })

  it('/metrics: a fault there ends neither the server nor the loop, and tells nothing', async () => {
    const server = await start({
      metrics: () => {
        throw new Error('secret')
      },
    })
    expect(await ask(server, '/metrics')).toMatchObject({ status: 500, body: 'the metrics could not be made\n' })
    expect((await ask(server, '/healthz')).status).toBe(200)
  })

  it.each([
    [true, 200, 'ok\n'],
    [false, 503, 'the loop has ended\n'],
  ])('/healthz: the loop lives: %s', async (alive, status, body) => {
    // Whatever the last check was: a loop that fails is not helped by being started anew.
    const server = await start({ alive: () => alive, lastCheck: () => ({ at: ago(999), result: 'failed' }) })
    expect(await ask(server, '/healthz')).toMatchObject({ status, body })
  })

  const cases: readonly (readonly [LastCheck | undefined, string | undefined])[] = [
    [complete, undefined],
    [{ at: ago(45), result: 'complete' }, undefined],
    [{ at: ago(-5), result: 'complete' }, undefined],
    [undefined, 'no check was done yet'],
    [{ at: ago(46), result: 'complete' }, 'the last check, at 2026-11-24T11:14:00.000Z, is too old'],
    [{ at: ago(5), result: 'partial' }, 'the last check, at 2026-11-24T11:55:00.000Z, is not complete'],
    [{ at: ago(5), result: 'failed' }, 'the last check, at 2026-11-24T11:55:00.000Z, failed'],
    [
      { at: ago(-6), result: 'complete' },
      'the last check, at 2026-11-24T12:06:00.000Z, is from the future: the clock was set back',
    ],
  ]
  it.each(cases)('/readyz: %o: %s', async (last, why) => {
    const server = await start({ lastCheck: () => last })
    const expected = why === undefined ? { status: 200, body: 'ok\n' } : { status: 503, body: `${why}\n` }
    expect(await ask(server, '/readyz')).toMatchObject(expected)
  })

  it.each([
    '/',
    '/metrics/',
    '/METRICS',
    '//metrics',
    '/healthz/..',
    '/metrics%2f',
    '/readyz.json',
    '/favicon.ico',
    '*',
  ])('nothing else: %s', async path => {
    expect(await ask(await start(), path)).toMatchObject({ status: 404, body: 'not found\n' })
  })

  it('the same with a query', async () => {
    expect(await ask(await start(), '/metrics?x=/nothing')).toMatchObject({ status: 200, body: text })
  })

  it.each(['/metrics', '/healthz', '/readyz', '/nothing'])('HEAD %s: the headers of GET without a body', async path => {
    const server = await start()
    const [get, head] = [await ask(server, path), await ask(server, path, 'HEAD')]
    expect(head).toEqual({ status: get.status, body: '', headers: { ...get.headers, date: head.headers.date } })
    expect(Number(head.headers['content-length'])).toBe(Buffer.byteLength(get.body))
  })

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND'])('no %s', async method => {
    const server = await start()
    for (const path of ['/metrics', '/nothing']) {
      const { status, headers } = await ask(server, path, method)
      expect([status, headers.allow]).toEqual([405, 'GET, HEAD'])
    }
  })

  it('with no header that tells what it runs on', async () => {
    const server = await start()
    for (const path of ['/metrics', '/healthz', '/readyz', '/nothing']) {
      const { headers } = await ask(server, path)
      expect(Object.keys(headers).sort()).toEqual([
        'cache-control',
        'connection',
        'content-length',
        'content-type',
        'date',
        'x-content-type-options',
      ])
      expect(JSON.stringify(headers)).not.toMatch(/node|postern/i)
    }
  })
})

describe('where the server listens', () => {
  it.each([[undefined], [''], ['127.0.0.1']])('host %j: on loopback alone', async host => {
    const { url } = await start(host === undefined ? {} : { host })
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d*$/)
  })

  it('says why it cannot', async () => {
    const { url } = await start()
    const port = Number(new URL(url).port)
    const told = async (changes: Partial<WatchServerOptions>) => {
      const result = await listen(changes)
      return [result.ok, ...result.diagnostics.map(found => [found.code, wordsOf(found).summary])]
    }
    const code = 'watch/cannot-listen'
    const taken = `cannot listen on 127.0.0.1, port ${port}: something else listens there`
    expect(await told({ port })).toEqual([false, [code, taken]])
    const elsewhere = 'cannot listen on 192.0.2.1, port 0: it is no address of this machine'
    expect(await told({ host: '192.0.2.1' })).toEqual([false, [code, elsewhere]])
    const noPort = 'cannot listen on 127.0.0.1, port 70000: a port is a number from 0 to 65535'
    expect(await told({ port: 70_000 })).toEqual([false, [code, noPort]])
  })
})

describe('how the server closes', () => {
  /** A connection that sent so much of a request, and was answered where that is an answer's due; with its end. */
  async function connected({ url }: WatchServer, sent: string, answered: boolean): Promise<Promise<unknown>[]> {
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    const ended = new Promise(resolve => socket.once('close', resolve))
    const answer = new Promise(resolve => socket.once('data', resolve))
    // A connection that the server drops is reset where something was on its way.
    socket.on('error', () => undefined)
    await new Promise(resolve => socket.once('connect', resolve))
    socket.write(sent)
    if (answered) await answer
    return [ended]
  }

  const get = 'GET /healthz HTTP/1.1\r\nHost: x\r\n'
  it.each([
    ['kept alive after an answer', `${get}\r\n`, true],
    ['in the middle of a request', get, false],
    ['that never asked', '', false],
    ['that still sends a body', `${get.replace('GET', 'POST')}Content-Length: 9999\r\n\r\nx`, true],
  ])('at once, with a connection %s', async (_, sent, answered) => {
    const server = await start()
    const [ended] = await connected(server, sent, answered)
    // A request that is answered after it shows that the server has accepted the connection too.
    await ask(server, '/healthz')
    await server.close()
    await ended
    await expect(ask(server, '/healthz')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })

  it('twice without an error', async () => {
    const server = await start()
    await server.close()
    await expect(server.close()).resolves.toBeUndefined()
  })
})
