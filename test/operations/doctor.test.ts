import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { diagnostic } from '../../src/diagnostics/diagnostic.ts'
import { failed } from '../../src/diagnostics/outcome.ts'
import type { DoctorCheck } from '../../src/model/doctor-report.ts'
import { nodeCheck, oldestNode } from '../../src/operations/doctor/documents.ts'
import type { Scenario } from '../../src/simulator/index.ts'
import manifest from '../../package.json' with { type: 'json' }
import { find, folderOf, look, organization } from './doctor-world.ts'
import { policyFolder, scenarioNamed, start, temporaryFolder } from './start.ts'

const acme = scenarioNamed('acme')

describe('everything at once', () => {
  it('is looked at in the order in which one needs the other', async () => {
    const report = await look(await start())
    expect(report.organization).toEqual({ name: 'acme', id: acme.organization.id })
    expect(report.checks.map(({ check }) => check).filter(check => !check.startsWith('scopes-'))).toEqual([
      'node',
      'documents',
      'key',
      'organization',
      'key-kind',
      'key-expiry',
      'clock',
      'key-owner',
      'guard-standard',
      'claimed-domains',
      'audit-log',
      'ledger',
      'ledger-lock',
      'evidence-authentication',
      'evidence-external-user',
      'approvers',
    ])
    const wrong = report.checks.filter(({ status }) => status !== 'ok').map(({ check }) => check)
    expect(wrong).toEqual(['clock', 'key-owner', 'evidence-authentication', 'evidence-external-user', 'approvers'])
  })

  it('tells what to do wherever something is wrong', async () => {
    const started = await start({ key: 'wrong' })
    const report = await look(started, {
      folder: await folderOf(organization('typo: 1')),
      ledger: failed(diagnostic('ledger/unsupported', { place: 'ftp://x' })),
    })
    for (const { status, fix } of report.checks) if (status === 'failed') expect(fix).toMatch(/.../)
    expect(report.checks.filter(({ status }) => status === 'failed').map(({ check }) => check)).toEqual([
      'documents',
      'key',
      'ledger',
    ])
    expect(report.diagnostics.map(({ code }) => code)).toContain('policy/unknown-field')
  })

  it('goes on without a key, and without anything', async () => {
    const started = await start()
    const report = await look(started, {
      folder: { shown: 'policies', path: join(await temporaryFolder(), 'nowhere') },
      connection: failed(diagnostic('org/no-key', {})),
    })
    expect(
      ['documents', 'key', 'scopes-plan', 'claimed-domains', 'ledger', 'evidence'].map(
        name => find(report, name).status,
      ),
    ).toEqual(['warning', 'failed', 'not-checked', 'not-checked', 'ok', 'not-checked'])
    expect([report.organization, started.simulator.requests]).toEqual([undefined, []])
  })

  it('holds no key', async () => {
    const started = await start({ apiKey: 'a-key-to-look-for' })
    started.simulator.fault({
      match: { path: '/domains' },
      then: { status: 400, body: { errors: [{ title: 'a-key-to-look-for' }] } },
    })
    expect(JSON.stringify(await look(started))).not.toContain('a-key-to-look-for')
  })
})

describe('node', () => {
  it.each([
    ['18.20.4', 'failed'],
    ['20.18.3', 'failed'],
    ['20.19.0', 'ok'],
    ['22.0.0', 'ok'],
  ])('%s is %s', (version, status) => {
    expect(nodeCheck(version).status).toBe(status)
  })

  it('must be what the package demands', () => {
    expect(manifest.engines.node).toBe(`>=${oldestNode.join('.')}`)
  })
})

