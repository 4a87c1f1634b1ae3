import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { accountsIn, documents, lastActiveReads, organization, started, statuses, suspending } from './access-world.ts'
import { exportFile, observeFiles } from './console.ts'
import { apiSteps, codesOf, valueOf, writesOf } from './start.ts'

describe('who breaks an access rule', () => {
  it('is suspended, with the reason; whom no rule may touch is told apart', async () => {
    const { own, folder } = await started(suspending)
    const made = await own.plan(folder)
    const plan = valueOf(made)
    expect(accountsIn(plan, 'suspend')).toEqual([
      ['inactive@partner.example', 'last active 2026-05-08'],
      ['never@partner.example', 'never active, added 2026-07-27'],
      ['rogue@other.example', 'other.example is not an allowed domain'],
    ])
    expect(codesOf(made)).toContain('plan/access-spared')
    expect(plan.impact.map(({ code, accounts }) => [code, accounts.length])).toEqual([['suspended', 3]])
    expect(plan.coverage.before.totals.external - plan.coverage.after.totals.external).toBe(3)
    expect(plan.steps.find(({ action }) => action === 'suspend')?.direction).toBe('tightens')
  })

  it('is only reported where the rule says so, and where it says nothing', async () => {
    for (const access of [
      '{ allowedDomains: [partner.example], onViolation: report }',
      '{ allowedDomains: [partner.example] }',
    ]) {
      const { own, folder } = await started(documents(access))
      const made = await own.plan(folder)
      expect(apiSteps(valueOf(made))).toEqual([])
      expect(codesOf(made)).toContain('plan/access-violated')
    }
  })

  it('is left alone where nothing tells when it was active', async () => {
    const { own, folder } = await started(suspending)
    own.simulator.fault({ match: { path: '/last-active-dates' }, times: 1000, then: { status: 403 } })
    const made = await own.plan(folder)
    expect(accountsIn(valueOf(made), 'suspend').map(([email]) => email)).toEqual(['rogue@other.example'])
    expect(codesOf(made)).toEqual(expect.arrayContaining(['plan/activity-unknown', 'plan/activity-unreadable']))
  })
})

describe('asking when accounts were last active', () => {
  it('is left out for those who were added lately and those whom no rule may touch, and is in the budget', async () => {
    const { own, folder } = await started(suspending)
    const { requests } = valueOf(await own.plan(folder))
    // active, inactive, never, rogue: a listing does not tell.
    expect(requests.lastActive).toBe(4)
    expect(lastActiveReads(own)).toBe(4)
    expect(requests.reads).toBe(own.simulator.requests.length)
  })

  it('is left out for those whom the export shows to be active', async () => {
    const { own, folder } = await started(suspending)
    valueOf(await observeFiles(own, folder, [await exportFile(own, 'external-users.csv')]))
    const plan = valueOf(await own.plan(folder))
    expect(plan.requests.lastActive).toBe(2)
    expect(accountsIn(plan, 'suspend').map(([email]) => email)).toEqual([
      'inactive@partner.example',
      'never@partner.example',
      'rogue@other.example',
    ])
  })

  it('is left out for those whom the listing shows to be active, where it tells', async () => {
    const { own, folder } = await started(suspending, { switches: { productAccessLastActive: true } })
    const plan = valueOf(await own.plan(folder))
    expect(plan.requests.lastActive).toBe(2)
    expect(accountsIn(plan, 'suspend')).toHaveLength(3)
  })

  it('is left out without the rule', async () => {
    const { own, folder } = await started(documents('{ allowedDomains: [partner.example], onViolation: suspend }'))
    expect(valueOf(await own.plan(folder)).requests.lastActive).toBe(0)
  })
})

