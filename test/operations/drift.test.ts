import { describe, expect, it } from 'vitest'
import { drift } from '../../src/operations/drift.ts'
import { check, minutes, moveInConsole, settled, told } from './drift-world.ts'
import { attestUnverified, edit } from './console.ts'
import { codesOf, policiesFolder, policyFolder, start, valueOf } from './start.ts'

describe('drift', () => {
  it('is quiet where nothing happened, check after check', async () => {
    const started = await settled()
    for (let round = 0; round < 3; round++) {
      const report = await check(started)
      expect(report.differences.map(told)).toEqual([])
      expect([report.complete, report.history, report.lastCompleteAt]).toEqual([
        true,
        true,
        started.now().toISOString(),
      ])
      started.clock.time += 26 * 60 * minutes
    }
  })

  it('names who moved an account, when, and the line that governs it', async () => {
    const started = await settled()
    await check(started)
    started.clock.time += 60 * minutes
    await moveInConsole(started, 'Local accounts', 'jo@acme.com')
    started.clock.time += 5 * minutes
    const [difference, ...others] = (await check(started)).differences
    expect(others).toEqual([])
    expect(difference).toMatchObject({
      class: 'changed-outside',
      path: 'members',
      account: { email: 'jo@acme.com' },
      expected: 'Contractors and break-glass',
      live: 'Local accounts',
      source: { file: 'authentication/contractors.yaml', line: 14 },
      actor: { email: 'alice@acme.com' },
    })
    expect(difference?.eventId).toBeDefined()
    // It is still known at the next check, whose window begins after the event.
    started.clock.time += 24 * 60 * minutes
    expect((await check(started)).differences.map(told)).toEqual([
      [
        'changed-outside',
        'AuthenticationPolicy/Contractors and break-glass',
        'members',
        'jo@acme.com',
        'alice@acme.com',
      ],
    ])
  })

  it('an edit of an allowlist', async () => {
    const started = await settled()
    const list = started.simulator.state.controlPolicies.find(({ name }) => name === 'Office and VPN')
    if (list === undefined) throw new Error('no list')
    list.rule = { ...(list.rule as object), in: ['203.0.113.0/24'] }
    const { differences } = await check(started)
    expect(differences.map(told)).toEqual([['changed-outside', 'IpAllowlist/Office and VPN', 'ranges']])
    expect(differences[0]?.why).toContain('which is no proof that nobody did')
  })

  it('an edit of the external policy makes its evidence stale and names who did it, where the log has it', async () => {
    const started = await settled({ audit: 'full' })
    await check(started)
    started.clock.time += 60 * minutes
    await edit(started, 'ExternalUserPolicy', 'external', { 'settings.authorizationMethod': 'none' })
    started.clock.time += 11 * minutes
    const { differences, coverage } = await check(started)
    expect(new Set(differences.map(({ class: which, name }) => `${which} ${name}`))).toEqual(
      new Set(['stale external']),
    )
    expect(differences[0]).toMatchObject({
      actor: { name: 'alice@acme.com' },
      why: expect.stringContaining('which setting') as string,
    })
    // Nothing that was seen before the edit counts any more, in the plan neither.
    expect(coverage.levels['step-up']).toBe(1)
    expect(valueOf(await started.plan(policiesFolder)).coverage.before.levels['step-up']).toBe(1)
  })

  it('where an edit leaves no event, nothing is seen until somebody looks; then it is told that it cannot be told who', async () => {
    const started = await settled({ audit: 'documented' })
    await edit(started, 'ExternalUserPolicy', 'external', { 'settings.apiTokens': 'allow' })
    started.clock.time += 60 * minutes
    const stale = (await check(started)).differences
    // Its tokens work again: that contradicts what was attested.
    expect(stale.map(told)).toEqual([['stale', 'ExternalUserPolicy/external', 'settings.apiTokens']])
    await attestUnverified(started, policiesFolder, valueOf(await started.plan(policiesFolder)))
    const [seen] = (await check(started)).differences
    expect(seen).toMatchObject({
      class: 'changed-outside',
      path: 'settings.apiTokens',
      expected: 'block',
      live: 'allow',
    })
    expect(seen?.why).toContain('may not be in the audit log; last attested 2026-11-24 by alice')
  })

  it('git that moved on is pending, both that moved are a conflict', async () => {
    const started = await settled()
    const { mkdtemp, cp, readFile, writeFile } = await import('node:fs/promises')
    const folder = await mkdtemp('/tmp/postern-drift-')
    await cp(policiesFolder, folder, { recursive: true })
    const network = await readFile(`${folder}/network.yaml`, 'utf8')
    await writeFile(`${folder}/network.yaml`, network.replace('203.0.113.0/24, ', '203.0.113.0/24, 192.0.2.0/24, '))
    expect((await check(started, { folder })).differences.map(told)).toEqual([
      ['pending', 'IpAllowlist/Office and VPN', 'ranges'],
    ])
    const list = started.simulator.state.controlPolicies.find(({ name }) => name === 'Office and VPN')
    if (list !== undefined) list.rule = { ...(list.rule as object), in: ['198.51.100.9'] }
    expect((await check(started, { folder })).differences.map(told)).toEqual([
      ['conflict', 'IpAllowlist/Office and VPN', 'ranges'],
    ])
  })

  it('without a ledger everything is pending or unverified, and it says so', async () => {
    const started = await start()
    const report = await check(started)
    expect([report.history, report.complete]).toEqual([false, true])
    expect(new Set(report.differences.map(({ class: which }) => which))).toEqual(new Set(['pending', 'unverified']))
    expect(report.diagnostics.map(({ code }) => code)).toContain('drift/no-history')
  })

  it('an audit log that cannot be read makes the check incomplete, and the last complete one stays', async () => {
    const started = await settled()
    const first = await check(started)
    started.clock.time += 60 * minutes
    started.simulator.fault({ match: { path: '/events-stream' }, times: 1000, then: { status: 500 } })
    const report = await check(started)
    expect([report.complete, report.lastCompleteAt]).toEqual([false, first.checkedAt])
    expect(report.diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code)).toEqual([
      'drift/partial',
    ])
  })

  it('an organization without an audit log is complete all the same, and says why nobody is named', async () => {
    const started = await settled()
    started.simulator.fault({
      match: { path: '/event' },
      times: 1000,
      then: {
        status: 403,
        body: { errors: [{ id: '1', status: '403', code: 'ADMIN-403-3', title: 'Forbidden', detail: 'no audit log' }] },
      },
    })
    await moveInConsole(started, 'Local accounts', 'jo@acme.com')
    const report = await check(started)
    expect(report.complete).toBe(true)
    expect(report.differences[0]?.why).toContain('no audit log')
  })

  it('who came since the last check is new, once', async () => {
    const started = await settled()
    await check(started)
    const account = started.simulator.state.accounts.byEmail.get('sam@partner.example')
    if (account === undefined) throw new Error('no account')
    const { addAccount } = await import('../../src/simulator/accounts.ts')
    addAccount(started.simulator.state.accounts, { ...account, accountId: 'new-one', email: 'new@partner.example' })
    expect((await check(started)).differences.map(told)).toEqual([
      ['new', 'ExternalUserPolicy/external', 'members', 'new@partner.example'],
    ])
    expect((await check(started)).differences).toEqual([])
  })

  it('a clock that runs backwards is refused', async () => {
    const started = await settled()
    await check(started)
    const { connection, ledger } = started
    const before = await ledger.read('audit')
    const now = new Date(started.clock.time - 24 * 60 * minutes)
    expect(codesOf((await drift({ folder: policiesFolder, connection, ledger, now })).outcome)).toContain(
      'drift/clock-backwards',
    )
    expect(await ledger.read('audit')).toEqual(before)
  })

  it('an exception silences one difference; one that silences nothing is a warning', async () => {
    const started = await settled()
    const text = `kind: Organization
name: acme
id: 96c9b91d-3eab-41b4-9d9c-09eb84db70cf
---
kind: IpAllowlist
name: Office and VPN
ranges: [192.0.2.0/24]
---
kind: Exception
name: office is moving
difference: { kind: IpAllowlist, name: Office and VPN, path: ranges }
owner: alice@acme.com
reason: the new office opens in spring
expires: 2027-03-31
---
kind: Exception
name: nobody needs this
difference: { kind: IpAllowlist, name: Office and VPN, path: enabled }
owner: alice@acme.com
reason: none
expires: 2027-03-31
`
    const report = await check(started, { folder: await policyFolder({ 'all.yaml': text }) })
    const ranges = report.differences.find(({ path }) => path === 'ranges')
    expect(ranges?.exception).toEqual({ name: 'office is moving', owner: 'alice@acme.com', expires: '2027-03-31' })
    expect(report.diagnostics.filter(({ code }) => code === 'drift/exception-unused')).toHaveLength(1)
  })
})
