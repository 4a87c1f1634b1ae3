import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { attest } from '../../src/operations/attest.ts'
import { readPlan, savePlan } from '../../src/operations/saved-plan.ts'
import { acmeIds, planned } from './acme-documents.ts'
import { desiredOf } from './console.ts'
import { allowlist, begun, confluence, jira, organizationNow, stepsOf } from './cut-off.ts'
import { contractors, everyone, external, local, shape, twice, undo } from './revert-world.ts'
import { codesOf, temporaryFolder, valueOf, writesOf, type Started } from './start.ts'

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
