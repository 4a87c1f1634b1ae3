import { describe, expect, it } from 'vitest'
import { acmeIds, planned } from './acme-documents.ts'
import { allowlist, begun, jira, organizationNow, stepsOf } from './cut-off.ts'
import { contractors, everyone, external, local, twice, undo } from './revert-world.ts'
import { codesOf, valueOf, type Started } from './start.ts'

describe('what was changed again since is left as it is', () => {
  const move = [contractors('owen.price@acme.com, petra.vogel@acme.com'), local]
  const account = ({ simulator }: Started, email: string) => {
    const found = simulator.state.accounts.byEmail.get(email)
    if (found === undefined) throw new Error(`no account ${email}`)
    return found
  }
  const list = ({ simulator }: Started) => {
    const found = simulator.state.controlPolicies.find(({ name }) => name === 'New')
    if (found === undefined) throw new Error('no allowlist')
    return found
  }
  const made = allowlist('New', `ranges: [192.0.2.1]\nenabled: false\nresources: ["${jira}"]`)
  const changed = allowlist('New', `ranges: [192.0.2.2]\nenabled: true\nresources: ["${jira}"]`)

  it.each<
    readonly [
      string,
      readonly string[],
      readonly string[],
      (started: Started) => void,
      readonly string[],
      readonly string[],
    ]
  >([
    [
      'an account that somebody moved on',
      [contractors(''), local],
      move,
      s => void (account(s, 'owen.price@acme.com').policyId = acmeIds.staff),
      ['owen.price@acme.com: it was changed again since'],
      ['api/move/AuthenticationPolicy/Local accounts petra.vogel@acme.com'],
    ],
    [
      'an account that somebody moved back already',
      [contractors(''), local],
      move,
      s => void (account(s, 'owen.price@acme.com').policyId = acmeIds.local),
      [],
      ['api/move/AuthenticationPolicy/Local accounts petra.vogel@acme.com'],
    ],
    [
      'an account that is deactivated',
      [contractors(''), local],
      move,
      s => void (account(s, 'owen.price@acme.com').accountStatus = 'inactive'),
      ['owen.price@acme.com: it is no active managed account any more'],
      ['api/move/AuthenticationPolicy/Local accounts petra.vogel@acme.com'],
    ],
    [
      'an account that has its access already',
      [external(everyone), local],
      [external('partner.example, freelance.example, acme-emergency.example'), local],
      s => void (account(s, 'ines@agency.example').membershipStatus = 'active'),
      [],
      ['api/restore/ExternalUserPolicy/external tomas@agency.example yuki@agency.example'],
    ],
    [
      'an allowlist that was made and edited',
      [local],
      [local, made],
      s => void (list(s).rule = { in: ['192.0.2.9'] }),
      ['IpAllowlist/New: it was changed again since'],
      [],
    ],
    [
      'an allowlist that was made and is gone',
      [local],
      [local, made],
      s => void s.simulator.state.controlPolicies.pop(),
      [],
      [],
    ],
    [
      'one field of an allowlist; the others are set back',
      [made],
      [changed],
      s => void (list(s).rule = { in: ['192.0.2.9'] }),
      ['ranges of IpAllowlist/New: it was changed again since'],
      ['api/update/IpAllowlist/New'],
    ],
    [
      'an allowlist that was removed and made again',
      [local, made],
      [local],
      s => {
        const [office] = s.simulator.state.controlPolicies
        if (office !== undefined) s.simulator.state.controlPolicies.push({ ...office, id: 'by-hand', name: 'New' })
      },
      ['IpAllowlist/New: there is an object of that name again'],
      [],
    ],
  ])('%s', async (_, first, second, meanwhile, left, steps) => {
    const { started } = await twice(first, second)
    meanwhile(started)
    const undoing = await undo(started, 'run-2')
    const told = undoing.diagnostics.flatMap(({ code, facts }) =>
      code === 'revert/not-reverted' && 'what' in facts && 'why' in facts ? [`${facts.what}: ${facts.why}`] : [],
    )
    expect(told).toEqual(left)
    expect(
      valueOf(undoing).steps.map(({ id, accounts = [] }) =>
        [id, ...accounts.map(({ account: { email } }) => email)].join(' '),
      ),
    ).toEqual(steps)
    if (steps.length === 0) expect(codesOf(undoing)).toContain('revert/nothing')
  })
})

describe('a run that did not do it', () => {
  it('since it was so already has nothing to undo', async () => {
    const { started, folder } = await begun()
    const plan = await planned(started, folder)
    valueOf(await started.apply(plan))
    const again = valueOf(await started.apply(plan, { recheck: true }))
    expect(again.results.filter(({ reason }) => reason === 'it was so already')).toHaveLength(4)
    const undoing = await undo(started, 'run-2')
    expect([codesOf(undoing), valueOf(undoing).steps]).toEqual([['revert/nothing'], []])
  })

  it('since somebody else had, has nothing to undo', async () => {
    const { started, folder } = await begun()
    const plan = await planned(started, folder)
    const [owen, petra] = ['owen.price@acme.com', 'petra.vogel@acme.com'].map(email =>
      started.simulator.state.accounts.byEmail.get(email),
    )
    if (owen !== undefined) owen.policyId = acmeIds.contractors
    if (petra !== undefined) petra.policyId = acmeIds.staff
    expect(codesOf(await started.apply(plan, { recheck: true }))).toEqual(['apply/basis-moved'])
    expect(stepsOf(valueOf(await undo(started, 'run-1'))).map(({ action }) => action)).not.toContain('move')
  })

  it('to its end: what it did is undone', async () => {
    const { started, folder } = await begun()
    const before = organizationNow(started)
    started.simulator.fault({ match: { path: '/suspend', nth: 2 }, then: { status: 409 } })
    started.simulator.fault({
      match: { method: 'POST', path: '/resources' },
      then: { status: 400, body: { errors: [] } },
    })
    const applied = valueOf(await started.apply(await planned(started, folder)))
    expect(applied.results.filter(({ status }) => status === 'failed')).toHaveLength(2)
    const undoing = await undo(started, 'run-1')
    valueOf(await started.apply(valueOf(undoing), { run: 'undone' }))
    expect(organizationNow(started)).toEqual(before)
  })

  it('at all', async () => {
    const { started } = await begun()
    const undoing = await undo(started, 'never')
    expect([undoing.ok, codesOf(undoing)]).toEqual([false, ['revert/unknown-run']])
  })

  it.each([
    ['is no JSON', '{"formatVersion":'],
    ['is of a newer format', '{"formatVersion":"2.0"}'],
    ['lacks what it needs', '{"formatVersion":"1.0"}'],
  ])('whose record %s', async (_, text) => {
    const { started, folder } = await begun()
    valueOf(await started.apply(await planned(started, folder)))
    await started.ledger.records.write('run', 'run-1', text)
    const undoing = await undo(started, 'run-1')
    expect([undoing.ok, codesOf(undoing)]).toEqual([false, ['revert/unreadable']])
  })
})
