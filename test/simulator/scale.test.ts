import { expect, it } from 'vitest'
import { dataOf, ids, namesOf, start } from './start.ts'

it('serves 100,000 accounts right', async () => {
  const started = await start({ accounts: 100_000 })
  const { list, byId, byEmail } = started.simulator.state.accounts
  expect([list.length, byId.size, byEmail.size]).toEqual([100_000, 100_000, 100_000])

  const count = async (query: string): Promise<unknown> =>
    (await started.call('GET', `/admin/v2/orgs/ORG/directories/-/users/count?${query}`)).body['count']
  const external = Number(await count('claimStatus=unmanaged'))
  const managed = Number(await count('claimStatus=managed'))
  expect(external + managed).toBe(99_998)
  expect(external / 100_000).toBeCloseTo(0.04, 2)
  const contractors = list.filter(({ policyId }) => policyId === ids.contractors).length
  expect(contractors / 100_000).toBeCloseTo(0.06, 2)

  const body = { limit: 100, claimStatus: 'unmanaged' }
  const seen = new Set<unknown>()
  for (let cursor: string | undefined = '', pages = 0; cursor !== undefined && pages <= external; pages++) {
    const path = '/admin/v2/orgs/ORG/directories/-/users/search'
    const reply = await started.call('POST', path, cursor === '' ? body : { ...body, cursor })
    expect(dataOf(reply).length).toBeLessThanOrEqual(100)
    for (const id of namesOf(reply, 'accountId')) seen.add(id)
    cursor = (reply.body['links'] as { next?: string }).next
  }
  expect(seen.size).toBe(external)
})