describe('apply', () => {
  it('suspends exactly those, and then has nothing left to do', async () => {
    const { own, folder } = await started(suspending)
    const applied = await own.apply(valueOf(await own.plan(folder)), { recheck: true })
    expect(codesOf(applied)).toEqual([])
    expect(Object.keys(statuses(own)).sort()).toEqual([
      'inactive@partner.example',
      'never@partner.example',
      'rogue@other.example',
    ])
    expect(writesOf(own.simulator).every(({ path }) => path.endsWith('/suspend'))).toBe(true)
    expect(apiSteps(valueOf(await own.plan(folder)))).toEqual([])
  })

  it('gives access back when the rule no longer applies, to those whom it suspended and to nobody else', async () => {
    const { own, folder, rewrite } = await started(suspending)
    const byHand = own.simulator.state.accounts.byEmail.get('active@partner.example')
    if (byHand !== undefined) byHand.membershipStatus = 'suspended'
    valueOf(await own.apply(valueOf(await own.plan(folder))))

    await rewrite(documents('{ allowedDomains: [partner.example, other.example], onViolation: suspend }'))
    const plan = valueOf(await own.plan(folder))
    expect(accountsIn(plan, 'restore').map(([email]) => email)).toEqual([
      'inactive@partner.example',
      'never@partner.example',
      'rogue@other.example',
    ])
    expect(plan.steps.find(({ action }) => action === 'restore')?.direction).toBe('loosens')
    expect(plan.impact.map(({ code }) => code)).toEqual(['restored'])
    expect(codesOf(await own.apply(plan, { recheck: true }))).toEqual([])
    expect(statuses(own)).toEqual({ 'active@partner.example': 'suspended' })
    expect(valueOf(await own.plan(folder)).steps).toEqual([])
  })

  it('gives access back where the whole document is gone', async () => {
    const { own, folder, rewrite } = await started(suspending)
    valueOf(await own.apply(valueOf(await own.plan(folder))))
    await rewrite(
      `${organization}kind: IpAllowlist\nname: Office and VPN\nranges: [203.0.113.0/24, '2001:db8::/48', 198.51.100.0/24]\n`,
    )
    expect(accountsIn(valueOf(await own.plan(folder)), 'restore')).toHaveLength(3)
  })

  it('leaves out of a saved plan whom somebody suspended meanwhile: it was so already, and is not theirs to give back', async () => {
    const { own, folder, rewrite } = await started(suspending)
    const plan = valueOf(await own.plan(folder))
    const account = own.simulator.state.accounts.byEmail.get('rogue@other.example')
    if (account !== undefined) account.membershipStatus = 'suspended'
    expect(codesOf(await own.apply(plan, { recheck: true }))).toEqual([])
    expect(writesOf(own.simulator)).toHaveLength(2)
    await rewrite(documents('{ onViolation: suspend }'))
    expect(accountsIn(valueOf(await own.plan(folder)), 'restore').map(([email]) => email)).toEqual([
      'inactive@partner.example',
      'never@partner.example',
    ])
  })

  it('refuses a saved plan where an account lost its access otherwise', async () => {
    const { own, folder } = await started(suspending)
    const plan = valueOf(await own.plan(folder))
    const account = own.simulator.state.accounts.byEmail.get('rogue@other.example')
    if (account !== undefined) account.membershipStatus = 'no_membership'
    expect(codesOf(await own.apply(plan, { recheck: true }))).toContain('apply/basis-moved')
    expect(writesOf(own.simulator)).toEqual([])
  })

  it('refuses a saved plan where somebody was active again', async () => {
    const { own, folder } = await started(suspending)
    const plan = valueOf(await own.plan(folder))
    const account = own.simulator.state.accounts.byEmail.get('inactive@partner.example')
    if (account !== undefined) account.lastActive = own.clock.now()
    expect(codesOf(await own.apply(plan, { recheck: true }))).toContain('apply/basis-moved')
    expect(writesOf(own.simulator)).toEqual([])
  })

  it('takes an answer that was lost for what it was: carried out', async () => {
    const { own, folder, rewrite } = await started(suspending)
    const plan = valueOf(await own.plan(folder))
    own.simulator.fault({ match: { path: '/suspend' }, times: 100, then: { lost: true } })
    expect(codesOf(await own.apply(plan))).toEqual([])
    await rewrite(documents('{ onViolation: suspend }'))
    expect(accountsIn(valueOf(await own.plan(folder)), 'restore')).toHaveLength(3)
  })

  it('goes on after one that is refused, names it, and does not remember it as suspended', async () => {
    const { own, folder } = await started(suspending)
    const plan = valueOf(await own.plan(folder))
    own.simulator.fault({ match: { path: '/suspend', nth: 1 }, then: { status: 409 } })
    const applied = await own.apply(plan)
    expect(codesOf(applied)).toEqual(['apply/accounts-refused'])
    expect(applied.ok && applied.value.results.map(({ status }) => status)).toEqual(['failed'])
    expect(Object.keys(statuses(own)).sort()).toEqual(['never@partner.example', 'rogue@other.example'])
    const stored = JSON.parse(await readFile(join(own.ledgerFolder, 'suspensions.json'), 'utf8')) as object
    expect(JSON.stringify(stored)).not.toContain('inactive@partner.example')
    expect(JSON.stringify(stored)).toContain('rogue@other.example')
  })

  it('remembers whom it is about to suspend before the first request', async () => {
    const { own, folder } = await started(suspending)
    const plan = valueOf(await own.plan(folder))
    // Nothing is seen any more after the requests were sent: as after a crash.
    own.simulator.fault({ match: { path: '/users/search' }, times: 10, then: { status: 404 } })
    expect(codesOf(await own.apply(plan))).toEqual(['apply/unfinished'])
    const { accounts = {} } = (await own.ledger.read('suspensions')) ?? {}
    expect(Object.values(accounts).map(({ email }) => email)).toContain('rogue@other.example')
    expect(Object.keys(statuses(own))).toHaveLength(3)
  })
})
