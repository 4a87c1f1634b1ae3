import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { wordsOf } from '../../src/diagnostics/to-document.ts'
import {
  postWebhook,
  type WebhookAnswer,
  type WebhookOptions,
  type WebhookRequest,
} from '../../src/operations/webhook.ts'

const secret = 'whsec-0123456789-very-secret'
const path = '/services/T0/B0/secret-in-the-path'
const url = `https://hooks.example${path}?token=secret-in-the-query`
const body = '{"organization":"acme","differences":[]}'
const begin = Date.parse('2026-11-24T12:00:00Z')

type Answer = number | { readonly status: number; readonly retryAfter: string } | Error

interface Post extends WebhookRequest {
  readonly url: string
}

/** Posts to a receiver that answers from a script, the last answer again and again, in time that passes by waiting alone. */
async function run(answers: readonly Answer[], changes: Partial<WebhookOptions> = {}) {
  const posts: Post[] = []
  const waits: number[] = []
  let cancelled = 0
  let time = begin
  const result = await postWebhook({
    url,
    secret,
    body,
    send: (to, request): Promise<WebhookAnswer> => {
      const answer = answers[Math.min(posts.length, answers.length - 1)] ?? 200
      posts.push({ url: to, ...request })
      if (answer instanceof Error) return Promise.reject(answer)
      const { status, retryAfter = null } = typeof answer === 'number' ? { status: answer } : answer
      const cancel = () => {
        cancelled++
        return Promise.resolve()
      }
      const get = (name: string) => (name.toLowerCase() === 'retry-after' ? retryAfter : null)
      return Promise.resolve({ status, headers: { get }, body: { cancel } })
    },
    now: () => new Date(time),
    sleep: milliseconds => {
      waits.push(milliseconds)
      time += milliseconds
      return Promise.resolve()
    },
    random: () => 0.5,
    attempts: 4,
    ...changes,
  })
  return { result, posts, waits, cancelled }
}

const networkError = (code: string): Error =>
  Object.assign(new TypeError(`fetch failed for ${url} with ${secret}`), {
    cause: Object.assign(new Error(secret), { code }),
  })

const timedOut = new DOMException('The operation was aborted due to timeout', 'TimeoutError')

const asks = (status: number, retryAfter: string): Answer => ({ status, retryAfter })

describe('what is posted', () => {
  it('is the body, signed together with the time', async () => {
    const { result, posts } = await run([204])
    expect(result).toEqual({ ok: true, value: { status: 204, attempts: 1 }, diagnostics: [] })
    const timestamp = String(begin / 1000)
    expect(posts).toEqual([
      {
        url,
        method: 'POST',
        body,
        redirect: 'manual',
        signal: expect.any(AbortSignal) as AbortSignal,
        headers: {
          'Content-Type': 'application/json',
          'User-Agent': 'postern',
          'X-Postern-Timestamp': timestamp,
          'X-Postern-Signature-256': `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`,
        },
      },
    ])
  })

  it('has a signature that does not change from version to version', async () => {
    const { posts } = await run([200], { secret: 'key', body: '{}' })
    expect(posts[0]?.headers['X-Postern-Signature-256']).toBe(
      'sha256=2e55a4f595ce61f671090b9be8be26a4d1f0217e3b905361fb18d673d3a7877c',
    )
  })

  it('is signed anew at each attempt', async () => {
    const { posts } = await run([503, asks(429, '90'), 200])
    const times = posts.map(({ headers }) => Number(headers['X-Postern-Timestamp']) - begin / 1000)
    expect(times).toEqual([0, 1, 91])
    expect(new Set(posts.map(({ headers }) => headers['X-Postern-Signature-256'])).size).toBe(3)
  })

  it('leaves no answer unread, which would keep its connection open', async () => {
    expect((await run([500, 500, 200])).cancelled).toBe(3)
  })
})

describe('which attempt is made again', () => {
  const cases: readonly (readonly [Answer, boolean])[] = [
    [200, false],
    [202, false],
    [299, false],
    [0, false],
    [301, false],
    [302, false],
    [307, false],
    [400, false],
    [401, false],
    [403, false],
    [404, false],
    [408, false],
    [410, false],
    [413, false],
    [429, true],
    [500, true],
    [501, true],
    [502, true],
    [503, true],
    [504, true],
    [networkError('ECONNREFUSED'), true],
    [networkError('ECONNRESET'), true],
    [networkError('ENOTFOUND'), true],
    [networkError('UND_ERR_SOCKET'), true],
    [networkError('CERT_HAS_EXPIRED'), false],
    [networkError('DEPTH_ZERO_SELF_SIGNED_CERT'), false],
    [timedOut, true],
    [new Error(secret), true],
  ]
  it.each(cases)('%o: %s', async (answer, again) => {
    expect((await run([answer, 200])).posts).toHaveLength(again ? 2 : 1)
  })

  it.each([
    [1, 1],
    [2, 2],
    [6, 6],
    [0, 1],
    [Number.NaN, 1],
  ])('with %d attempts: %d', async (attempts, expected) => {
    const { result, posts } = await run([500], { attempts })
    expect(posts).toHaveLength(expected)
    expect(result).toMatchObject({ ok: false, diagnostics: [{ facts: { attempts: expected } }] })
  })
})

