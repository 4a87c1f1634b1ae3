import { describe, expect, it } from 'vitest'
import { accountId, at, codeOf, ids, type Reply, start, type Started, textAt } from './start.ts'

const addUsers = (policyId: string): string => `/admin/control/v1/orgs/ORG/auth-policy/${policyId}/add-users`
const bulkFetch = '/admin/control/v1/orgs/ORG/users/auth-policies/bulk-fetch'

async function submit(
  { call, simulator }: Started,
  users: readonly string[],
  policyId = ids.contractors,
): Promise<() => Promise<Reply>> {
  const reply = await call('POST', addUsers(policyId), { users })
  expect(reply.status).toBe(202)
  expect(reply.body['taskLink']).toBe(
    `${simulator.url}/admin/control/v1/orgs/${simulator.organizationId}/auth-policy/task/${textAt(reply.body, 'taskId')}`,
  )
  return () => call('GET', textAt(reply.body, 'taskLink').replace(simulator.url, ''))
}

async function policyOf(started: Started, email: string): Promise<unknown> {
  const reply = await started.call('POST', bulkFetch, { accountIds: [accountId(started, email)] })
  return at(reply.raw, 0, 'policyId')
}

describe('add-users', () => {
  it('moves accounts one after the other while the clock goes on', async () => {
    const started = await start({ switches: { taskMilliseconds: 4000 } })
    const task = await submit(started, [
      'owen.price@acme.com',
      'PETRA.vogel@ACME.com',
      'quinn.daly@acme.com',
      'rosa.silva@acme.com',
    ])
    const progress: unknown[] = []
    for (let second = 0; second <= 4; second++) {
      progress.push((await task()).body['inProgressCount'])
      started.clock.time += 1000
    }
    expect(progress).toEqual([4, 3, 2, 1, 0])
    expect((await task()).body).toEqual({ inProgressCount: 0, successCount: 4, failureCount: 0, failureReasons: [] })
    expect(await policyOf(started, 'petra.vogel@acme.com')).toBe(ids.contractors)
  })

  it('moves into another directory, and takes who is there already', async () => {
    const started = await start({ switches: { taskMilliseconds: 0 } })
    const task = await submit(started, ['jo@acme.com', 'alice@acme.com'], ids.staff)
    expect((await task()).body).toMatchObject({ successCount: 2, failureCount: 0 })
    expect(await policyOf(started, 'jo@acme.com')).toBe(ids.staff)
  })

  it('fails in part, account by account, with the reasons put together', async () => {
    const started = await start({ switches: { taskMilliseconds: 0 } })
    const task = await submit(started, [
      'jo@acme.com',
      'nobody@acme.com',
      'nobody2@acme.com',
      'sam@partner.example',
      'vera.horvat@acme.com',
      'deploy-bot@acme.com',
    ])
    const { body } = await task()
    expect(body).toMatchObject({ inProgressCount: 0, successCount: 1, failureCount: 5 })
    expect(at(body, 'failureReasons')).toMatchObject([
      { emails: ['nobody@acme.com', 'nobody2@acme.com'], details: { status: 404 } },
      { emails: ['sam@partner.example', 'deploy-bot@acme.com'], details: { status: 400 } },
      { emails: ['vera.horvat@acme.com'], details: { status: 400 } },
    ])
  })

  it.each<[string, string, unknown, number, string]>([
    ['an unknown policy', 'nope', { users: ['jo@acme.com'] }, 404, 'ADMIN-404-5'],
    ['account ids instead of emails', ids.contractors, { accountIds: ['1'] }, 400, 'ADMIN-400-24'],
    ['no users', ids.contractors, { users: [] }, 400, 'ADMIN-400-24'],
    ['too many users', ids.contractors, { users: ['a@b.c', 'd@e.f', 'g@h.i'] }, 400, 'ADMIN-400-24'],
  ])('refuses %s', async (_, policyId, body, status, code) => {
    const { call } = await start({ switches: { addUsersMaximum: 2 } })
    const reply = await call('POST', addUsers(policyId), body as never)
    expect([reply.status, codeOf(reply)]).toEqual([status, code])
  })

  it('forgets a task by switch, and knows no other', async () => {
    const started = await start({ switches: { taskRetentionMilliseconds: 60_000 } })
    const task = await submit(started, ['jo@acme.com'])
    started.clock.time += 60_001
    expect((await task()).status).toBe(404)
    expect((await started.call('GET', '/admin/control/v1/orgs/ORG/auth-policy/task/none')).status).toBe(404)
  })

  it('lets the live state be read with all done that is due', async () => {
    const started = await start()
    await submit(started, ['rosa.silva@acme.com'])
    const policy = (): unknown => started.simulator.state.accounts.byEmail.get('rosa.silva@acme.com')?.policyId
    expect(policy()).toBe(ids.local)
    started.clock.time += 500
    expect(policy()).toBe(ids.contractors)
  })

  it('leaves an event with the added and the failed', async () => {
    const started = await start({ switches: { taskMilliseconds: 0 } })
    await (
      await submit(started, ['jo@acme.com', 'nobody@acme.com'])
    )()
    const event = started.simulator.state.events.at(-1)
    expect(event?.action).toBe('auth_policy_members_updated')
    expect(event?.actor).toMatchObject({ email: 'ci@acme.com', tokenLabel: 'postern' })
    expect(event?.context[0]?.['attributes']).toEqual({ added: ['jo@acme.com'], failed: ['nobody@acme.com'] })
  })
})

describe('bulk-fetch', () => {
  it('answers a bare array and leaves out whom no policy holds', async () => {
    const started = await start()
    const accountIds = ['jo@acme.com', 'sam@partner.example', 'deploy-bot@acme.com'].map(email =>
      accountId(started, email),
    )
    const reply = await started.call('POST', bulkFetch, { accountIds: [...accountIds, 'unknown'] })
    expect(reply.raw).toEqual([{ email: 'jo@acme.com', policyId: ids.contractors }])
  })

  it('names id and policy by switch', async () => {
    const started = await start({ switches: { bulkFetchServesNames: true } })
    const id = accountId(started, 'Grace.Hopper@Acme.com')
    expect((await started.call('POST', bulkFetch, { accountIds: [id] })).raw).toEqual([
      { email: 'Grace.Hopper@Acme.com', policyId: ids.staff, accountId: id, policyName: 'Staff behind Okta' },
    ])
  })

  it('refuses unknown ids and long lists by switch', async () => {
    const { call } = await start({ switches: { bulkFetchUnknownIds: 'error', bulkFetchMaximum: 1 } })
    expect((await call('POST', bulkFetch, { accountIds: ['unknown'] })).status).toBe(404)
    expect((await call('POST', bulkFetch, { accountIds: ['a', 'b'] })).status).toBe(400)
    expect((await call('POST', bulkFetch, { users: [] })).status).toBe(400)
  })
})

describe('without Guard', () => {
  it('has one policy: add-users to anything else fails', async () => {
    const started = await start({ scenario: 'without-guard', switches: { taskMilliseconds: 0 } })
    const [only, ...others] = started.simulator.state.authenticationPolicies
    expect(others).toEqual([])
    const task = await submit(started, ['vic@workshop.example'], only?.id ?? '')
    expect((await task()).body).toMatchObject({ successCount: 1 })
    expect((await started.call('POST', addUsers(ids.staff), { users: ['vic@workshop.example'] })).status).toBe(404)
  })
})
