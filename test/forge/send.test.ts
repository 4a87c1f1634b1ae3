import { describe, expect, it } from 'vitest'
import type { ForgeCall } from '../../src/forge/call.ts'
import { linkedPages, valuePages } from '../../src/forge/pages.ts'
import { saidBy } from '../../src/forge/said.ts'
import { forgeSend } from '../../src/forge/send.ts'
import { shapeOf } from '../../src/forge/shape.ts'
import type { Json } from '../../src/model/json.ts'
import { fakeTime, scripted, start, type Answer } from '../org/scripted.ts'
import { failureOf, onGithub } from './worlds.ts'

const token = 'ghs_VerySecretTokenOfAJob0123456789'
const good: Answer = { json: { id: 1 } }

function scriptedSend(answers: readonly Answer[], base = 'https://api.github.com') {
  const { transport, requests } = scripted(answers)
  const time = fakeTime()
  const headers = { authorization: `Bearer ${token}` }
  const world = { ...time, transport }
  const send = forgeSend({ forge: 'GitHub', base, headers, token, variable: 'GITHUB_TOKEN', world })
  return { send, requests, time }
}

const call = (method: ForgeCall['method'], more: Partial<ForgeCall> = {}): ForgeCall => ({
  method,
  path: '/here',
  operation: 'try this',
  needs: ['issues: write'],
  ...(method !== 'GET' && { body: { a: 1 } }),
  ...more,
})

describe('which call is made again', () => {
  const limited: Answer = { status: 403, headers: { 'retry-after': '1' } }
  const spent: Answer = {
    status: 200,
    headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${start / 1000 + 9}` },
    json: { errors: [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded' }] },
  }
  const cases: readonly (readonly [string, ForgeCall, Answer, number])[] = [
    ['a read', call('GET'), { status: 502 }, 2],
    ['a read', call('GET'), { status: 503 }, 2],
    ['a read', call('GET'), { status: 504, text: '<html>' }, 2],
    ['a read', call('GET'), { fails: 'ECONNRESET' }, 2],
    ['a read', call('GET'), { status: 500 }, 1],
    ['a read', call('GET'), { status: 404 }, 1],
    ['a read', call('GET'), { status: 403 }, 1],
    ['a read', call('GET'), { fails: 'CERT_HAS_EXPIRED' }, 1],
    ['a query', call('POST', { reads: true }), { status: 502 }, 2],
    ['a query', call('POST', { reads: true }), spent, 2],
    ['an edit', call('PATCH'), { status: 502 }, 2],
    ['an edit', call('PUT'), { fails: 'ECONNRESET' }, 2],
    ['a removal', call('DELETE'), { status: 504 }, 2],
    ['a creation', call('POST'), { status: 502 }, 1],
    ['a creation', call('POST'), { fails: 'ECONNRESET' }, 1],
    ['a creation that never left', call('POST'), { fails: 'ECONNREFUSED' }, 2],
    ['a creation refused for its rate', call('POST'), limited, 2],
    ['a creation refused for its rate', call('POST'), { status: 429 }, 2],
    ['a creation refused for its rate', call('POST'), { status: 403, headers: { 'x-ratelimit-remaining': '0' } }, 2],
  ]
  it.each(cases)('%s %o after %o: %d requests', async (_, of, answer, expected) => {
    const { send, requests } = scriptedSend([answer, good])
    if (expected === 1) await failureOf(send(of))
    else await send(of)
    expect(requests).toHaveLength(expected)
  })
})

describe('how long it waits', () => {
  const cases: readonly (readonly [string, Answer, number])[] = [
    ['what is asked', { status: 403, headers: { 'retry-after': '40' } }, 40_000],
    [
      'to the reset',
      { status: 403, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${start / 1000 + 9}` } },
      9000,
    ],
    ['to the reset that GitLab names', { status: 429, headers: { 'ratelimit-reset': `${start / 1000 + 7}` } }, 7000],
    ['a minute where nothing is named', { status: 429 }, 60_000],
    ['a second at least', { status: 429, headers: { 'retry-after': '0' } }, 1000],
    ['by chance after a fault', { status: 503 }, 250],
    ['what a fault asks', { status: 503, headers: { 'retry-after': '5' } }, 5000],
  ]
  it.each(cases)('%s', async (_, answer, expected) => {
    const { send, time } = scriptedSend([answer, good])
    await send(call('GET'))
    expect(time.slept).toEqual([expected])
  })

  it('not at all where it is too long, and says how long', async () => {
    const { send, time } = scriptedSend([{ status: 429, headers: { 'retry-after': '2100' } }])
    expect(await failureOf(send(call('POST')))).toMatchObject({
      code: 'forge/rate-limited',
      facts: { waited: 0, asked: 2100, written: 'no' },
    })
    expect(time.slept).toEqual([])
  })

  it('within a few attempts', async () => {
    const { send, requests } = scriptedSend([{ status: 503 }])
    expect(await failureOf(send(call('GET')))).toMatchObject({ code: 'forge/unexpected', facts: { status: 503 } })
    expect(requests).toHaveLength(4)
  })
})

