import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { unknown, type ValueObject } from '../../src/blocks/value.ts'
import { approveWithCodes } from '../../src/operations/approve.ts'
import { readPlan } from '../../src/operations/saved-plan.ts'
import { codeAt, secretOf } from '../approvals/codes.ts'
import { secretsInEnvironment } from '../operations/approve-world.ts'
import { policiesFolder, start, temporaryFolder, valueOf, writesOf } from '../operations/start.ts'
import { configsOf, errorsOf, newCore, providerWorld, summaries } from './provider-world.ts'

/** An unconfigured provider, and the provider block of the real folder. */
async function world(env: Readonly<Record<string, string>> = {}) {
  const started = await start()
  return { started, core: newCore(started, env), config: (await configsOf(started, policiesFolder)).provider }
}

describe('the provider block', () => {
  it('takes the Organization document as YAML as well', async () => {
    const { core } = await world()
    const organization_document = await readFile(`${policiesFolder}/organization.yaml`, 'utf8')
    expect(await core.configure({ organization_document })).toEqual([])
    const { state } = await core.data('postern_organization', {})
    expect(state).toMatchObject({ id: '96c9b91d-3eab-41b4-9d9c-09eb84db70cf', name: 'acme' })
  })

  it('says where a YAML document is wrong', async () => {
    const { core } = await world()
    const problems = await core.configure({
      organization_document:
        'kind: Organization\nname: acme\nid: 96c9b91d-3eab-41b4-9d9c-09eb84db70cf\ndomain: acme.com\n',
    })
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatchObject({ severity: 'error', path: [{ attribute: 'organization_document' }] })
    expect(problems[0]?.detail).toMatch(/organization_document:4:1/)
  })

  it.each([
    ['both ways to say what the organization is', { organization_document: 'kind: Organization' }, /say the same/],
    ['no organization', { organization: null, organization_id: null }, /no organization/],
    ['an unknown guard', { allow: ['everything'] }, /everything/],
    ['a ledger that nobody knows', { ledger: 'gs://bucket' }, /gs:\/\/bucket/],
    ['a console that is no web page', { console_url: 'ftp://console' }, /console/],
    ['an id that is none', { organization_id: 'acme' }, /`id`/],
  ])('refuses %s', async (_what, change: ValueObject, words) => {
    const { core, config } = await world()
    const problems = errorsOf(await core.configure({ ...config, ...change }))
    expect(problems.length).toBeGreaterThan(0)
    expect(summaries(problems).join('\n')).toMatch(words)
  })

  it('refuses what is not known yet, with its attribute', async () => {
    const { core, config } = await world()
    const problems = await core.configure({ ...config, ledger: unknown })
    expect(problems).toMatchObject([{ severity: 'error', path: [{ attribute: 'ledger' }] }])
  })

  it('without a key says where it comes from', async () => {
    const { core, config } = await world({ POSTERN_API_KEY: '' })
    const problems = await core.configure(config)
    expect(problems[0]?.detail).toMatch(/POSTERN_API_KEY/)
  })

  it('takes the key from the block before that of the environment, and shows neither', async () => {
    const { core, config, started } = await world({ POSTERN_API_KEY: 'wrong-key-of-the-environment' })
    expect(await core.configure({ ...config, api_key: started.connection.apiKey })).toEqual([])
    const right = await core.data('postern_organization', {})
    expect(right.problems).toEqual([])
    const other = newCore(started, { POSTERN_API_KEY: 'wrong-key-of-the-environment' })
    await other.configure(config)
    const wrong = await other.data('postern_organization', {})
    expect(errorsOf(wrong.problems)).toHaveLength(1)
    expect(JSON.stringify(wrong.problems)).not.toMatch(/wrong-key-of-the-environment/)
  })

  it('is not asked before it is configured', async () => {
    const { core } = await world()
    const { problems } = await core.plan('postern_ip_allowlist', { name: 'x', ranges: ['192.0.2.1'] })
    expect(summaries(problems)).toEqual([
      'error: the provider is not configured: no call but those that check was expected',
    ])
  })

  it('with an id alone serves data sources, and plans nothing', async () => {
    const { core, config } = await world()
    expect(await core.configure({ organization_id: config['organization_id'] ?? null })).toEqual([])
    expect((await core.data('postern_accounts', {})).problems).toEqual([])
    const { problems } = await core.plan('postern_ip_allowlist', { name: 'x', ranges: ['192.0.2.1'] })
    expect(summaries(problems)).toEqual(['error: the provider block does not say what the organization is'])
  })

  it('gives up what is being read when Terraform is interrupted', async () => {
    const { core, configs } = await providerWorld()
    core.provider.stop()
    const { problems } = await core.plan('postern_membership', configs.membership)
    expect(errorsOf(problems)).toHaveLength(1)
  })

  it('refuses the ledger of another organization before anything is sent', async () => {
    const { core, configs, started } = await providerWorld()
    await started.ledger.update('organization', () => ({ id: '11111111-1111-4111-8111-111111111111', name: 'other' }))
    const { problems } = await core.change('postern_membership', configs.membership)
    expect(errorsOf(problems).length).toBeGreaterThan(0)
    expect(writesOf(started.simulator)).toEqual([])
  })

  it('asks the organization once, whatever there is to look at', async () => {
    const { core, configs, started } = await providerWorld()
    const names = ['Staff behind Okta', 'Local accounts', 'Contractors and break-glass']
    await Promise.all(names.map(name => core.plan('postern_authentication_policy', configs.policy(name))))
    const once = started.simulator.requests.length
    expect(once).toBeLessThanOrEqual(12)
    await Promise.all(
      names.map(name => core.refresh('postern_authentication_policy', { ...configs.policy(name), document: null })),
    )
    expect(started.simulator.requests).toHaveLength(once)
  })

  it('saves a plan that waits for approvals, where a folder is named', async () => {
    const plans = await temporaryFolder()
    const { configs, again, started } = await providerWorld()
    const waiting = { ...configs.approved, author: 'alice-gh', plans: join(plans, 'not there yet') }
    const core = await again(waiting)
    const type = 'postern_ip_allowlist'
    const { state } = await core.change(type, configs.allowlist('Office and VPN'))
    const before = writesOf(started.simulator).length
    const wider = { ...configs.allowlist('Office and VPN'), ranges: ['203.0.113.0/24', '0.0.0.0/0'] }
    const next = await again(waiting)
    const planned = await next.plan(type, wider, state)
    const told = planned.problems.find(({ summary }) => summary.startsWith('guard loosens'))
    expect(told?.severity).toBe('warning')
    const [, file = ''] = /postern approve '(.+\.json)' --ledger \S+ --as bob/.exec(told?.detail ?? '') ?? []
    const saved = JSON.parse(await readFile(file, 'utf8')) as { author: string; steps: readonly unknown[] }
    expect([saved.author, saved.steps.length]).toEqual(['alice-gh', 1])
    const { problems } = await next.apply(planned)
    expect(summaries(errorsOf(problems))).toEqual([expect.stringMatching(/^error: guard loosens: /)])
    expect(writesOf(started.simulator)).toHaveLength(before)

    // Approved, exactly that plan may be carried out.
    const plan = valueOf(await readPlan(file))
    const secrets = { env: secretsInEnvironment }
    const code = codeAt(secretOf(2), started.clock.time)
    valueOf(await approveWithCodes([`bob:${code}`], { plan, ledger: started.ledger, now: started.now(), secrets }))
    const last = await again(waiting)
    expect(errorsOf((await last.change(type, wider, state)).problems)).toEqual([])
    expect(writesOf(started.simulator)).toHaveLength(before + 1)
  })
})
