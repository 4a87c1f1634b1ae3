import { describe, expect, it } from 'vitest'
import { parseFault } from '../../src/simulator/index.ts'
import { folderWith, planned } from './acme-documents.ts'
import { apiSteps, codesOf, start, valueOf, writesOf, type Started } from './start.ts'

const jira = 'ari:cloud:jira::site/3f2a0c1e-0000-4000-8000-000000000001'
const confluence = 'ari:cloud:confluence::site/3f2a0c1e-0000-4000-8000-000000000001'

const allowlist = (name: string, rest: string): string => `kind: IpAllowlist\nname: ${name}\n${rest}`

/** The allowlists of the simulator, as far as documents know them. */
const live = ({ simulator }: Started) =>
  simulator.state.controlPolicies
    .filter(({ type }) => type === 'ip-allowlist')
    .map(({ name, status, rule, resources }) => ({ name, status, rule, resources: resources.map(({ id }) => id) }))

const pathsOf = ({ simulator }: Started, organizationId = simulator.organizationId): readonly string[] =>
  writesOf(simulator).map(
    ({ method, path }) =>
      `${method} ${path.replace(`/admin/control/v1/orgs/${organizationId}`, '').replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, 'ID')}`,
  )

/** Other addresses and deletions loosen, and these documents declare no approvals. */
const lifting = { allow: ['loosens'] }

describe.each([false, true])('with recheck %s, an allowlist', recheck => {
  it('is created with its resources: the id that the first request brings goes into the next', async () => {
    const started = await start(lifting)
    const folder = await folderWith(
      allowlist(
        'New',
        `ranges: [192.0.2.1/32, 2001:DB8:1::/48]\nenabled: false\nresources: ["${jira}", "${confluence}"]`,
      ),
    )
    const plan = await planned(started, folder)
    const base = `/admin/control/v1/orgs/${started.simulator.organizationId}/policies`
    expect(apiSteps(plan).map(({ id, requests }) => [id, requests])).toEqual([
      [
        'api/create/IpAllowlist/New',
        [
          {
            method: 'POST',
            path: base,
            body: {
              data: {
                type: 'policy',
                attributes: {
                  type: 'ip-allowlist',
                  name: 'New',
                  status: 'disabled',
                  rule: { in: ['192.0.2.1', '2001:db8:1::/48'] },
                },
              },
            },
          },
          { method: 'POST', path: `${base}/{created}/resources`, body: { id: jira } },
          { method: 'POST', path: `${base}/{created}/resources`, body: { id: confluence } },
        ],
      ],
    ])
    expect(codesOf(await started.apply(plan, { recheck }))).toEqual([])
    expect(live(started).find(({ name }) => name === 'New')).toEqual({
      name: 'New',
      status: 'disabled',
      rule: { in: ['192.0.2.1', '2001:db8:1::/48'] },
      resources: [jira, confluence],
    })
    expect((await planned(started, folder)).steps).toEqual([])
  })

  it('is updated: what the document leaves out stays as it is', async () => {
    const started = await start(lifting)
    const [before] = started.simulator.state.controlPolicies
    if (before !== undefined) before.rule = { ...before.rule, unheardOf: [1], allowMobileBypass: true }
    const folder = await folderWith(allowlist('Office and VPN', 'ranges: [192.0.2.1]'))
    const plan = await planned(started, folder)
    expect(codesOf(await started.apply(plan, { recheck }))).toEqual([])
    expect(live(started)).toEqual([
      {
        name: 'Office and VPN',
        status: 'enabled',
        rule: { in: ['192.0.2.1'], unheardOf: [1], allowMobileBypass: true },
        resources: [jira],
      },
    ])
    expect((await planned(started, folder)).steps).toEqual([])
  })

  it('gets and loses resources, without a request for the rest', async () => {
    const started = await start(lifting)
    const folder = await folderWith(
      allowlist(
        'Office and VPN',
        `ranges: [203.0.113.0/24, "2001:db8::/48", 198.51.100.0/24]\nresources: ["${confluence}"]`,
      ),
    )
    expect(codesOf(await started.apply(await planned(started, folder), { recheck }))).toEqual([])
    expect(pathsOf(started)).toEqual([
      'POST /policies/ID/resources',
      `DELETE /policies/ID/resources/${encodeURIComponent(jira)}`,
    ])
    expect(live(started)[0]?.resources).toEqual([confluence])
    expect((await planned(started, folder)).steps).toEqual([])
  })

  it('is deleted once no document names it, if it was applied before; others are left alone', async () => {
    const started = await start(lifting)
    const both = await folderWith(allowlist('New', `ranges: [192.0.2.1]\nresources: ["${jira}"]`))
    valueOf(await started.apply(await planned(started, both)))
    const none = await folderWith('kind: ExternalUserPolicy\nname: external')
    const plan = await planned(started, none)
    expect(plan.steps.map(({ id, direction }) => [id, direction])).toEqual([['api/delete/IpAllowlist/New', 'loosens']])
    expect(codesOf(await started.apply(plan, { recheck }))).toEqual([])
    expect(live(started).map(({ name }) => name)).toEqual(['Office and VPN'])
    expect((await planned(started, none)).steps).toEqual([])
  })
})

