import { describe, expect, it } from 'vitest'
import { apiCall } from '../../src/org/api-call.ts'
import { matchOperation } from '../../src/org/match-operation.ts'
import { operationNamed, operations, type OperationName } from '../../src/org/operations.ts'
import { isReading } from '../../src/org/with-read-only.ts'
import { collect, failure, scriptedClient } from './scripted.ts'

const names = Object.keys(operations) as OperationName[]
const filled = (path: string): string => path.replaceAll(/\{(\w+)\}/g, 'x-$1')

describe('the catalogue', () => {
  it('finds every operation by its own method and path', () => {
    for (const name of names) {
      const { method, path } = operationNamed(name)
      expect(matchOperation(method, filled(path))?.name).toBe(name)
    }
  })

  it('agrees with the guard that was written apart from it', () => {
    for (const name of names) {
      const operation = operationNamed(name)
      const reads = isReading({ method: operation.method, path: filled(operation.path) })
      // The guard does not know the searches that were retired: refusing them loses nothing.
      if (!(operation.retired === '2026-06-30' && operation.effect === 'read')) {
        expect({ name, reads }).toEqual({ name, reads: operation.effect === 'read' })
      }
    }
  })

  it('holds what the reference says of some of them', () => {
    expect(operationNamed('getAuthPolicyTask')).toMatchObject({ scope: 'write:policies:admin', effect: 'read' })
    expect(operationNamed('deletePolicy')).toMatchObject({ scope: 'delete:policies:admin', repeatable: true })
    expect(operationNamed('validatePolicy')).toMatchObject({ method: 'GET', effect: 'write' })
    expect(operationNamed('addUsersToAuthPolicy')).toMatchObject({ repeatable: true, follow: 'task' })
    expect(operationNamed('fetchAuthPolicies').scope).toBeUndefined()
    expect(names.filter(name => operationNamed(name).path.startsWith('/users/'))).toHaveLength(10)
    expect(names.filter(name => operationNamed(name).path.startsWith('/admin/control/'))).toHaveLength(22)
  })

  it('repeats no POST that creates or invites', () => {
    const repeated = names.filter(
      name => /^(create|add|invite|publish|change)/.test(name) && operationNamed(name).repeatable,
    )
    expect(repeated).toEqual(['addUsersToAuthPolicy'])
  })
})

describe('matching', () => {
  const org = '/admin/v2/orgs/o1/directories/d1'
  it.each([
    ['GET', `${org}/users/count`, 'countUsers', { orgId: 'o1', directoryId: 'd1' }],
    ['GET', `${org}/users/557058:ab`, 'getUser', { orgId: 'o1', directoryId: 'd1', accountId: '557058:ab' }],
    ['POST', `${org}/users/a1/suspend`, 'suspendUser', { orgId: 'o1', directoryId: 'd1', accountId: 'a1' }],
    ['GET', '/admin/v1/orgs?cursor=x', 'listOrganizations', {}],
    [
      'PUT',
      '/admin/control/v1/orgs/o1/policies/p1/resources/ari:cloud:jira::site%2F1',
      'replacePolicyResource',
      { orgId: 'o1', policyId: 'p1', resourceId: 'ari:cloud:jira::site/1' },
    ],
  ] as const)('%s %s', (method, path, name, params) => {
    const match = matchOperation(method, path)
    expect(match?.name).toBe(name)
    expect({ ...match?.params }).toEqual(params)
  })

  it.each([
    ['DELETE', '/admin/v1/orgs/o1'],
    ['POST', '/admin/control/v1/orgs/o1/auth-policy/../../o2/auth-policy/p/add-users'],
    ['POST', '/admin/control/v1/orgs/o1/auth-policy/%2e%2e/add-users'],
    ['POST', '/admin/control/v1/orgs/o1/auth-policy/{created}/add-users'],
    ['POST', '/admin/control/v1/orgs/o1/auth-policy/p\\add-users'],
    ['POST', '/admin/control/v1/orgs/o1/auth-policy/%zz/add-users'],
    ['POST', '/admin/control/v1/orgs/o1/auth-policy/p 1/add-users'],
    ['POST', '//admin/control/v1/orgs/o1/policies'],
    ['POST', 'admin/control/v1/orgs/o1/policies'],
    ['POST', '/ADMIN/control/v1/orgs/o1/policies'],
    ['POST', '/admin/control/v1/orgs/o1/policies/'],
    ['POST', '@evil.example/admin/control/v1/orgs/o1/policies'],
    ['GET', ''],
  ] as const)('nothing: %s %s', (method, path) => expect(matchOperation(method, path)).toBeUndefined())
})

describe('the path of a call', () => {
  it('keeps an id in its place', () => {
    const { path } = apiCall('removePolicyResource', {
      orgId: 'o1',
      policyId: '../p',
      resourceId: 'ari:cloud:jira::site/1?x#y',
    })
    expect(path).toBe('/admin/control/v1/orgs/o1/policies/..%2Fp/resources/ari:cloud:jira::site%2F1%3Fx%23y')
  })

  it.each(['', '.', '..'])('refuses the id “%s”', policyId => {
    expect(() => apiCall('getPolicy', { orgId: 'o1', policyId })).toThrow(RangeError)
  })
})

describe('a client that only reads', () => {
  it('reads, by GET and by POST', async () => {
    const { client, requests } = scriptedClient([{ json: { data: [] } }], { readOnly: true })
    await client.directories()
    await collect(client.users())
    expect(requests.map(({ method }) => method)).toEqual(['GET', 'POST'])
  })

  const writes = names.filter(name => operationNamed(name).effect === 'write')
  it.each(writes)('refuses %s before it is sent', async name => {
    const { client, requests } = scriptedClient([{ json: {} }], { readOnly: true })
    const { path } = operationNamed(name)
    const params = Object.fromEntries([...path.matchAll(/\{(\w+)\}/g)].map(([, parameter = '']) => [parameter, 'x']))
    const seen = await failure(() => client.call(name, params as never, { body: {} }))
    expect(seen.code).toBe('org/write-in-read-only')
    expect(requests).toHaveLength(0)
    expect(client.counts).toEqual({ reads: 0, writes: 0 })
  })

  it.each([
    ['GET', '/admin/control/v1/orgs/o/policies/p/validate', false],
    ['GET', '/admin/control/v1/orgs/o/policies/p/%76alidate', false],
    ['GET', '/admin/control/v1/orgs/o/policies/p/validate?x=y', false],
    ['GET', '/admin/control/v1/orgs/o/policies/%zz', false],
    ['GET', '/admin/control/v1/orgs/o/policies/validate-me', true],
    ['POST', '/admin/v2/orgs/o/directories/-/users/search', true],
    ['POST', '/admin/v2/orgs/o/directories/-/users/a/suspend?x=/users/search', false],
    ['POST', '/admin/v2/orgs/o/directories/-/users/search/../a/suspend', false],
    ['POST', '/admin/v2/orgs/o/directories/-/x/users/search', false],
    ['DELETE', '/admin/v2/orgs/o/directories/-/users/search', false],
    ['PUT', '/admin/v2/orgs/o/workspaces', false],
    ['POST', '/admin/v2/orgs/o/workspaces', true],
    ['PATCH', '/users/a/manage/profile', false],
  ] as const)('%s %s: %s', (method, path, reads) => expect(isReading({ method, path })).toBe(reads))
})