describe('documents', () => {
  it.each([
    ['none', {}, 'warning', /no documents in policies yet/],
    ['other files only', { 'README.md': 'x' }, 'warning', /no documents/],
    ['one that is right', { 'a.yaml': organization() }, 'ok', /1 document$/],
    [
      'one with a warning',
      {
        'a.yaml': `${organization()}---\nkind: ExternalUserPolicy\nname: external\nsettings: { authorizationMethod: one-time-passcode, apiTokens: allow }\n`,
      },
      'warning',
      /2 documents, 1 warning/,
    ],
    ['somebody else’s YAML', { 'compose.yaml': 'services: {}\n' }, 'failed', /error/],
  ] as const)('%s', async (_, files, status, words) => {
    const report = await look(await start(), { folder: { shown: 'policies', path: await policyFolder(files) } })
    const found = find(report, 'documents')
    expect([found.status, found.summary]).toEqual([status, expect.stringMatching(words)])
  })
})

describe('the owner of the key', () => {
  const cases: readonly (readonly [string, string, DoctorCheck['status'], RegExp])[] = [
    ['an admin', 'root@acme.com', 'ok', /active organization admin/],
    ['an admin, in capitals', 'Root@Acme.com', 'ok', /active organization admin/],
    ['no admin', 'jo@acme.com', 'warning', /no organization admin/],
    ['nobody', 'nobody@acme.com', 'warning', /no account/],
    ['deactivated', 'gone@acme.com', 'warning', /is deactivated/],
  ]
  const scenario: Scenario = {
    ...acme,
    accounts: [
      ...(acme.accounts ?? []),
      { email: 'gone@acme.com', accountStatus: 'inactive', platformRoles: ['atlassian/org-admin'] },
    ],
  }

  it.each(cases)('is %s', async (_, email, status, words) => {
    const report = await look(await start({ scenario }), {
      folder: await folderOf(organization(`runner: { keyOwner: ${email} }`)),
    })
    const found = find(report, 'key-owner')
    expect([found.status, found.summary]).toEqual([status, expect.stringMatching(words)])
  })

  it('is not checked where no document says so', async () => {
    expect(find(await look(await start(), { folder: await folderOf(organization()) }), 'key-owner').status).toBe(
      'not-checked',
    )
  })
})

describe('what the organization has', () => {
  it.each([
    ['acme.com', 'ok', /acme.com: verified, with managed accounts/],
    ['ACME.com', 'ok', /acme.com: verified/],
    ['empty.example', 'warning', /empty.example: verified, but without a managed account/],
    ['lapsed.example', 'failed', /lapsed.example \(missing_token\)/],
    ['other.example', 'failed', /other.example \(not a domain of the organization\)/],
  ])('of the domain %s', async (domain, status, words) => {
    const domains = [
      ...(acme.domains ?? []),
      { name: 'empty.example' },
      { name: 'lapsed.example', claim: { status: 'missing_token' } },
    ] as const
    const folder = await folderOf(organization().replace('acme.com', domain))
    const found = find(await look(await start({ scenario: { ...acme, domains } }), { folder }), 'claimed-domains')
    expect([found.status, found.summary]).toEqual([status, expect.stringMatching(words)])
  })

  const { id, name } = scenarioNamed('without-guard').organization
  const small = `kind: Organization\nname: ${name}\nid: ${id}\ndomains: [workshop.example]\n`

  it.each([
    ['one policy', small, 'ok'],
    ['an external user policy', `${small}---\nkind: ExternalUserPolicy\nname: external\n`, 'warning'],
    [
      'two policies',
      `${small}---\nkind: AuthenticationPolicy\nname: a\ndirectory: local\n---\nkind: AuthenticationPolicy\nname: b\ndirectory: local\n`,
      'warning',
    ],
  ])('without Guard Standard, of %s', async (_, text, status) => {
    const report = await look(await start({ scenario: 'without-guard' }), { folder: await folderOf(text) })
    expect([find(report, 'guard-standard').status, find(report, 'audit-log').status]).toEqual([status, 'warning'])
  })

  it('of a scope that is missing nothing is concluded', async () => {
    const scopes = ['read:orgs:admin', 'read:policies:admin']
    const scenario = { ...acme, apiKeys: [{ label: 'main' }, { key: 'poor', scopes }] }
    const report = await look(await start({ scenario, key: 'poor' }))
    expect(['guard-standard', 'claimed-domains', 'audit-log'].map(check => find(report, check).status)).toEqual([
      'not-checked',
      'not-checked',
      'not-checked',
    ])
  })
})