describe('what is known of a write that failed', () => {
  const cases: readonly (readonly [ForgeCall['method'], readonly Answer[], string, 'no' | 'maybe'])[] = [
    ['POST', [{ status: 422, json: { message: 'Validation Failed' } }], 'forge/unexpected', 'no'],
    ['POST', [{ status: 500 }], 'forge/unexpected', 'maybe'],
    ['POST', [{ status: 301 }], 'forge/unexpected', 'maybe'],
    ['POST', [{ text: '<html>' }], 'forge/unexpected', 'maybe'],
    ['POST', [{ fails: 'ECONNRESET' }], 'forge/unreachable', 'maybe'],
    ['POST', [{ fails: 'ECONNREFUSED' }], 'forge/unreachable', 'no'],
    // Doubt about the first attempt stays, whatever the later ones were.
    ['PATCH', [{ status: 502 }, { status: 403 }], 'forge/refused', 'maybe'],
  ]
  it.each(cases)('%s %o', async (method, answers, code, written) => {
    const { send } = scriptedSend(answers)
    expect(await failureOf(send(call(method)))).toMatchObject({ code, facts: { written } })
  })

  it('is nothing for a read', async () => {
    const { send } = scriptedSend([{ status: 422 }])
    expect((await failureOf(send(call('GET')))).facts).not.toHaveProperty('written')
  })
})

it('gives up a request that is never answered', async () => {
  const { send, time } = scriptedSend([{ hangs: true }])
  const failing = failureOf(send(call('POST')))
  await new Promise<void>(resolve => setImmediate(resolve))
  time.ring()
  expect(await failing).toMatchObject({
    code: 'forge/unreachable',
    facts: { cause: 'no answer in 30 s', written: 'maybe' },
  })
})

describe('the token', () => {
  const telling = { message: `Bad ${token} in ${Buffer.from(`x:${token}`).toString('base64')}` }
  it.each([401, 403, 404, 422, 500])('is in no message, also where the forge repeats it: %d', async status => {
    const { send } = scriptedSend([{ status, json: telling }])
    const failure = await failureOf(send(call('POST')))
    expect(JSON.stringify(failure)).toContain('[key]')
    expect(JSON.stringify(failure)).not.toMatch(/VerySecret|VmVyeVNlY3JldA|WZXJ5U2VjcmV0/)
  })

  it('is in no message of a connection that fails', async () => {
    const { forge, server } = onGithub()
    server.answerNext(
      { fails: 'ECONNREFUSED' },
      { fails: 'ECONNREFUSED' },
      { fails: 'ECONNREFUSED' },
      { fails: 'ECONNREFUSED' },
    )
    expect(JSON.stringify(await failureOf(forge.comments('7').create({ body: 'x' })))).not.toContain(server.token)
  })

  it.each([
    'https://api.github.com.evil.example/next',
    'http://api.github.com/next',
    'https://evil.example/next',
    'https://api.github.com:8443/next',
    '//evil.example/next',
    'next',
  ])('does not go where a link leads elsewhere: %s', async next => {
    const { send, requests } = scriptedSend([{ json: { values: [], next } }])
    expect(await failureOf(valuePages(send, call('GET'), shapeOf('GitHub', call('GET'))))).toMatchObject({
      code: 'forge/unexpected',
      facts: { fault: 'foreign-link' },
    })
    expect(requests).toHaveLength(1)
  })

  it('does not go out of the API, where the API is below a path', async () => {
    const { send } = scriptedSend(
      [{ json: { values: [], next: 'https://git.acme.example/other' } }],
      'https://git.acme.example/api',
    )
    expect(await failureOf(valuePages(send, call('GET'), shapeOf('GitHub', call('GET'))))).toMatchObject({
      facts: { fault: 'foreign-link' },
    })
  })
})

