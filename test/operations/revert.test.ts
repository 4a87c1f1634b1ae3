import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { SavedPlan } from '../../src/model/plan.ts'
import { revert, type RevertOptions } from '../../src/operations/revert.ts'
import { attest } from '../../src/operations/attest.ts'
import { readPlan, savePlan } from '../../src/operations/saved-plan.ts'
import { acmeIds, folderWith, planned, policy } from './acme-documents.ts'
import { desiredOf } from './console.ts'
import { allowlist, begun, confluence, jira, organizationNow, stepsOf } from './cut-off.ts'
import { codesOf, temporaryFolder, valueOf, writesOf, type Started } from './start.ts'

const undo = async (started: Started, run: string, changes: Partial<RevertOptions> = {}) => {
  const { connection, ledger } = started
  return revert({ connection, ledger, now: started.now(), allow: [], run, ...changes })
}

const local = policy('Local accounts', `id: ${acmeIds.local}\ndirectory: local\ndefault: true`)
const contractors = (accounts: string): string =>
  policy(
    'Contractors and break-glass',
    `id: ${acmeIds.contractors}\ndirectory: local\nmembers: { accounts: [${accounts}] }`,
  )
const external = (domains: string): string =>
  `kind: ExternalUserPolicy\nname: external\naccess: { allowedDomains: [${domains}], onViolation: suspend }`

/** Applies some documents and then others, as two runs. */
async function twice(first: readonly string[], second: readonly string[]) {
  const { started, folder } = await begun(first)
  valueOf(await started.apply(await planned(started, folder)))
  const before = organizationNow(started)
  const next = await folderWith(...second)
  const plan = await planned(started, next)
  const applied = await started.apply(plan)
  expect(codesOf(applied)).toEqual([])
  return { started, before, folder: next, plan }
}

const shape = ({ steps }: SavedPlan) =>
  steps.map(({ id, changes, accounts = [], requests = [] }) => ({
    id,
    changes,
    accounts: accounts.map(({ account, from }) => [account.email, from]),
    requests: requests.map(({ path, ...rest }) => ({
      ...rest,
      path: path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}$/, 'ID'),
    })),
  }))

const everyone = 'partner.example, agency.example, freelance.example, acme-emergency.example'
const office = allowlist('Office and VPN', 'ranges: [203.0.113.0/24]')

describe('reverting a run', () => {
  it.each<readonly [string, readonly string[], readonly string[], readonly string[]]>([
    [
      'moves accounts back into the policies that they came from',
      [contractors(''), local],
      [contractors('owen.price@acme.com, petra.vogel@acme.com'), local],
      ['api/move/AuthenticationPolicy/Local accounts'],
    ],
    [
      'gives access back',
      [external(everyone), local],
      [external('partner.example, freelance.example, acme-emergency.example'), local],
      ['api/restore/ExternalUserPolicy/external'],
    ],
    [
      'takes access again',
      [external('partner.example, freelance.example, acme-emergency.example'), local],
      [external(everyone), local],
      ['api/suspend/ExternalUserPolicy/external'],
    ],
    [
      'removes an allowlist that it made',
      [local],
      [local, allowlist('New', `ranges: [192.0.2.1]\nenabled: false\nresources: ["${jira}"]`)],
      ['api/delete/IpAllowlist/New'],
    ],
    [
      'changes an allowlist back',
      [allowlist('New', `ranges: [192.0.2.1]\nenabled: false\nresources: ["${jira}"]`)],
      [allowlist('New', `ranges: [192.0.2.2]\nenabled: true\nresources: ["${confluence}"]`)],
      ['api/update/IpAllowlist/New'],
    ],
    [
      'makes an allowlist that it removed',
      [local, allowlist('New', `ranges: [192.0.2.1]\nenabled: false\nallowMobileBypass: true\nresources: ["${jira}"]`)],
      [local],
      ['api/create/IpAllowlist/New'],
    ],
  ])('%s, and what it undid is what the next plan brings again', async (_, first, second, ids) => {
    const { started, before, folder, plan } = await twice(first, second)
    const writes = writesOf(started.simulator).length
    const undoing = valueOf(await undo(started, 'run-2'))
    expect(stepsOf(undoing).map(({ id }) => id)).toEqual(ids)
    expect(writesOf(started.simulator)).toHaveLength(writes)
    expect(codesOf(await started.apply(undoing, { recheck: true }))).toEqual([])
    expect(organizationNow(started)).toEqual(before)
    expect(shape(await planned(started, folder))).toEqual(shape(plan))
    // There is nothing left to undo.
    const again = await undo(started, 'run-2')
    expect([codesOf(again), valueOf(again).steps]).toEqual([expect.arrayContaining(['revert/nothing']), []])
  })

  it('is undone by reverting it', async () => {
    const { started, folder } = await begun()
    const plan = await planned(started, folder)
    const before = organizationNow(started)
    valueOf(await started.apply(plan))
    const after = organizationNow(started)
    valueOf(await started.apply(valueOf(await undo(started, 'run-1')), { run: 'undone' }))
    expect(organizationNow(started)).toEqual(before)
    valueOf(await started.apply(valueOf(await undo(started, 'undone')), { run: 'redone' }))
    expect(organizationNow(started)).toEqual(after)
    expect(stepsOf(await planned(started, folder))).toEqual([])
  })
})

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
      code === 'revert/not-reverted' && 'what' in facts && 'why' in facts
        ? [`${String(facts.what)}: ${String(facts.why)}`]
        : [],
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
    const left = organizationNow(started).allowlists.map(({ name }) => name)
    expect(left).toContain('New')
    valueOf(await started.apply(valueOf(undoing), { run: 'undone' }))
    expect({ ...organizationNow(started), allowlists: [] }).toEqual({ ...before, allowlists: [] })
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

