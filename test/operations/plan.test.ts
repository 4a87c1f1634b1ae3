import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import type { SavedPlan } from '../../src/model/plan.ts'
import { policiesFolder, policyFolder, start, startTime, valueOf, writesOf } from './start.ts'

const organizationId = '96c9b91d-3eab-41b4-9d9c-09eb84db70cf'
const contractors = '5b0f3f0e-7d0a-4c58-8a55-0d4f6f0f9c02'

const organization = `kind: Organization\nname: acme\nid: ${organizationId}\ndomains: [acme.com, acme.io]\n`

const validate = new Ajv2020({ allErrors: true, strict: false }).compile(
  JSON.parse(await readFile(resolve(import.meta.dirname, '../../schemas/plan.schema.json'), 'utf8')) as object,
)

/** What `--format json` prints of a saved plan. */
function printed({ ...plan }: SavedPlan): unknown {
  Reflect.deleteProperty(plan, 'desired')
  return JSON.parse(JSON.stringify(plan))
}

describe('the plan of the real policy folder', () => {
  it('is what the scenario needs', async () => {
    const plan = valueOf(await (await start()).plan(policiesFolder))
    expect(
      plan.steps.map(({ id, status, dependsOn, direction, source }) => [
        id,
        status,
        dependsOn,
        direction,
        source?.file,
      ]),
    ).toEqual([
      [
        'console/confirm/AuthenticationPolicy/Contractors and break-glass',
        'ready',
        [],
        'unknown',
        'authentication/contractors.yaml',
      ],
      [
        'api/move/AuthenticationPolicy/Contractors and break-glass',
        'ready',
        [],
        'tightens',
        'authentication/contractors.yaml',
      ],
      [
        'console/confirm/AuthenticationPolicy/Local accounts',
        'ready',
        [],
        'unknown',
        'authentication/contractors.yaml',
      ],
      ['console/confirm/AuthenticationPolicy/Staff behind Okta', 'ready', [], 'unknown', 'authentication/staff.yaml'],
      ['console/confirm/ExternalUserPolicy/external', 'ready', [], 'unknown', 'external-users/external.yaml'],
      ['console/confirm/ExternalUserPolicy/test', 'ready', [], 'unknown', 'external-users/external.yaml'],
      ['api/update/IpAllowlist/Office and VPN', 'ready', [], 'tightens', 'network.yaml'],
    ])
    expect(plan.steps.filter(({ channel }) => channel === 'api')).toMatchObject([
      {
        changes: [],
        accounts: ['owen.price', 'petra.vogel', 'quinn.daly', 'rosa.silva'].map(name => ({
          account: { email: `${name}@acme.com` },
          from: 'Local accounts',
        })),
        requests: [
          {
            method: 'POST',
            path: `/admin/control/v1/orgs/${organizationId}/auth-policy/${contractors}/add-users`,
            body: {
              users: ['owen.price@acme.com', 'petra.vogel@acme.com', 'quinn.daly@acme.com', 'rosa.silva@acme.com'],
            },
          },
        ],
      },
      {
        changes: [
          {
            path: 'ranges',
            before: ['203.0.113.0/24', '2001:db8::/48', '198.51.100.0/24'],
            after: ['203.0.113.0/24', '2001:db8::/48'],
          },
        ],
        requests: [{ method: 'PUT', body: { data: { attributes: { status: 'enabled' } } } }],
      },
    ])
    expect(plan.guards.map(({ code, status }) => [code, status])).toEqual([
      ['other-organization', 'passed'],
      ['empty-live', 'passed'],
      ['empty-desired', 'passed'],
      ['too-many-moves', 'passed'],
      ['too-many-suspensions', 'passed'],
      ['minimum-org-admins', 'passed'],
      ['locks-out-admins', 'passed'],
      ['locks-out-runner', 'passed'],
      ['break-glass', 'passed'],
      ['untested-external', 'not-checked'],
      ['unverified', 'not-checked'],
      ['loosens', 'passed'],
      ['suspends', 'passed'],
      ['needs-approval', 'passed'],
      ['stale-plan', 'passed'],
      ['frozen', 'passed'],
    ])
    expect(plan.validUntil).toBe(new Date(startTime + 86_400_000).toISOString())
    expect(plan.wayBack.admins.map(({ email }) => email)).toEqual(['alice@acme.com', 'bob@acme.com', 'root@acme.com'])
    expect(plan.wayBack.breakGlass.map(({ email }) => email)).toEqual(['root@acme.com'])
    expect(plan.requests.writes).toBe(2)
    expect(plan.createdAt).toBe(new Date(startTime).toISOString())
  })

  it('fits its schema, also where there is evidence, a blocked step and a deletion', async () => {
    const started = await start()
    const plan = valueOf(await started.plan(policiesFolder))
    expect(validate(printed(plan)) || validate.errors).toBe(true)
    valueOf(await started.apply(plan))
    const folder = await policyFolder({
      'a.yaml': `${organization}---\nkind: AuthenticationPolicy\nname: New\ndirectory: local\nsettings: { apiTokens: block }\nmembers: { everyoneElse: true }\n---\nkind: AuthenticationPolicy\nname: Local accounts\nid: 1c2d7a50-6c0b-4d0e-9a4e-2f0b7c1d5e01\ndirectory: local\n`,
    })
    const other = valueOf(await started.plan(folder))
    expect(other.steps.map(({ status, action }) => [status, action])).toEqual([
      ['ready', 'create'],
      ['blocked', 'move'],
      ['ready', 'delete'],
    ])
    expect(validate(printed(other)) || validate.errors).toBe(true)
  })

  it('reads only, and counts what it read', async () => {
    const { simulator, plan } = await start()
    const { requests } = valueOf(await plan(policiesFolder))
    expect(writesOf(simulator)).toEqual([])
    expect(requests.reads).toBe(simulator.requests.length)
  })

  it('counts what it read in a larger organization, where lists have many pages', async () => {
    const { simulator, plan } = await start({ accounts: 2500 })
    const { requests } = valueOf(await plan(policiesFolder))
    expect(requests.reads).toBe(simulator.requests.length)
    // Pages of 100, the same for bulk-fetch: not one request for each account; when somebody was last active is asked within one minute's quota.
    expect(requests.reads - requests.lastActive).toBeLessThan(100)
    expect(requests.lastActive).toBeLessThanOrEqual(150)
  })

  it('counts repetitions: what the limits of the organization see', async () => {
    const { simulator, plan } = await start()
    simulator.fault({ match: { path: 'users/search' }, times: 1, then: { status: 503 } })
    const { requests } = valueOf(await plan(policiesFolder))
    expect(requests.reads).toBe(simulator.requests.length)
    expect(simulator.requests.filter(({ status }) => status === 503)).toHaveLength(1)
  })

  it('does not depend on when it is made', async () => {
    const started = await start()
    const first = valueOf(await started.plan(policiesFolder))
    started.clock.time += 3_600_000
    const second = valueOf(await started.plan(policiesFolder))
    expect([second.digest, second.steps]).toEqual([first.digest, first.steps])
  })

  it('writes nothing at all', async () => {
    const started = await start()
    valueOf(await started.plan(policiesFolder))
    await expect(readFile(started.ledgerFolder)).rejects.toThrow('ENOENT')
  })
})

