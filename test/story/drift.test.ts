import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DriftReport } from '../../src/model/drift.ts'
import { attestUnverified, carryOutConsoleSteps } from '../operations/console.ts'
import { policiesFolder, startAt, valueOf, writesOf, type Started } from '../operations/start.ts'
import { commandLine } from './command-line.ts'

/** A scheduled check, and four admins who go around git, each on another page of the console. */
describe('drift with a name on it', () => {
  let cwd = ''
  let started: Started

  const postern = (...argv: string[]) => commandLine(cwd, started, argv)

  async function drift(...flags: string[]) {
    const { code, out } = await postern('drift', 'policies', '--format', 'json', ...flags)
    return { code, report: JSON.parse(out) as DriftReport }
  }

  /** Somebody fills in a form of the console. */
  async function inConsole(page: string, values: Readonly<Record<string, string>>, actor: string): Promise<void> {
    const { simulator } = started
    const response = await simulator.fetch(`/console/o/${simulator.organizationId}/${page}`, {
      method: 'POST',
      body: new URLSearchParams({ ...values, actor }),
    })
    expect(response.status).toBe(303)
  }

  const policyPage = (name: string): string =>
    `authentication-policies/${started.simulator.state.authenticationPolicies.find(other => other.name === name)?.id ?? ''}`

  beforeAll(async () => {
    cwd = await mkdtemp(join(tmpdir(), 'postern-drift-'))
    await cp(policiesFolder, join(cwd, 'policies'), { recursive: true })
    started = await startAt(cwd, { audit: 'full' })
    const plan = valueOf(await started.plan(join(cwd, 'policies')))
    valueOf(await started.apply(plan))
    await carryOutConsoleSteps(started, plan)
    await attestUnverified(started, join(cwd, 'policies'), plan)
    started.clock.time += 11 * 60_000
  })

  afterAll(() => rm(cwd, { recursive: true, force: true }))

  it('a check that never ran is seen', async () => {
    const { code, err } = await postern('drift', '--max-age', '26h')
    expect(code).toBe(1)
    expect(err).toContain('there was never a complete check')
  })

  it('is quiet, and fits its schema', async () => {
    const { code, report } = await drift()
    const schema = JSON.parse(readFileSync('schemas/drift.schema.json', 'utf8')) as object
    const validate = new Ajv2020({ strict: false }).compile(schema)
    expect(validate(report), JSON.stringify(validate.errors)).toBe(true)
    expect([code, report.differences]).toEqual([0, []])
    expect((await postern('drift', '--max-age', '26h')).code).toBe(0)
    const { out } = await postern('drift', 'policies')
    expect(out).toContain('No drift')
    expect(report.life.map(({ what, name }) => [what, name])).toEqual([
      ['api-key', 'postern'],
      ['certificate', 'okta'],
    ])
  })

  it('names each admin, and the line that governs what they changed', async () => {
    started.clock.time += 60 * 60_000
    await inConsole('external-users/external', { authorizationMethod: 'none' }, 'bob@acme.com')
    await inConsole('external-users/test', { testUsers: '' }, 'alice@acme.com')
    await inConsole(
      `${policyPage('Local accounts')}/members`,
      { emails: 'jo@acme.com\nlucia.romero@acme.com' },
      'root@acme.com',
    )
    const list = started.simulator.state.controlPolicies.find(({ name }) => name === 'Office and VPN')
    const path = `/admin/control/v1/orgs/${started.simulator.organizationId}/policies/${list?.id ?? ''}`
    const body = {
      data: {
        type: 'policy',
        attributes: {
          type: 'ip-allowlist',
          name: 'Office and VPN',
          status: 'enabled',
          rule: { in: ['203.0.113.0/24'], allowMobileBypass: false },
        },
      },
    }
    const headers = { authorization: `Bearer ${started.simulator.apiKey}`, 'content-type': 'application/json' }
    const response = await started.simulator.fetch(path, { method: 'PUT', headers, body: JSON.stringify(body) })
    expect(response.status).toBe(202)
    started.clock.time += 11 * 60_000

    const { code, report } = await drift()
    expect(code).toBe(2)
    const told = report.differences.map(({ class: which, name, path: field, account, actor, source }) => [
      which,
      `${name} ${field}${account === undefined ? '' : ` ${account.email}`}`,
      actor?.email ?? actor?.name,
      `${source?.file ?? ''}:${source?.line ?? ''}`,
    ])
    expect(told).toEqual(
      expect.arrayContaining([
        [
          'changed-outside',
          'Contractors and break-glass members jo@acme.com',
          'root@acme.com',
          'authentication/contractors.yaml:14',
        ],
        [
          'changed-outside',
          'Contractors and break-glass members lucia.romero@acme.com',
          'root@acme.com',
          'authentication/contractors.yaml:14',
        ],
        ['changed-outside', 'Office and VPN ranges', 'ci@acme.com', 'network.yaml:5'],
        ['stale', 'external settings.authorizationMethod', 'bob@acme.com', 'external-users/external.yaml:6'],
        ['stale', 'test testUsers', 'alice@acme.com', 'external-users/external.yaml:19'],
      ]),
    )
    expect(writesOf(started.simulator).every(({ path: sent }) => !sent.includes('drift'))).toBe(true)
  })

  it.each(['text', 'markdown', 'html', 'sarif', 'junit', 'github', 'gitlab', 'slack'])('--format %s', async format => {
    const { code, out } = await postern('drift', 'policies', '--format', format)
    expect(code).toBe(2)
    // Markdown shortens addresses, and keeps them from being mentions.
    expect(out).toMatch(format === 'markdown' ? /j…@\u200dacme\.com/ : /jo@acme\.com/)
  })

  it('--fail-on narrows what fails, --kind what is shown', async () => {
    expect((await drift('--fail-on', 'conflict')).code).toBe(0)
    expect((await drift('--fail-on', 'conflict', '--fail-on', 'stale')).code).toBe(2)
    const { report } = await drift('--kind', 'IpAllowlist')
    expect(report.differences.map(({ path }) => path)).toEqual(['ranges'])
    const { code, err } = await postern('drift', 'policies', '--fail-on', 'nonsense')
    expect([code, err.includes('changed-outside, conflict')]).toEqual([1, true])
  })

  it('--accept takes it over, line by line, and then there is no drift of it', async () => {
    const before = await readFile(join(cwd, 'policies/network.yaml'), 'utf8')
    const { code, out, err } = await postern('drift', 'policies', '--accept')
    expect(code, err).toBe(0)
    expect(out).toContain("-ranges: [203.0.113.0/24, '2001:db8::/48']")
    expect(out).toContain('+ranges: [203.0.113.0/24]')
    const after = await readFile(join(cwd, 'policies/network.yaml'), 'utf8')
    expect(after.split('\n').filter(line => !before.split('\n').includes(line))).toEqual(['ranges: [203.0.113.0/24]'])
    const { report } = await drift()
    expect(report.differences.filter(({ class: which }) => which === 'changed-outside')).toEqual([])
  })

  it('a document that somebody broke is refused before anything is read', async () => {
    await writeFile(join(cwd, 'policies/broken.yaml'), 'kind: Nonsense\nname: x\n')
    const { code, err } = await postern('drift', 'policies')
    expect([code, err.includes('policy/unknown-kind')]).toEqual([1, true])
  })
})
