import { join } from 'node:path'
import { writeFile, cp } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { isValueObject, unknown, type Value, type ValueObject } from '../../src/blocks/value.ts'
import { digestOf } from '../../src/operations/digest-of.ts'
import { desiredOf } from '../operations/console.ts'
import { policiesFolder, temporaryFolder, writesOf } from '../operations/start.ts'
import { prove, providerWorld, summaries, textIn } from './provider-world.ts'

const listIn = (value: Value, name: string): readonly ValueObject[] =>
  isValueObject(value) && Array.isArray(value[name]) ? (value[name] as readonly ValueObject[]) : []

describe('postern_organization', () => {
  it('shows what the API shows', async () => {
    const { core, started } = await providerWorld()
    const { state, problems } = await core.data('postern_organization', {})
    expect(problems).toEqual([])
    expect(state).toMatchObject({ name: 'acme' })
    expect(listIn(state, 'domains').map(({ name }) => name)).toEqual(['acme.com', 'acme.io'])
    expect(listIn(state, 'policies')).toHaveLength(3)
    expect(writesOf(started.simulator)).toEqual([])
  })
})

const anyAccount = { managed: null, status: null, domain: null, policy_id: null }

describe('postern_accounts', () => {
  const filters: readonly Readonly<Record<'managed' | 'status' | 'domain' | 'policy_id', Value>>[] = [
    { ...anyAccount, managed: false },
    { ...anyAccount, status: 'active' },
    { ...anyAccount, domain: 'ACME.io' },
    { ...anyAccount, policy_id: '90781be9-0863-45f0-92b9-1612379ffa5c', managed: true },
  ]
  it.each(filters)('lets through %j', async filter => {
    const { core } = await providerWorld()
    const all = listIn((await core.data('postern_accounts', {})).state, 'accounts')
    const { state } = await core.data('postern_accounts', filter)
    const wanted = { ...filter, domain: typeof filter.domain === 'string' ? filter.domain.toLowerCase() : null }
    const names = Object.keys(anyAccount) as (keyof typeof anyAccount)[]
    const found = all.filter(account => names.every(name => wanted[name] === null || account[name] === wanted[name]))
    expect(listIn(state, 'accounts')).toEqual(found)
    expect(found.length).toBeGreaterThan(0)
    expect(found.length).toBeLessThan(all.length)
  })

  it('refuses a status that no account has', async () => {
    const { core } = await providerWorld()
    const { problems } = await core.data('postern_accounts', { status: 'asleep' })
    expect(problems).toMatchObject([{ severity: 'error', path: [{ attribute: 'status' }] }])
  })
})

describe('postern_policy_folder', () => {
  it('is the documents as values, with their digest', async () => {
    const { core, configs, started } = await providerWorld()
    const { state, problems } = await core.data('postern_policy_folder', { path: policiesFolder })
    expect(problems).toEqual([])
    expect(state).toMatchObject({
      desired_digest: digestOf(await desiredOf(started, policiesFolder)),
      organization_id: started.simulator.organizationId,
    })
    if (!isValueObject(state)) throw new Error('no state')
    const { authentication_policies: policies, ip_allowlists: allowlists } = state
    expect(isValueObject(policies) && policies['Local accounts']).toMatchObject({
      ...configs.policy('Local accounts'),
    })
    expect(isValueObject(allowlists) && Object.keys(allowlists)).toEqual(['Office and VPN'])
    const { coverage_requirements, exceptions } = configs.membership
    expect(state['membership']).toMatchObject({ coverage_requirements, exceptions })
  })

  it('says with file and line what is wrong with the documents', async () => {
    const folder = join(await temporaryFolder(), 'policies')
    await cp(policiesFolder, folder, { recursive: true })
    await writeFile(join(folder, 'broken.yaml'), 'kind: IpAllowlist\nname: x\nranges: [everywhere]\n')
    const { core } = await providerWorld()
    const { state, problems } = await core.data('postern_policy_folder', { path: folder })
    expect(state).toBeNull()
    expect(problems).toMatchObject([{ severity: 'error', path: [{ attribute: 'path' }] }])
    expect(problems[0]?.detail).toMatch(/broken\.yaml:3:10/)
  })

  it('that is not there is told', async () => {
    const { core } = await providerWorld()
    const { problems } = await core.data('postern_policy_folder', { path: '/nowhere/at/all' })
    expect(summaries(problems)[0]).toMatch(/^error: .*\/nowhere\/at\/all/)
  })
})

describe('postern_coverage', () => {
  it('counts by evidence, and by the documents of a folder', async () => {
    const { core, started } = await providerWorld()
    await prove(started)
    const { state, problems } = await core.data('postern_coverage', { folder: policiesFolder })
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(state).toMatchObject({ levels: { sso_mfa: 36 }, declared_levels: { sso_mfa: 36 } })
    expect(listIn(state, 'requirements')).toMatchObject([{ name: 'second factor for everyone', required: 90 }])
    expect(listIn(state, 'gaps').length).toBeGreaterThan(0)
  })

  it('takes the documents of resources', async () => {
    const { core, configs, started } = await providerWorld()
    await prove(started)
    const names = ['Staff behind Okta', 'Local accounts', 'Contractors and break-glass']
    const planned = await Promise.all(
      names.map(name => core.plan('postern_authentication_policy', configs.policy(name))),
    )
    const documents = planned.map(({ planned: value }) => textIn(value, 'document'))
    const { state, problems } = await core.data('postern_coverage', { documents })
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(state).toMatchObject({ documents, levels: { sso_mfa: 36 } })
  })

  it('points at a text that is no document', async () => {
    const { core } = await providerWorld()
    const { problems } = await core.data('postern_coverage', { documents: ['{}'] })
    expect(problems).toMatchObject([{ severity: 'error', path: [{ attribute: 'documents' }, { index: 0 }] }])
  })

  it('is not known while its documents are not', async () => {
    const { core } = await providerWorld()
    expect((await core.data('postern_coverage', { documents: unknown })).state).toBe(unknown)
  })
})
