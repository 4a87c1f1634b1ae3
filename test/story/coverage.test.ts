import { readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CoverageReport, ExplainReport } from '../../src/model/coverage.ts'
import type { Plan, SavedPlan } from '../../src/model/plan.ts'
import { attestUnverified, carryOutConsoleSteps } from '../operations/console.ts'
import { policiesFolder, startAt, valueOf, writesOf, type Started } from '../operations/start.ts'
import { commandLine } from './command-line.ts'

const fits = (name: string) => {
  const schema = JSON.parse(readFileSync(`schemas/${name}.schema.json`, 'utf8')) as object
  const validate = new Ajv2020({ strict: false }).compile(schema)
  return (document: unknown): void => {
    expect(validate(document), JSON.stringify(validate.errors)).toBe(true)
  }
}

/** The question of the admin who started all this, as a story: who is not covered, why, what can be done, and is it so afterwards? */
describe('who has to pass a second factor', () => {
  let cwd = ''
  let started: Started

  const postern = (...argv: string[]) => commandLine(cwd, started, argv)

  const policies = (): string => relative(cwd, policiesFolder)

  async function coverage(...flags: string[]) {
    const { code, out } = await postern('coverage', policies(), '--format', 'json', ...flags)
    return { code, report: JSON.parse(out) as CoverageReport }
  }

  async function explain(email: string): Promise<ExplainReport> {
    const { code, out } = await postern('explain', email, '--policies', policies(), '--format', 'json')
    expect(code).toBe(0)
    const report = JSON.parse(out) as ExplainReport
    fits('explain')(report)
    return report
  }

  beforeAll(async () => {
    cwd = await mkdtemp(join(tmpdir(), 'postern-coverage-'))
    started = await startAt(cwd, {})
  })

  afterAll(() => rm(cwd, { recursive: true, force: true }))

  it('on day one nothing proves anything, and that is what is said', async () => {
    const { code, report } = await coverage()
    fits('coverage')(report)
    expect(code).toBe(0)
    expect(report.totals).toEqual({ accounts: 58, managed: 48, external: 10, apart: 4 })
    expect(report.levels).toEqual({ none: 53, optional: 5, 'step-up': 0, 'two-step': 0, 'sso-mfa': 0 })
    expect(report.declaredLevels).toEqual({ none: 1, optional: 1, 'step-up': 10, 'two-step': 10, 'sso-mfa': 36 })
    expect(report.gaps.slice(0, 3).map(({ account }) => account.email)).toEqual([
      'alice@acme.com',
      'bob@acme.com',
      'root@acme.com',
    ])
    expect(writesOf(started.simulator)).toEqual([])
  })

  it('--check fails on the requirement that is not met, and points at its line', async () => {
    expect((await coverage('--check')).code).toBe(2)
    const { code, out } = await postern('coverage', policies(), '--check', '--format', 'github')
    expect(code).toBe(2)
    expect(out).toMatch(/^::error file=.*requirements\.yaml,line=5,.*second factor for everyone/m)
  })

  it('remedies are counted: the whole effect of each is in its numbers', async () => {
    const { report } = await coverage()
    for (const { levels, summary, accounts, affected } of report.remedies) {
      const sum = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((a, b) => a + b, 0)
      expect(sum(levels.before), summary).toBe(58)
      expect(sum(levels.after), summary).toBeLessThanOrEqual(58)
      expect(affected, summary).toHaveLength(accounts)
    }
    const prove = report.remedies.find(({ code, policy }) => code === 'prove-policy' && policy === 'Staff behind Okta')
    expect(prove?.levels.after['sso-mfa']).toBe(36)
  })

  it.each(['text', 'markdown', 'html', 'csv', 'junit', 'sarif', 'github', 'gitlab'])('--format %s', async format => {
    const { code, out } = await postern('coverage', policies(), '--format', format)
    expect(code).toBe(0)
    expect(out).toContain('second factor for everyone')
  })

  it('the CSV lists everybody', async () => {
    const { out } = await postern('coverage', policies(), '--format', 'csv')
    const rows = parse<Readonly<Record<string, string>>>(out, { columns: true, bom: true })
    expect(rows).toHaveLength(58)
  })

  it('explain says of an external account why no authentication policy applies, and what does', async () => {
    const { accountClass, policy, claims, notes, level, declaredLevel } = await explain('LEE@partner.example')
    expect([accountClass, policy, claims, level, declaredLevel]).toEqual([
      'external',
      'external',
      [],
      'none',
      'step-up',
    ])
    for (const part of ['Authentication policies hold managed accounts only', 'Guard Standard', 'apiTokens: block'])
      expect(notes.join(' ')).toContain(part)
  })

  it('explain names selector, file and line, and who else claims the account', async () => {
    const { policy, claims, afterPlan, bypass } = await explain('quinn.daly@acme.com')
    expect(policy).toBe('Local accounts')
    expect(claims.map(({ policy: name, selector, wins, source }) => [name, selector, wins, source?.line])).toEqual([
      ['Contractors and break-glass', 'groups', true, 15],
      ['Local accounts', 'everyoneElse', false, 34],
      ['Staff behind Okta', 'domains', false, 16],
    ])
    expect(afterPlan).toMatchObject({ policy: 'Contractors and break-glass', level: 'two-step' })
    expect(bypass.liveTokens).toBe(1)
  })

  it.each([
    ['deploy-bot@acme.com', 'app'],
    ['buyer@customer.example', 'portal-only'],
    ['paul.dubois@acme.com', 'deactivated'],
    ['root@acme.com', 'managed'],
  ])('explain %s: %s', async (email, accountClass) => {
    const report = await explain(email)
    expect(report.accountClass).toBe(accountClass)
    expect(report.notes).toHaveLength(1)
  })

  it('explain reads one account, not all', async () => {
    const before = started.simulator.requests.length
    await explain('sam@partner.example')
    expect(started.simulator.requests.length - before).toBeLessThan(12)
  })

  it('an account that is not there: the nearest ones are offered', async () => {
    const { code, out, err } = await postern('explain', 'sma@partner.exmple', '--policies', policies())
    expect([code, out]).toEqual([1, ''])
    expect(err).toContain('did you mean `sam@partner.example`')
  })

  it('plan --affected lists each change of each person, for their eyes only', async () => {
    const { code } = await postern('plan', policies(), '--affected', 'affected.csv')
    expect(code).toBe(2)
    const rows = parse<{ readonly email: string }>(await readFile(join(cwd, 'affected.csv'), 'utf8'), { columns: true })
    const { out } = await postern('plan', policies(), '--format', 'json')
    const { impact } = JSON.parse(out) as Plan
    expect(rows).toHaveLength(impact.reduce((sum, { accounts }) => sum + accounts.length, 0))
    expect(rows.some(({ email }) => email === 'lee@partner.example')).toBe(true)
    expect((await stat(join(cwd, 'affected.csv'))).mode & 0o777).toBe(0o600)
  })

  it('a recorded check makes a trend, and tells who is new', async () => {
    expect((await coverage('--record')).report.newExternals).toBeUndefined()
    const response = await started.simulator.fetch(`/admin/v2/orgs/${started.simulator.organizationId}/users/invite`, {
      method: 'POST',
      headers: { authorization: `Bearer ${started.simulator.apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ emails: ['newcomer@partner.example'] }),
    })
    expect(response.status).toBe(200)
    const invited = started.simulator.state.accounts.byEmail.get('newcomer@partner.example')
    if (invited !== undefined) invited.products = ['jira']
    const { report } = await coverage()
    expect(report.trend.map(({ levels }) => levels.none)).toEqual([53])
    expect(report.newExternals?.accounts.map(({ email }) => email)).toEqual(['newcomer@partner.example'])
    if (invited !== undefined) invited.membershipStatus = 'no_membership'
  })

  it('once everything is applied, done and attested, coverage is what was declared', async () => {
    const plan: SavedPlan = valueOf(await started.plan(policiesFolder))
    valueOf(await started.apply(plan))
    await carryOutConsoleSteps(started, plan)
    await attestUnverified(started, policiesFolder, plan)
    // The edit of the external policies takes its time, and until then nothing is claimed.
    const early = await coverage()
    expect(early.report.levels['step-up']).toBe(0)
    expect(early.report.gaps.find(({ account }) => account.email === 'lee@partner.example')?.reason).toContain(
      'less than 10 minutes ago',
    )
    started.clock.time += 11 * 60_000
    const { code, report } = await coverage('--check')
    expect(code).toBe(0)
    expect(report.levels).toEqual(plan.coverage.after.levels)
    expect(report.levels).toEqual({ none: 1, optional: 1, 'step-up': 10, 'two-step': 10, 'sso-mfa': 36 })
    expect(report.requirements.map(({ met }) => met)).toEqual([true])
    expect(report.notCovered.find(({ code: which }) => which === 'insights-page')?.accounts).toBe(10)
  })

  it('an evidence that grew old counts no more', async () => {
    started.clock.time += 91 * 86_400_000
    const { report } = await coverage()
    expect(report.levels['sso-mfa']).toBe(0)
    expect(report.gaps[0]?.reason).toContain('is older than 90d')
    started.clock.time -= 91 * 86_400_000
  })

  it('a requirement about nobody is an error, not 100 %', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'postern-coverage-'))
    const organization = await readFile(join(policiesFolder, 'organization.yaml'), 'utf8')
    const requirement =
      'kind: CoverageRequirement\nname: admins\npopulation: { roles: [atlassian/typo] }\natLeast: two-step\n'
    await writeFile(join(folder, 'all.yaml'), `${organization}\n---\n${requirement}`)
    const { code, out, err } = await postern('coverage', folder, '--check', '--format', 'json')
    await rm(folder, { recursive: true })
    expect(code).toBe(1)
    expect(err).toContain('coverage/empty-population')
    expect((JSON.parse(out) as CoverageReport).requirements).toMatchObject([{ met: false, percent: 0, population: 0 }])
  })

  it('an organization with no verified domain: everybody is external', async () => {
    for (const domain of started.simulator.state.domains) domain.status = 'unverified'
    for (const account of started.simulator.state.accounts.list) account.managed = false
    const folder = await mkdtemp(join(tmpdir(), 'postern-coverage-'))
    await writeFile(
      join(folder, 'a.yaml'),
      'kind: Organization\nname: acme\nid: 96c9b91d-3eab-41b4-9d9c-09eb84db70cf\n',
    )
    const { out, err } = await postern('coverage', folder, '--format', 'json', '--ledger', join(folder, 'ledger'))
    await rm(folder, { recursive: true })
    expect(err).toContain('coverage/no-verified-domain')
    const { totals, remedies } = JSON.parse(out) as CoverageReport
    expect([totals.managed, totals.external > 50]).toEqual([0, true])
    // The domain of its admins is most likely its own.
    expect(remedies.filter(({ code }) => code === 'claim-domain').map(({ domain }) => domain)).toContain('acme.com')
  })
})