describe('what coverage needs is always read, beyond that only what the documents need', () => {
  const always = new Set([
    'GET ',
    'GET /domains',
    'GET /api-tokens',
    'POST /directories/-/users/search',
    'POST /users/auth-policies/bulk-fetch',
  ])
  const pathsFor = async (documents: string): Promise<readonly string[]> => {
    const { simulator, plan } = await start()
    valueOf(
      await plan(
        await policyFolder({ 'a.yaml': `kind: Organization\nname: acme\nid: ${organizationId}\n---\n${documents}` }),
      ),
    )
    return simulator.requests
      .map(({ method, path }) => `${method} ${path.replace(/.*\/orgs\/[^/]+/, '')}`)
      .filter(call => !always.has(call))
  }

  it.each([
    ['an external policy', 'kind: ExternalUserPolicy\nname: external\nsettings: { apiTokens: block }', []],
    ['an allowlist that is not there', 'kind: IpAllowlist\nname: New\nranges: [192.0.2.1]', ['GET /policies']],
    ['a requirement', 'kind: CoverageRequirement\nname: r\npopulation: { accounts: [external] }\natLeast: step-up', []],
  ])('%s', async (_, documents, paths) => {
    expect(await pathsFor(documents)).toEqual(paths)
  })

  it('an allowlist: the resources of that one only', async () => {
    const paths = await pathsFor('kind: IpAllowlist\nname: Office and VPN\nranges: [192.0.2.1]')
    expect(paths.map(path => path.replace(/[0-9a-f-]{36}/, 'ID'))).toEqual([
      'GET /policies',
      'GET /policies/ID/resources',
    ])
  })

  it('policies without groups: no groups', async () => {
    const paths = await pathsFor(
      'kind: AuthenticationPolicy\nname: P\ndirectory: local\nmembers: { everyoneElse: true }',
    )
    expect(paths.filter(path => path.includes('groups'))).toEqual([])
  })
})

