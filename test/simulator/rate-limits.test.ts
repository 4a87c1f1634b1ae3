import { describe, expect, it } from 'vitest'
import { codeOf, start } from './start.ts'

const events = '/admin/v1/orgs/ORG/events'

describe('rate limits', () => {
  it.each([
    [events, 10],
    [`${events}-stream`, 50],
    ['/admin/v1/orgs/ORG/directory/users/nobody/last-active-dates', 200],
  ])('%s: %i a minute', async (path, perMinute) => {
    const { call, clock } = await start()
    for (let index = 0; index < perMinute; index++) expect((await call('GET', path)).status).not.toBe(429)
    clock.time += 15_000
    const refused = await call('GET', path)
    expect([refused.status, codeOf(refused)]).toEqual([429, 'ADMIN-429-1'])
    expect(refused.headers.get('x-ratelimit-limit')).toBe(String(perMinute))
    expect(refused.headers.get('x-ratelimit-remaining')).toBe('0')
    expect(refused.headers.get('x-ratelimit-reset')).toBe('2026-11-24T08:01:00.000Z')
    expect(refused.headers.get('retry-after')).toBe('45')
    clock.time += 45_000
    expect((await call('GET', path)).headers.get('x-ratelimit-remaining')).toBe(String(perMinute - 1))
  })

  it('limits nothing whose number is not published', async () => {
    const { call } = await start()
    for (let index = 0; index < 300; index++) expect((await call('GET', '/admin/v1/orgs')).status).toBe(200)
  })

  it('can be off, and can be others', async () => {
    const off = await start({ rateLimits: 'off' })
    for (let index = 0; index < 12; index++) expect((await off.call('GET', events)).status).toBe(200)
    const others = await start({ rateLimits: [{ path: '/orgs', perMinute: 1, per: 'user' }] })
    expect((await others.call('GET', '/admin/v1/orgs')).status).toBe(200)
    expect((await others.call('GET', '/admin/v1/orgs')).status).toBe(429)
  })

  it('names its headers as it is told', async () => {
    const rateLimitHeaders = { limit: 'RateLimit-Limit', remaining: 'RateLimit-Remaining', reset: 'RateLimit-Reset' }
    const { call } = await start({ switches: { rateLimitHeaders } })
    expect((await call('GET', events)).headers.get('ratelimit-remaining')).toBe('9')
  })
})