it.each([
  [
    '<https://api.github.com/x?page=2>; rel="next", <https://api.github.com/x?page=9>; rel="last"',
    'https://api.github.com/x?page=2',
  ],
  [
    '<https://api.github.com/x?page=1>; rel="prev", <https://api.github.com/x?page=3>; rel="next"',
    'https://api.github.com/x?page=3',
  ],
  ['<https://api.github.com/x,y?a=b;c>; title="a"; rel=next', 'https://api.github.com/x,y?a=b;c'],
  ['<https://api.github.com/x?page=9>; rel="last"', undefined],
  ['<https://api.github.com/x>; rel="nextish"', undefined],
])('follows the link to the next page: %s', async (link, next) => {
  const { send, requests } = scriptedSend([{ json: [1], headers: { link } }, { json: [2] }])
  const items = await linkedPages(send, call('GET'), shapeOf('GitHub', call('GET')))
  expect(requests.map(({ url }) => url).slice(1)).toEqual(next === undefined ? [] : [next])
  expect(items).toEqual(next === undefined ? [1] : [1, 2])
})

it('ends where a listing names itself as its next page', async () => {
  const { send, requests } = scriptedSend([
    { json: [1], headers: { link: '<https://api.github.com/here>; rel="next"' } },
  ])
  expect(await failureOf(linkedPages(send, call('GET'), shapeOf('GitHub', call('GET'))))).toMatchObject({
    facts: { fault: 'other-shape' },
  })
  expect(requests).toHaveLength(1000)
})

it('names what an answer lacks', async () => {
  const { forge, server } = onGithub()
  server.answerNext({ status: 201, body: '{"id":1}' })
  expect(await failureOf(forge.comments('7').create({ body: 'x' }))).toMatchObject({
    code: 'forge/unexpected',
    facts: { fault: 'other-shape', operation: 'comment on pull request 7' },
  })
})

it.each<readonly [string, Json, string | undefined]>([
  ['GitHub', { message: 'Not Found', status: '404' }, 'Not Found'],
  [
    'GitHub',
    { message: 'Validation Failed', errors: [{ code: 'custom', message: 'too long' }] },
    'Validation Failed: too long',
  ],
  ['GitLab', { message: '404 Project Not Found' }, '404 Project Not Found'],
  ['GitLab', { message: { note: ['is too long'], base: ['no'] } }, 'note is too long: base no'],
  ['GitLab', { error: 'invalid_token', error_description: 'Token was revoked.' }, 'invalid_token: Token was revoked.'],
  ['Bitbucket', { type: 'error', error: { message: 'No', detail: 'such thing' } }, 'No: such thing'],
  ['nobody', { message: '' }, undefined],
  ['nobody', ['a'], undefined],
  ['somebody hostile', { message: 'a\u001b[2Jb\u202e\n::error::c' }, 'a [2Jb ::error::c'],
  ['somebody long', { message: 'x'.repeat(300) }, `${'x'.repeat(200)}…`],
])('what %s says is one harmless line', (_, body, said) => {
  expect(saidBy(body)).toBe(said)
})
