import { describe, expect, it } from 'vitest'
import { diagnostic } from '../../src/diagnostics/diagnostic.ts'
import type { Ledger, SectionName } from '../../src/ledger/contract.ts'
import { LedgerError } from '../../src/ledger/ledger-error.ts'
import type { StepResult } from '../../src/model/reports.ts'
import { codesOf, policiesFolder, scenarioNamed, policyFolder, start, valueOf, writesOf } from './start.ts'

const move = 'api/move/AuthenticationPolicy/Contractors and break-glass'
const update = 'api/update/IpAllowlist/Office and VPN'

const statuses = (results: readonly StepResult[]) => Object.fromEntries(results.map(({ id, status }) => [id, status]))

const acme = scenarioNamed('acme')

describe('a guard that blocks', () => {
  /** An apply of one allowlist, and a folder that governs nothing any more. */
  async function governedOnce() {
    const started = await start()
    const organization = `kind: Organization\nname: acme\nid: ${started.simulator.organizationId}\n`
    const office =
      'kind: IpAllowlist\nname: Office and VPN\nranges: [203.0.113.0/24, "2001:db8::/48", 198.51.100.0/24]\n'
    const governed = await policyFolder({ 'a.yaml': `${organization}---\n${office}` })
    valueOf(await started.apply(valueOf(await started.plan(governed))))
    return { started, folder: await policyFolder({ 'a.yaml': organization }) }
  }

  it('stops the whole apply: nothing is sent and nothing is recorded', async () => {
    const { started, folder } = await governedOnce()
    const before = await started.ledger.read('last-applied')
    const writes = writesOf(started.simulator).length
    const plan = valueOf(await started.plan(folder))
    expect(plan.guards.filter(({ status }) => status === 'blocks').map(({ code }) => code)).toEqual([
      'empty-desired',
      'loosens',
    ])
    const applied = valueOf(await started.apply(plan, { allow: ['loosens'] }))
    expect(applied.blocked).toBe(true)
    expect(new Set(applied.results.map(({ status }) => status))).toEqual(new Set(['not-attempted']))
    expect(writesOf(started.simulator)).toHaveLength(writes)
    expect(await started.ledger.read('last-applied')).toEqual(before)
  })

  it('is lifted by its code, in the plan or in the apply', async () => {
    const { started, folder } = await governedOnce()
    const allow = ['empty-desired', 'loosens']
    const lifted = valueOf(await started.plan(folder, { allow })).guards.filter(({ status }) => status === 'lifted')
    expect(lifted.map(({ code }) => code)).toEqual(allow)
    const applied = valueOf(await started.apply(valueOf(await started.plan(folder)), { allow }))
    expect(applied.blocked).toBe(false)
    expect(started.simulator.state.controlPolicies.filter(({ type }) => type === 'ip-allowlist')).toEqual([])
  })

  it('where the organization shows nobody', async () => {
    const started = await start({ scenario: { ...acme, accounts: [], apiKeys: [] } })
    const made = await started.plan(
      await policyFolder({
        'a.yaml': `kind: Organization\nname: acme\nid: ${acme.organization.id}\n---\nkind: AuthenticationPolicy\nname: P\ndirectory: local\nmembers: { everyoneElse: true }`,
      }),
    )
    expect(valueOf(made).guards.find(({ code }) => code === 'empty-live')?.status).toBe('blocks')
  })

  it('refuses to lift what there is none of', async () => {
    const { plan } = await start()
    expect(codesOf(await plan(policiesFolder, { allow: ['empty-desierd'] }))).toContain('guard/unknown-code')
  })
})

describe('a ledger of another organization', () => {
  it('blocks the plan and refuses the apply, and stays as it is', async () => {
    const started = await start()
    const plan = valueOf(await started.plan(policiesFolder))
    await started.ledger.update('organization', () => ({ id: 'ffffffff-0000-4000-8000-000000000000', name: 'other' }))
    const blocked = valueOf(await started.plan(policiesFolder)).guards.filter(({ status }) => status === 'blocks')
    expect(blocked.map(({ code, lift }) => [code, lift])).toEqual([['other-organization', undefined]])
    expect(codesOf(await started.apply(plan))).toEqual(['ledger/other-organization'])
    expect(writesOf(started.simulator)).toEqual([])
    expect(await started.ledger.read('last-applied')).toBeUndefined()
  })
})

describe('a ledger that cannot be written', () => {
  /** The ledger, which refuses to write this section; all of them where none is named. */
  const failing = (ledger: Ledger, section?: SectionName): Ledger => ({
    ...ledger,
    update: (name, change) =>
      section === undefined || name === section
        ? Promise.reject(new LedgerError(diagnostic('ledger/unwritable', { file: name, why: 'the disk is full' })))
        : ledger.update(name, change),
  })

  it('is noticed before anything is sent', async () => {
    const started = await start()
    const plan = valueOf(await started.plan(policiesFolder))
    const applied = await started.apply(plan, { ledger: failing(started.ledger) })
    expect([applied.ok, codesOf(applied)]).toEqual([false, ['ledger/unwritable']])
    expect(writesOf(started.simulator)).toEqual([])
  })

  it('any more at the end is told beside what was done', async () => {
    const started = await start()
    const plan = valueOf(await started.plan(policiesFolder))
    const applied = await started.apply(plan, { ledger: failing(started.ledger, 'last-applied') })
    expect(codesOf(applied)).toEqual(['ledger/unwritable'])
    expect(statuses(valueOf(applied).results)).toMatchObject({ [move]: 'done', [update]: 'done' })
  })
})