describe('a revert is a plan like every other', () => {
  it('guards stop it: what tightened is loosened', async () => {
    const { started } = await twice(
      [allowlist('Office and VPN', 'ranges: [203.0.113.0/24, "2001:db8::/48"]'), local],
      [office, local],
    )
    const undoing = valueOf(await undo(started, 'run-2'))
    expect(undoing.guards.filter(({ status }) => status === 'blocks').map(({ code }) => code)).toEqual(['loosens'])
    const writes = writesOf(started.simulator).length
    expect(valueOf(await started.apply(undoing, { allow: [] })).blocked).toBe(true)
    expect(writesOf(started.simulator)).toHaveLength(writes)
    const allowed = valueOf(await undo(started, 'run-2', { allow: ['loosens'] }))
    expect(allowed.guards.find(({ code }) => code === 'loosens')?.status).toBe('lifted')
    expect(codesOf(await undo(started, 'run-2', { allow: ['lossens'] }))).toEqual(['guard/unknown-code'])
  })

  it('it can be saved and read back, and is refused where what it rests on moves', async () => {
    const { started } = await twice([contractors(''), local], [contractors('owen.price@acme.com'), local])
    const file = join(await temporaryFolder(), 'revert.json')
    valueOf(await savePlan(file, valueOf(await undo(started, 'run-2'))))
    const plan = valueOf(await readPlan(file))
    const owen = started.simulator.state.accounts.byEmail.get('owen.price@acme.com')
    if (owen !== undefined) owen.policyId = acmeIds.staff
    expect(codesOf(await started.apply(plan, { recheck: true }))).toEqual(['apply/basis-moved'])
  })

  it('its steps and what it notices have no place in a file', async () => {
    const { started } = await twice([contractors(''), local], [contractors('owen.price@acme.com'), local])
    const undoing = valueOf(await undo(started, 'run-2'))
    expect(undoing.steps.every(step => step.source === undefined)).toBe(true)
    expect(undoing.diagnostics.every(found => found.file === undefined)).toBe(true)
  })

  it('it is about what the run changed and nothing else', async () => {
    const { started } = await twice([contractors(''), local], [contractors('owen.price@acme.com'), local])
    const quinn = started.simulator.state.accounts.byEmail.get('quinn.daly@acme.com')
    if (quinn !== undefined) quinn.policyId = acmeIds.staff
    const [list] = started.simulator.state.controlPolicies
    if (list !== undefined) list.status = 'disabled'
    expect(shape(valueOf(await undo(started, 'run-2'))).map(({ accounts }) => accounts)).toEqual([
      [['owen.price@acme.com', 'Contractors and break-glass']],
    ])
  })
})

describe('settings of the console', () => {
  const tokens = (apiTokens: string) => [
    `kind: ExternalUserPolicy\nname: external\nsettings: { apiTokens: ${apiTokens} }`,
  ]

  /** States what the console shows of the external user policy. */
  async function stated(started: Started, folder: string, text: string): Promise<void> {
    started.clock.time += 60_000
    const desired = await desiredOf(started, folder)
    const statements = [{ address: 'ExternalUserPolicy/external', path: 'settings.apiTokens', text }]
    valueOf(await attest({ desired, ledger: started.ledger, statements, by: 'alice', now: started.now() }))
  }

  /** A run that asks a person to block tokens, which were seen to be allowed. */
  async function blocking(seenBefore: string | undefined) {
    const { started, folder } = await begun(tokens('block'))
    if (seenBefore !== undefined) await stated(started, folder, seenBefore)
    valueOf(await started.apply(await planned(started, folder)))
    return { started, folder }
  }

  it('are set back by a person, as evidence shows that they were changed', async () => {
    const { started, folder } = await blocking('allow')
    await stated(started, folder, 'block')
    const undoing = valueOf(await undo(started, 'run-1'))
    expect(undoing.steps.map(({ id, changes, direction }) => [id, changes, direction])).toEqual([
      [
        'console/update/ExternalUserPolicy/external',
        [{ path: 'settings.apiTokens', before: 'block', after: 'allow' }],
        'loosens',
      ],
    ])
    expect(undoing.guards.find(({ code }) => code === 'loosens')?.status).toBe('blocks')
    expect(valueOf(await started.apply(undoing, { run: 'undone' })).results).toMatchObject([{ status: 'pending' }])
    // The documents still say otherwise: the next plan brings it again.
    await stated(started, folder, 'allow')
    expect((await planned(started, folder)).steps).toMatchObject([
      { id: 'console/update/ExternalUserPolicy/external', changes: [{ before: 'allow', after: 'block' }] },
    ])
  })

  it('that nobody changed are left alone', async () => {
    const { started } = await blocking('allow')
    expect(valueOf(await undo(started, 'run-1')).steps).toEqual([])
  })

  it('of which nobody knows what they were are told', async () => {
    const { started, folder } = await blocking(undefined)
    await stated(started, folder, 'block')
    expect((await undo(started, 'run-1')).diagnostics).toMatchObject([
      {
        code: 'revert/not-reverted',
        facts: {
          what: 'settings.apiTokens of ExternalUserPolicy/external',
          why: 'what it was before is not known',
        },
      },
      { code: 'revert/nothing' },
    ])
  })
})
