import { describe, expect, it } from 'vitest'
import { accountsIn, documents, started, statuses, suspending } from './access-world.ts'
import { codesOf, valueOf, type Started } from './start.ts'

describe('nobody is suspended by mistake, and nobody given back who was not taken', () => {
  const account = ({ simulator }: Started, email: string) => {
    const found = simulator.state.accounts.byEmail.get(email)
    if (found === undefined) throw new Error(`no account ${email}`)
    return found
  }

  it('who became an organization admin since the plan was made keeps access', async () => {
    const { own, folder } = await started(suspending)
    const plan = valueOf(await own.plan(folder))
    account(own, 'rogue@other.example').platformRoles = ['atlassian/org-admin']
    expect(codesOf(await own.apply(plan, { recheck: true }))).toContain('apply/basis-moved')
    expect(statuses(own)).toEqual({})
  })

  it('where the API tells no roles, nobody can be told not to be an admin', async () => {
    const { own, folder } = await started(suspending)
    const transport: NonNullable<Started['connection']['transport']> = async request => {
      const answer = await own.connection.transport?.(request)
      if (answer === undefined) throw new Error('no transport')
      return { ...answer, body: answer.body.replaceAll('"platformRoles"', '"hidden"') }
    }
    const made = await own.plan(folder, { connection: { ...own.connection, transport } })
    expect(accountsIn(valueOf(made), 'suspend')).toEqual([])
    expect(codesOf(made)).toContain('plan/access-spared')
  })

  it('whom somebody else gave access back, and took it from later, is theirs', async () => {
    const { own, folder, rewrite } = await started(suspending)
    valueOf(await own.apply(valueOf(await own.plan(folder))))
    const rogue = account(own, 'rogue@other.example')
    rogue.membershipStatus = 'active'
    await rewrite(documents('{ allowedDomains: [partner.example], onViolation: report }'))
    valueOf(await own.apply(valueOf(await own.plan(folder))))
    rogue.membershipStatus = 'suspended'
    expect(accountsIn(valueOf(await own.plan(folder)), 'restore').map(([email]) => email)).not.toContain(rogue.email)
  })

  it('a new domain in the list gives access back, though nobody suspended can have been active, and it lasts', async () => {
    const { own, folder, rewrite } = await started(suspending)
    valueOf(await own.apply(valueOf(await own.plan(folder))))
    own.clock.time += 100 * 86_400_000
    await rewrite(
      documents('{ allowedDomains: [partner.example, other.example], inactiveAfter: 90d, onViolation: suspend }'),
    )
    const plan = valueOf(await own.plan(folder))
    expect(accountsIn(plan, 'restore').map(([email]) => email)).toEqual(['rogue@other.example'])
    valueOf(await own.apply(plan))
    const again = valueOf(await own.plan(folder))
    expect(accountsIn(again, 'suspend').map(([email]) => email)).not.toContain('rogue@other.example')
  })

  it('whom somebody gave access back has time to use it', async () => {
    const { own, folder } = await started(suspending)
    valueOf(await own.apply(valueOf(await own.plan(folder))))
    account(own, 'inactive@partner.example').membershipStatus = 'active'
    expect(accountsIn(valueOf(await own.plan(folder)), 'suspend')).toEqual([])
  })

  it('an account on a domain of our own that nobody claimed is not shut out', async () => {
    const { own, folder } = await started(documents('{ allowedDomains: [partner.example], onViolation: suspend }'))
    account(own, 'reception@acme.com').managed = false
    const suspended = accountsIn(valueOf(await own.plan(folder)), 'suspend').map(([email]) => email)
    expect(suspended).toEqual(['rogue@other.example'])
  })

  it.each([
    '{ allowedDomains: [] }',
    '{ inactiveAfter: 1m }',
    '{ inactiveAfter: 6d }',
    '{ allowedDomains: [partner.example.] }',
  ])('%s is refused', async access => {
    const { own, folder } = await started(documents(access))
    expect((await own.plan(folder)).ok).toBe(false)
  })

  it('stops between two accounts', async () => {
    const { own, folder } = await started(suspending)
    const plan = valueOf(await own.plan(folder))
    const stop = new AbortController()
    own.simulator.fault({ match: { path: '/suspend', nth: 1 }, then: { latency: 1 } })
    const transport: NonNullable<Started['connection']['transport']> = async request => {
      const answer = await own.connection.transport?.(request)
      if (request.url.endsWith('/suspend')) stop.abort()
      if (answer === undefined) throw new Error('no transport')
      return answer
    }
    const applied = await own.apply(plan, { connection: { ...own.connection, transport }, stop: stop.signal })
    expect(codesOf(applied)).toContain('apply/accounts-refused')
    expect(Object.keys(statuses(own))).toHaveLength(1)
  })
})