describe('an allowlist', () => {
  it('is not deleted where its creation failed: it was never applied', async () => {
    const started = await start(lifting)
    started.simulator.fault({
      match: { method: 'POST', path: '/policies' },
      times: 1,
      then: { status: 400, body: { errors: [] } },
    })
    await started.apply(await planned(started, await folderWith(allowlist('New', 'ranges: [192.0.2.1]'))))
    const [office] = started.simulator.state.controlPolicies
    if (office !== undefined)
      started.simulator.state.controlPolicies.push({ ...office, id: 'made-by-hand', name: 'New' })
    const none = await folderWith('kind: ExternalUserPolicy\nname: external')
    expect((await planned(started, none)).steps).toEqual([])
  })

  it('whose deletion failed is deleted by the next apply', async () => {
    const started = await start(lifting)
    valueOf(await started.apply(await planned(started, await folderWith(allowlist('New', 'ranges: [192.0.2.1]')))))
    const none = await folderWith('kind: ExternalUserPolicy\nname: external')
    started.simulator.fault({ match: { method: 'DELETE' }, times: 1, then: { status: 403, body: { errors: [] } } })
    expect(codesOf(await started.apply(await planned(started, none)))).toHaveLength(1)
    expect((await planned(started, none)).steps.map(({ id }) => id)).toEqual(['api/delete/IpAllowlist/New'])
  })

  it.each([202, 204] as const)('is deleted whether Atlassian answers that with %i', async policyDeleteStatus => {
    const started = await start({ ...lifting, switches: { policyDeleteStatus } })
    valueOf(await started.apply(await planned(started, await folderWith(allowlist('New', 'ranges: [192.0.2.1]')))))
    const none = await folderWith('kind: ExternalUserPolicy\nname: external')
    expect(codesOf(await started.apply(await planned(started, none)))).toEqual([])
    expect(live(started)).toHaveLength(1)
  })

  it('whose creation lost its answer is seen to be there, and is not created twice', async () => {
    const started = await start(lifting)
    const folder = await folderWith(allowlist('New', `ranges: [192.0.2.1]\nresources: ["${jira}"]`))
    started.simulator.fault({ match: { method: 'POST', path: '/policies' }, times: 1, then: { lost: true } })
    expect(codesOf(await started.apply(await planned(started, folder)))).toEqual([])
    expect(live(started).map(({ name }) => name)).toEqual(['Office and VPN', 'New'])
    expect(live(started).find(({ name }) => name === 'New')?.resources).toEqual([jira])
    expect((await planned(started, folder)).steps).toEqual([])
  })

  it('that is still being applied is reported as settling', async () => {
    const started = await start({ ...lifting, switches: { applyMilliseconds: 3_600_000 } })
    const folder = await folderWith(allowlist('Office and VPN', `ranges: [203.0.113.0/24]\nresources: ["${jira}"]`))
    const applied = await started.apply(await planned(started, folder))
    expect(codesOf(applied)).toEqual(['apply/unfinished'])
    const made = await started.plan(folder)
    expect([codesOf(made), valueOf(made).steps]).toEqual([expect.arrayContaining(['plan/settling']), []])
  })

  it('whose rule is served as an array is reported, and never written over', async () => {
    const started = await start({ ...lifting, switches: { ruleAsArray: true } })
    const folder = await folderWith(allowlist('Office and VPN', 'ranges: [192.0.2.1]\nenabled: false'))
    const made = await started.plan(folder)
    expect(codesOf(made)).toContain('plan/unreadable-field')
    expect(valueOf(made).inSync.map(({ path }) => path)).not.toContain('ranges')
    expect(apiSteps(valueOf(made)).map(({ status, requests }) => [status, requests])).toEqual([['blocked', undefined]])
    const applied = valueOf(await started.apply(valueOf(made)))
    expect(applied.results.map(({ status }) => status)).toEqual(['pending'])
    expect(writesOf(started.simulator)).toEqual([])
  })

  it('of which there are two of one name is an error at its name', async () => {
    const started = await start(lifting)
    const [office] = started.simulator.state.controlPolicies
    if (office !== undefined) started.simulator.state.controlPolicies.push({ ...office, id: 'another' })
    const made = await started.plan(await folderWith(allowlist('Office and VPN', 'ranges: [192.0.2.1]')))
    expect([made.ok, codesOf(made)]).toEqual([false, expect.arrayContaining(['plan/two-objects'])])
  })

  it('is told from policies of other and of unknown types', async () => {
    const started = await start(lifting)
    started.simulator.fault(parseFault({ match: { path: '/policies' }, then: { vendor: true } }))
    const made = await started.plan(
      await folderWith(allowlist('Office and VPN', 'ranges: [203.0.113.0/24, "2001:db8::/48", 198.51.100.0/24]')),
    )
    expect(valueOf(made).steps).toEqual([])
  })

  it('keeps the page size of the API in mind: all of many are found', async () => {
    const started = await start({ ...lifting, switches: { pageSizes: { v1: 2, v2: 2, control: 2, events: 2 } } })
    const [office] = started.simulator.state.controlPolicies
    if (office === undefined) throw new Error('no allowlist')
    for (let number = 0; number < 7; number++)
      started.simulator.state.controlPolicies.push({ ...office, id: `id-${number}`, name: `List ${number}` })
    const made = await planned(
      started,
      await folderWith(allowlist('List 6', 'ranges: [203.0.113.0/24, "2001:db8::/48", 198.51.100.0/24]')),
    )
    expect(made.steps).toEqual([])
    expect(made.requests.reads).toBe(started.simulator.requests.length)
  })
})
