import { describe, expect, it } from 'vitest'
import type { ValueObject } from '../../src/blocks/value.ts'
import { exportFile, observeFiles } from '../operations/console.ts'
import { policiesFolder, valueOf } from '../operations/start.ts'
import { errorsOf, prove, providerWorld, summaries, type ProviderWorld } from './provider-world.ts'

const policy = 'postern_authentication_policy'
const membership = 'postern_membership'
const [staff, local, contractors] = ['Staff behind Okta', 'Local accounts', 'Contractors and break-glass'] as const

/** Everything applied: each policy and the membership, by name of the resource. */
async function applied(world: ProviderWorld) {
  const { core, configs, started } = world
  await prove(started)
  const states = new Map<string, ValueObject>()
  for (const name of [staff, local, contractors]) {
    const { state, problems } = await core.change(policy, configs.policy(name))
    if (state === null) throw new Error(JSON.stringify(problems))
    states.set(name, state)
  }
  const { state, problems } = await core.change(membership, configs.membership)
  if (state === null) throw new Error(JSON.stringify(problems))
  states.set(membership, state)
  return states
}

const lastDocuments = async ({ started }: ProviderWorld) =>
  Object.keys((await started.ledger.read('last-applied'))?.documents ?? {}).filter(address =>
    address.startsWith('Auth'),
  )

describe('a policy that gets another name', () => {
  it('in the configuration keeps its accounts: nobody counts as unprotected', async () => {
    const world = await providerWorld({}, { allow: ['break-glass'] })
    const states = await applied(world)
    const renamed = { ...world.configs.policy(staff), name: 'Everybody behind Okta' }
    const { problems } = await (await world.again()).plan(policy, renamed, states.get(staff) ?? null)
    expect(summaries(errorsOf(problems))).toEqual([])
  })

  it('in the console, and then in the configuration, is one policy', async () => {
    const world = await providerWorld({}, { allow: ['break-glass'] })
    const { started, configs, again } = world
    const states = await applied(world)
    const live = started.simulator.state.authenticationPolicies.find(({ name }) => name === staff)
    if (live !== undefined) live.name = 'Everybody behind Okta'
    valueOf(await observeFiles(started, policiesFolder, [await exportFile(started, 'members.csv')]))
    const next = await again()
    const { state: seen } = await next.refresh(policy, states.get(staff) ?? {})
    expect(seen).toMatchObject({ name: 'Everybody behind Okta' })
    const { state, problems } = await next.change(
      policy,
      { ...configs.policy(staff), name: 'Everybody behind Okta' },
      seen,
    )
    expect(errorsOf(problems)).toEqual([])
    expect(state).toMatchObject({ name: 'Everybody behind Okta' })
    expect(await lastDocuments(world)).not.toContain(`AuthenticationPolicy/${staff}`)
    const last = await started.ledger.read('last-applied')
    expect(last?.documents['AuthenticationPolicy/Everybody behind Okta']).toHaveProperty('members')
    expect(Object.values(last?.policyOf ?? {})).not.toContain(staff)
  })
})

describe('what the ledger does not hold', () => {
  it('is applied once more, though nothing about the object changes', async () => {
    const world = await providerWorld()
    const { core, configs, started, again } = world
    const { imported } = await core.provider.import('postern_ip_allowlist', 'Office and VPN')
    const first = imported[0]?.state ?? null
    const config: ValueObject = { ...configs.allowlist('Office and VPN'), ranges: first?.['ranges'] ?? null }
    const next = await again()
    const { state: seen } = await next.refresh('postern_ip_allowlist', first ?? {})
    expect(seen).toMatchObject({ document: null })
    const { state, problems } = await next.change('postern_ip_allowlist', config, seen)
    expect(errorsOf(problems)).toEqual([])
    expect((await started.ledger.read('last-applied'))?.documents).toHaveProperty('IpAllowlist/Office and VPN')
    const last = await again()
    expect((await last.refresh('postern_ip_allowlist', state ?? {})).state).toEqual(state)
  })

  it('such as another Organization document, shows as a change of what is applied with it', async () => {
    const world = await providerWorld({}, { allow: ['break-glass'] })
    const states = await applied(world)
    const organization = {
      ...(world.configs.provider['organization'] as ValueObject),
      evidence: { expires_after: '60d' },
    }
    const next = await world.again({ organization, allow: ['break-glass'] })
    const { state } = await next.refresh(policy, states.get(staff) ?? {})
    expect(state).toMatchObject({ document: null, name: staff })
    expect((await next.refresh(membership, states.get(membership) ?? {})).state).toMatchObject({ id: null })
    const { problems } = await next.change(policy, world.configs.policy(staff), state)
    expect(errorsOf(problems)).toEqual([])
    const last = await world.started.ledger.read('last-applied')
    expect(last?.documents['Organization/acme']).toMatchObject({ evidence: { expiresAfter: '60d' } })
  })

  it('at all is told, once', async () => {
    const world = await providerWorld({}, { allow: ['break-glass'] })
    const states = await applied(world)
    const next = await world.again({ ledger: `${world.started.ledgerFolder}-other` })
    const told = []
    for (const name of [staff, local]) told.push(...(await next.refresh(policy, states.get(name) ?? {})).problems)
    expect(summaries(told)).toEqual([expect.stringMatching(/^warning: the ledger .*-other holds nothing/)])
  })
})

it('what the command line applied is recorded for Terraform as well', async () => {
  const world = await providerWorld({}, { allow: ['break-glass'] })
  const { started, configs, again } = world
  await prove(started)
  valueOf(await started.apply(valueOf(await started.plan(policiesFolder))))
  // With the approvals of the folder it is the same Organization document.
  const core = await again(configs.approved)
  for (const name of [staff, local, contractors]) {
    const { planned } = await core.plan(policy, configs.policy(name))
    const { state: seen } = await core.refresh(policy, planned ?? {})
    expect(seen).toEqual(planned)
  }
  const { planned } = await core.plan(membership, configs.membership)
  expect((await core.refresh(membership, planned ?? {})).state).toEqual(planned)
  const { imported } = await core.provider.import('postern_ip_allowlist', 'Office and VPN')
  const { state } = await (await again(configs.approved)).refresh('postern_ip_allowlist', imported[0]?.state ?? {})
  expect(state).toEqual(imported[0]?.state)
})

describe('a policy that the membership does not list', () => {
  it('stays governed', async () => {
    const world = await providerWorld({}, { allow: ['break-glass', 'loosens'] })
    const states = await applied(world)
    const listed = Object.entries(world.configs.membership['policies'] as ValueObject)
    const policies = Object.fromEntries(listed.filter(([name]) => name !== staff))
    const config = { ...world.configs.membership, policies, coverage_requirements: null, exceptions: null }
    const { problems } = await (await world.again()).change(membership, config, states.get(membership) ?? null)
    expect(errorsOf(problems)).toEqual([])
    expect(await lastDocuments(world)).toContain(`AuthenticationPolicy/${staff}`)
  })
})