describe('how long it waits', () => {
  it.each([
    [0, [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]],
    [0.5, [1500, 3000, 6000, 12_000, 24_000, 45_000, 45_000]],
  ])('longer each time, to a limit; with a chance of %d', async (chance, expected) => {
    expect((await run([500], { attempts: 8, random: () => chance })).waits).toEqual(expected)
  })

  const cases: readonly (readonly [string, Answer, number])[] = [
    ['seconds', asks(429, '40'), 40_000],
    ['a date', asks(429, new Date(begin + 75_000).toUTCString()), 75_000],
    ['no more than five minutes', asks(429, '86400'), 300_000],
    ['no more than five minutes to a date', asks(429, 'Fri, 31 Dec 2999 23:59:59 GMT'), 300_000],
    ['a second where it asks for none', asks(429, '0'), 1000],
    ['a second to a date in the past', asks(429, new Date(begin - 75_000).toUTCString()), 1000],
    ['what it would wait anyway where it makes no sense', asks(429, 'soon'), 1500],
    ['after a fault of the server too', asks(503, '40'), 40_000],
  ]
  it.each(cases)('obeys Retry-After: %s', async (_, answer, expected) => {
    expect((await run([answer, 200])).waits).toEqual([expected])
  })
})

describe('where nothing is posted', () => {
  it.each([
    ['hooks.example/x', 'no-url', undefined],
    ['', 'no-url', undefined],
    ['http://hooks.example/x', 'not-https', 'http://hooks.example'],
    ['http://127.0.0.1.hooks.example/x', 'not-https', 'http://127.0.0.1.hooks.example'],
    ['http://localhost.hooks.example/x', 'not-https', 'http://localhost.hooks.example'],
    ['http://10.0.0.1/x', 'not-https', 'http://10.0.0.1'],
    ['ftp://127.0.0.1/x', 'not-https', 'ftp://127.0.0.1'],
    ['file:///etc/passwd', 'not-https', 'file://'],
    ['https://name:pass@hooks.example/x', 'credentials', 'https://hooks.example'],
    ['https://name@hooks.example/x', 'credentials', 'https://hooks.example'],
  ])('%s: %s', async (given, why, origin) => {
    const { result, posts } = await run([200], { url: given })
    expect(posts).toEqual([])
    const facts = { why, ...(origin !== undefined && { origin }) }
    expect(result).toMatchObject({ ok: false, diagnostics: [{ code: 'watch/bad-webhook', severity: 'error', facts }] })
  })

  it('without a secret: everybody could sign so', async () => {
    const { result, posts } = await run([200], { secret: '' })
    expect(posts).toEqual([])
    expect(result).toMatchObject({ diagnostics: [{ code: 'watch/bad-webhook', facts: { why: 'no-secret' } }] })
  })

  it.each([
    'http://127.0.0.1:8080/x',
    'http://127.1/x',
    'http://localhost/x',
    'http://[::1]:9/x',
    'https://10.0.0.1/x',
  ])('but %s is fine', async given => expect((await run([200], { url: given })).result.ok).toBe(true))
})

describe('what a failure tells', () => {
  const cases: readonly (readonly [readonly Answer[], string])[] = [
    [[500], 'the webhook at https://hooks.example was not told: it answered 500, after 4 attempts'],
    [[500, 404], 'the webhook at https://hooks.example was not told: it answered 404, after 2 attempts'],
    [[302], 'the webhook at https://hooks.example was not told: it answered 302'],
    [[networkError('ENOTFOUND')], 'the webhook at https://hooks.example was not told: no such host, after 4 attempts'],
    [[timedOut], 'the webhook at https://hooks.example was not told: no answer in 10 s, after 4 attempts'],
  ]
  it.each(cases)('%o: %s', async (answers, summary) => {
    const { result } = await run(answers)
    expect(result.diagnostics.map(found => [found.code, wordsOf(found).summary])).toEqual([
      ['watch/webhook-failed', summary],
    ])
  })

  it.each([
    [[500], {}],
    [[networkError('ECONNRESET')], {}],
    [[new Error(secret)], {}],
    [[200], { url: `http://user:${secret}@hooks.example${path}` }],
    [[200], { url: `no address ${secret}` }],
  ])('neither the secret nor the path, which often is one: %o, %o', async (answers, changes) => {
    const { result } = await run(answers, changes)
    expect(result.ok).toBe(false)
    const told = JSON.stringify([result, result.diagnostics.map(wordsOf)])
    expect(told).not.toMatch(/secret-in|whsec|hooks\.example\//)
  })
})

describe('a loop that is stopped', () => {
  it('still posts once, and does not wait', async () => {
    const { result, posts, waits } = await run([503], { stop: AbortSignal.abort() })
    expect([posts.length, waits]).toEqual([1, []])
    expect(result).toMatchObject({ diagnostics: [{ facts: { status: 503, attempts: 1, stopped: true } }] })
  })

  it('ends a wait at once', async () => {
    const controller = new AbortController()
    const sleep = (_: number, signal?: AbortSignal) => {
      controller.abort()
      return Promise.reject(signal?.reason as Error)
    }
    const { result, posts } = await run([429], { stop: controller.signal, sleep })
    expect(posts).toHaveLength(1)
    expect(wordsOf(result.diagnostics[0] as never).summary).toMatch(/answered 429; not tried again/)
  })
})

describe('over a real connection', () => {
  it('posts with fetch, and follows no redirect', async () => {
    const seen: string[] = []
    const server = createServer((request, response) => {
      seen.push(`${request.method} ${request.url}`)
      response.writeHead(302, { Location: '/elsewhere' }).end('a page')
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    try {
      const { port } = server.address() as AddressInfo
      const { result } = await run([], { url: `http://127.0.0.1:${port}/hook`, send: fetch })
      expect(seen).toEqual(['POST /hook'])
      expect(result).toMatchObject({ ok: false, diagnostics: [{ facts: { status: 302, attempts: 1 } }] })
    } finally {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    }
  })
})
