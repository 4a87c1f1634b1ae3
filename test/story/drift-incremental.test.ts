import { describe, expect, it } from 'vitest'
import {
  accountOf,
  byApi,
  foundBy,
  incremental,
  inConsole,
  leave,
  minutes,
  skippable,
  type Incremental,
} from './incremental-world.ts'

const users = '/admin/v2/orgs/ORG/directories/-/users'

/** What an admin does, and how many accounts the next check reads again for it. */
const edits: readonly (readonly [what: string, edit: (world: Incremental) => Promise<void>, again: number])[] = [
  [
    'takes access',
    ({ started }) => byApi(started, 'POST', `${users}/${accountOf(started, 'jo@acme.com').accountId}/suspend`),
    1,
  ],
  [
    'invites two',
    ({ started }) =>
      byApi(started, 'POST', '/admin/v2/orgs/ORG/users/invite', { emails: ['nia@acme.com', 'new@rogue.example'] }),
    2,
  ],
  [
    'removes an external account',
    ({ started }) => byApi(started, 'DELETE', `${users}/${accountOf(started, 'ines@agency.example').accountId}`),
    1,
  ],
  [
    'removes somebody who was in a group',
    ({ started }) => byApi(started, 'DELETE', `${users}/${accountOf(started, 'jo@acme.com').accountId}`),
    1,
  ],
  [
    'makes somebody an admin',
    ({ started }) =>
      byApi(
        started,
        'POST',
        `/admin/v1/orgs/ORG/users/${accountOf(started, 'jo@acme.com').accountId}/role-assignments/assign`,
        { role: 'atlassian/org-admin' },
      ),
    1,
  ],
  [
    'turns two-step verification off',
    ({ started }) => {
      accountOf(started, 'jo@acme.com').mfaEnabled = false
      leave(started, 'twosv_disabled_for_user', [accountOf(started, 'jo@acme.com').accountId])
      return Promise.resolve()
    },
    1,
  ],
  [
    'deactivates an account',
    ({ started }) => {
      accountOf(started, 'petra.vogel@acme.com').accountStatus = 'inactive'
      leave(started, 'user_deactivated', [accountOf(started, 'petra.vogel@acme.com').accountId])
      return Promise.resolve()
    },
    1,
  ],
  [
    'moves an account to another policy',
    async ({ started }) => {
      const id = started.simulator.state.authenticationPolicies.find(({ name }) => name === 'Local accounts')?.id
      await inConsole(started, `authentication-policies/${id}/members`, { emails: 'jo@acme.com' })
    },
    0,
  ],
  [
    'takes somebody out of a group',
    async ({ started }) => {
      const group = started.simulator.state.groups.find(({ name }) => name === 'contractors')?.id
      await byApi(
        started,
        'DELETE',
        `/admin/v2/orgs/ORG/directories/-/groups/${group}/memberships/${accountOf(started, 'jo@acme.com').accountId}`,
      )
    },
    1,
  ],
  [
    'reactivates an account, which is in another policy then',
    ({ started }) => {
      const account = accountOf(started, 'jo@acme.com')
      account.policyId = started.simulator.state.authenticationPolicies.find(
        ({ name }) => name === 'Local accounts',
      )?.id
      leave(started, 'user_reactivated', [account.accountId])
      return Promise.resolve()
    },
    1,
  ],
  [
    'edits an allowlist',
    async ({ started }) => {
      const list = started.simulator.state.controlPolicies.find(({ name }) => name === 'Office and VPN')
      const rule = { in: ['203.0.113.0/24'], allowMobileBypass: false }
      const attributes = { type: 'ip-allowlist', name: 'Office and VPN', status: 'enabled', rule }
      await byApi(started, 'PUT', `/admin/control/v1/orgs/ORG/policies/${list?.id}`, {
        data: { type: 'policy', attributes },
      })
    },
    0,
  ],
]