describe('what is noticed on the way', () => {
  const noticed = async (documents: string, prepare?: (started: Awaited<ReturnType<typeof start>>) => void) => {
    const started = await start()
    prepare?.(started)
    const made = await started.plan(await policyFolder({ 'a.yaml': `${organization}---\n${documents}` }))
    return made.diagnostics.map(({ code, severity, span }) => [code, severity, span !== undefined])
  }
  const policy = (members: string): string =>
    `kind: AuthenticationPolicy\nname: Local accounts\nid: 1c2d7a50-6c0b-4d0e-9a4e-2f0b7c1d5e01\ndirectory: local\ndefault: true\nmembers: ${members}`

  it.each([
    ['a group that is not there', policy('{ groups: [nobody] }'), ['plan/group-not-found', 'error', true]],
    [
      'an account that is nowhere',
      policy('{ accounts: [nobody@acme.com] }'),
      ['plan/account-not-found', 'warning', true],
    ],
    [
      'a deactivated account',
      policy('{ accounts: [paul.dubois@acme.com] }'),
      ['plan/account-inactive', 'warning', true],
    ],
  ])('%s', async (_, documents, expected) => {
    expect(await noticed(documents)).toContainEqual(expected)
  })

  it('an account on a domain of ours that nobody claimed', async () => {
    const unclaimed = await noticed(policy('{ accounts: [reception@acme.com] }'), ({ simulator }) => {
      const account = simulator.state.accounts.byEmail.get('reception@acme.com')
      if (account !== undefined) account.managed = false
    })
    expect(unclaimed).toContainEqual(['policy/account-not-managed', 'error', true])
  })

  it('a declared domain that lapsed', async () => {
    const lapsed = await noticed(policy('{ everyoneElse: true }'), ({ simulator }) => {
      for (const domain of simulator.state.domains) if (domain.name === 'acme.io') domain.status = 'missing_token'
    })
    expect(lapsed).toContainEqual(['plan/domain-not-verified', 'error', true])
  })

  it('two groups of one name', async () => {
    const two = await noticed(policy('{ groups: [contractors] }'), ({ simulator: { state } }) => {
      const [group] = state.groups
      if (group !== undefined) state.groups.push({ ...group, id: 'another' })
    })
    expect(two).toContainEqual(['plan/two-groups', 'error', true])
  })

  it('external accounts in a group, who stay external', async () => {
    const mixed = await noticed(policy('{ groups: [contractors] }'), ({ simulator: { state } }) => {
      const account = state.accounts.byEmail.get('sam@partner.example')
      const group = state.groups.find(({ name }) => name === 'contractors')
      if (account !== undefined && group !== undefined) account.groups = [group.id]
    })
    expect(mixed).toContainEqual(['plan/external-group-members', 'warning', true])
  })

  it('external accounts that break an access rule', async () => {
    expect(
      await noticed(
        'kind: ExternalUserPolicy\nname: external\naccess: { allowedDomains: [partner.example, agency.example], inactiveAfter: 90d }',
      ),
    ).toEqual([
      ['plan/access-violated', 'warning', true],
      ['plan/access-violated', 'warning', true],
    ])
  })
})