describe('a check that goes by the audit log', () => {
  it('asks an organization of 2,000 accounts in which nothing changed for very little', async () => {
    const { started, check, postern } = await incremental({ accounts: 2_000 })
    const first = await check()
    expect(first.reading).toEqual({ kind: 'full', fullAt: first.checkedAt, because: [] })
    expect(skippable(first.asked)).toBeGreaterThan(38)
    started.clock.time += 15 * minutes
    const second = await check()
    expect(second.reading).toEqual({
      kind: 'incremental',
      fullAt: first.checkedAt,
      because: [],
      kept: {
        collections: ['accounts', 'policies', 'groups'],
        accountsReadAgain: 0,
        fullRequests: first.requests.reads,
      },
    })
    expect(skippable(second.asked)).toBe(0)
    expect(second.asked.length).toBe(second.requests.reads)
    expect(second.requests.reads).toBeLessThan(first.requests.reads / 3)
    expect(foundBy(second)).toEqual(foundBy(first))
    const { out } = await postern('drift', 'policies', '--last-active', '0')
    expect(out.replace(/\s+/g, ' ')).toContain(
      `Not read again: accounts, which policies accounts are in, groups; --full reads everything. ${second.requests.reads} requests in place of ${first.requests.reads}.`,
    )
    expect(out).toContain('as far as the audit log tells')
  }, 30_000)

  it.each(edits)('finds what a full check finds when somebody %s', async (_, edit, again) => {
    const world = await incremental()
    const { started, check, fullCheck } = world
    await check()
    started.clock.time += 6 * minutes
    await edit(world)
    started.clock.time += 9 * minutes
    const full = await fullCheck()
    const found = await check()
    expect(found.reading).toMatchObject({ kind: 'incremental', kept: { accountsReadAgain: again } })
    expect(foundBy(found)).toEqual(foundBy(full))
    started.clock.time += 15 * minutes
    const laterInFull = await fullCheck()
    const later = await check()
    // Once more, since answers may lag behind an event.
    expect(later.reading).toMatchObject({ kind: 'incremental', kept: { accountsReadAgain: again } })
    expect(foundBy(later)).toEqual(foundBy(laterInFull))
    started.clock.time += 15 * minutes
    const lastInFull = await fullCheck()
    const last = await check()
    expect(last.reading).toMatchObject({
      kind: 'incremental',
      kept: { accountsReadAgain: 0, collections: ['accounts', 'policies', 'groups'] },
    })
    expect(foundBy(last)).toEqual(foundBy(lastInFull))
  })

  it('says when what an earlier check was told was told', async () => {
    const { started, check } = await incremental({ switches: { bulkFetchServesNames: true } })
    const [policy] = started.simulator.state.authenticationPolicies.filter(({ name }) => name === 'Local accounts')
    if (policy) policy.name = 'Local'
    const first = await check()
    const nameOf = ({ differences }: typeof first) => differences.find(({ path }) => path === 'name')?.evidence
    expect(nameOf(first)).toEqual([{ path: 'name', from: 'api', at: first.checkedAt }])
    started.clock.time += 15 * minutes
    const second = await check()
    expect(second.reading.kind).toBe('incremental')
    expect(nameOf(second)).toEqual(nameOf(first))
    await inConsole(started, `authentication-policies/${policy?.id}`, { idleSession: '1h' })
    started.clock.time += 15 * minutes
    const third = await check()
    expect(nameOf(third)).toEqual([{ path: 'name', from: 'api', at: third.checkedAt }])
  })

  it('sees an edit whose event shows five minutes late at the check after', async () => {
    const { started, check, fullCheck } = await incremental({ switches: { eventDelayMilliseconds: 5 * minutes } })
    await check()
    started.clock.time += 15 * minutes
    const { accountId } = accountOf(started, 'jo@acme.com')
    await byApi(started, 'POST', `${users}/${accountId}/suspend`)
    started.clock.time += 2 * minutes
    expect((await check()).reading.kept?.accountsReadAgain).toBe(0)
    started.clock.time += 15 * minutes
    const found = await check()
    expect(found.reading.kept?.accountsReadAgain).toBe(1)
    expect(foundBy(found)).toEqual(foundBy(await fullCheck()))
  })

  it('looks again at an account whose role was not shown yet when its event was', async () => {
    const { started, check, fullCheck } = await incremental()
    await check()
    started.clock.time += 15 * minutes
    const { accountId } = accountOf(started, 'jo@acme.com')
    await byApi(started, 'POST', `/admin/v1/orgs/ORG/users/${accountId}/role-assignments/assign`, {
      role: 'atlassian/org-admin',
    })
    started.clock.time += 1_000
    await check()
    started.clock.time += 15 * minutes
    const found = await check()
    expect(found.reading.kept?.accountsReadAgain).toBe(1)
    expect(foundBy(found)).toEqual(foundBy(await fullCheck()))
    started.clock.time += 15 * minutes
    expect((await check()).reading.kept?.accountsReadAgain).toBe(0)
  })

  it('reads only the part in full that the log has no action for, and says which', async () => {
    const { started, check, fullCheck } = await incremental({
      switches: { eventActionsMissing: ['twosv_enabled_for_user'] },
    })
    await check()
    accountOf(started, 'petra.vogel@acme.com').mfaEnabled = false
    // Who shows anything else may be in another policy, too.
    const policyId = started.simulator.state.authenticationPolicies.find(({ name }) => name === 'Local accounts')?.id
    Object.assign(accountOf(started, 'jo@acme.com'), { name: 'Jo', policyId })
    started.clock.time += 15 * minutes
    const full = await fullCheck()
    const found = await check()
    expect(found.reading).toMatchObject({
      kind: 'incremental',
      because: [
        {
          code: 'actions-missing',
          summary: 'the audit log has no action for turning two-step verification on: accounts are read in full',
        },
      ],
      kept: { collections: ['policies', 'groups'], accountsReadAgain: 0 },
    })
    expect(foundBy(found)).toEqual(foundBy(full))
  })

  it('reads only the groups that documents name since', async () => {
    const { started, check, fullCheck, cwd } = await incremental()
    await check()
    started.clock.time += 15 * minutes
    const { readFile, writeFile } = await import('node:fs/promises')
    const file = `${cwd}/policies/authentication/contractors.yaml`
    await writeFile(
      file,
      (await readFile(file, 'utf8')).replace('groups: [contractors]', 'groups: [contractors, staff]'),
    )
    const found = await check()
    expect(found.reading.kind).toBe('incremental')
    expect(found.asked.filter(path => path.includes('groups/search'))).toHaveLength(1)
    expect(foundBy(found)).toEqual(foundBy(await fullCheck()))
    started.clock.time += 15 * minutes
    expect(skippable((await check()).asked)).toBe(0)
  })
})

it('takes nothing back that was found while the log could not be read', async () => {
  const { started, check } = await incremental()
  await check()
  started.clock.time += 15 * minutes
  const account = accountOf(started, 'jo@acme.com')
  account.policyId = started.simulator.state.authenticationPolicies.find(({ id }) => id !== account.policyId)?.id
  started.simulator.fault({ match: { path: '/events-stream' }, times: 5, then: { status: 502 } })
  const isFound = ({ differences }: Awaited<ReturnType<typeof check>>): boolean =>
    differences.some(({ account: moved, path }) => moved?.email === 'jo@acme.com' && path === 'members')
  const without = await check()
  expect([without.complete, without.reading.kind, isFound(without)]).toEqual([false, 'full', true])
  started.clock.time += 15 * minutes
  const after = await check()
  expect([after.complete, after.reading.kind, isFound(after)]).toEqual([true, 'full', true])
  started.clock.time += 15 * minutes
  const later = await check()
  expect([later.reading.kind, isFound(later)]).toEqual(['incremental', true])
})
