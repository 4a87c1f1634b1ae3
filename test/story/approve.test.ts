import { readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeSecret } from '../../src/approvals/secret.ts'
import type { SavedPlan } from '../../src/model/plan.ts'
import type { ApproveReport, FailureReport } from '../../src/model/reports.ts'
import { codeAt, wrongCodeAt } from '../approvals/codes.ts'
import { policy } from '../operations/acme-documents.ts'
import { bytesBelow, organizationWith, secrets, secretsInEnvironment } from '../operations/approve-world.ts'
import { startAt, type Started } from '../operations/start.ts'
import type { WorldOptions } from '../world.ts'
import { commandLine, type Ran } from './command-line.ts'

const schema = JSON.parse(readFileSync('schemas/approve.schema.json', 'utf8')) as object
const isReport = new Ajv2020({ strict: false }).compile(schema)

const approvals = `{ everything: 1, attestations: true, approvers: [{ name: alice, email: alice@acme.com, logins: [alice-gh] }, { name: bob, email: bob@acme.com }] }`
const external = 'kind: ExternalUserPolicy\nname: external\nsettings: { apiTokens: block }'

/** Two people and one plan. Each test goes on where the one before it ended. */
describe('a plan takes a second person', () => {
  let cwd = ''
  let started: Started
  let told = ''
  const codes: string[] = []

  /** Runs a command and keeps all that it says. */
  async function postern(argv: readonly string[], options: Partial<WorldOptions> = {}): Promise<Ran> {
    const env = { POSTERN_API_KEY: started.simulator.apiKey, POSTERN_LEDGER: '.postern', ...secretsInEnvironment }
    const ran = await commandLine(cwd, started, argv, { env, ...options })
    told += ran.out + ran.err
    return ran
  }

  function code(name: keyof typeof secrets): string {
    codes.push(codeAt(secrets[name], started.clock.time))
    return codes.at(-1) ?? ''
  }

  const nextStep = (): void => void (started.clock.time += 30_000)

  const codesOf = ({ out }: Ran): readonly string[] =>
    (JSON.parse(out) as FailureReport).diagnostics.map(found => found.code)

  const plan = async (): Promise<SavedPlan> => JSON.parse(await readFile(join(cwd, 'plan.json'), 'utf8')) as SavedPlan

  beforeAll(async () => {
    cwd = await mkdtemp(join(tmpdir(), 'postern-approve-'))
    started = await startAt(cwd, {})
    const documents = [organizationWith(approvals), external, policy('P', 'directory: local\ndefault: true')]
    await writeFile(join(cwd, 'acme.yaml'), documents.join('\n---\n'))
  })

  afterAll(() => rm(cwd, { recursive: true, force: true }))

  it('alice plans; the plan is hers', async () => {
    await postern(['plan', '.', '--author', 'alice-gh', '--out', 'plan.json'])
    expect((await plan()).author).toBe('alice-gh')
    expect((await postern(['apply', 'plan.json', '--yes'])).code).toBe(3)
  })

  it.each([
    ['alice herself', ['--as', 'alice', '--code', '123456'], 'approval/author'],
    ['somebody else', ['--as', 'mallory', '--code', '123456'], 'approval/not-listed'],
    ['bob without a code', ['--as', 'bob'], 'approval/needs-code'],
    ['bob with no code', ['--as', 'bob', '--code', 'yes'], 'approval/bad-code'],
    ['bob with an empty standard input', ['--as', 'bob', '--code', '-'], 'approval/bad-code'],
  ])('%s cannot approve it', async (_, flags, expected) => {
    const ran = await postern(['approve', 'plan.json', ...flags, '--format', 'json'])
    expect([ran.code, codesOf(ran)]).toEqual([1, [expected]])
  })

  it('bob is shown what he approves before he is asked for a code', async () => {
    const {
      code: exit,
      err,
      out,
    } = await postern(['approve', 'plan.json', '--as', 'bob'], { answers: ['12 34', code('bob')] })
    expect([exit, out]).toEqual([0, expect.stringContaining('Approved by bob until 2026-11-25T08:00:00.000Z')])
    const { digest } = await plan()
    const [shown = '', ...asked] = err.split('One-time code of bob: ')
    for (const part of [
      'acme',
      digest,
      'alice-gh',
      'by nobody yet',
      'needs-approval',
      'create AuthenticationPolicy “P”',
    ])
      expect(shown).toContain(part)
    expect(asked).toHaveLength(2)
    expect(out).toContain('postern apply plan.json')
  })

  it('his code is worth nothing any more', async () => {
    const ran = await postern(['approve', 'plan.json', '--as', 'bob', '--code', codes[0] ?? '', '--format', 'json'])
    expect([ran.code, codesOf(ran)]).toEqual([1, ['approval/used-code']])
    expect(ran.err).toContain('approval/code-shown')
  })

  it('the report says who approved what', async () => {
    nextStep()
    const given = code('bob')
    const ran = await postern(['approve', 'plan.json', '--as', 'bob', '--code', '-', '--format', 'json'], {
      machine: { readLine: () => Promise.resolve(`${given}\r`) },
    })
    const report = JSON.parse(ran.out) as ApproveReport
    expect(isReport(report), JSON.stringify(isReport.errors)).toBe(true)
    expect([ran.code, report.approvedBy, report.rules]).toEqual([
      0,
      ['bob'],
      [{ rule: 'everything', needed: 1, missing: 0 }],
    ])
    expect(ran.err).not.toContain('approval/code-shown')
  })

  it('now it is applied, and another plan is not', async () => {
    expect((await postern(['apply', 'plan.json', '--yes'])).code).toBe(2)
    await writeFile(
      join(cwd, 'more.yaml'),
      'kind: IpAllowlist\nname: VPN\nenabled: true\nranges: [203.0.113.0/24]\nresources: []',
    )
    await postern(['plan', '.', '--author', 'alice-gh', '--out', 'plan.json'])
    expect((await postern(['apply', 'plan.json', '--yes'])).code).toBe(3)
  })

  it('five wrong codes bring a pause, which the right one does not end', async () => {
    const wrong = wrongCodeAt(secrets.bob, started.clock.time)
    const tried = []
    for (let n = 0; n < 5; n++)
      tried.push(
        ...codesOf(await postern(['approve', 'plan.json', '--as', 'bob', '--code', wrong, '--format', 'json'])),
      )
    nextStep()
    tried.push(
      ...codesOf(await postern(['approve', 'plan.json', '--as', 'bob', '--code', code('bob'), '--format', 'json'])),
    )
    expect(tried.slice(3)).toEqual(['approval/wrong-code', 'approval/paused', 'approval/paused'])
    started.clock.time += 300_000
  })

  it('in one go: apply --otp', async () => {
    const refused = await postern(['apply', 'plan.json', '--yes', '--otp', `alice:${code('alice')}`])
    expect(refused.code).not.toBe(2)
    expect((await postern(['apply', 'plan.json', '--yes', '--otp', `bob:${code('bob')}`])).code).toBe(2)
  })

  describe('attest', () => {
    const stating = ['attest', 'ExternalUserPolicy/external', '--policies', '.', '--set', 'settings.apiTokens=allow']

    it.each([
      ['nobody who is no approver', ['--by', 'carol', '--code', '123456'], 'approval/not-listed'],
      ['no approver without a code', ['--by', 'alice'], 'approval/needs-code'],
      ['no approver with a wrong one', ['--by', 'alice', '--code', '000000'], 'approval/wrong-code'],
    ])('takes %s', async (_, flags, expected) => {
      const ran = await postern([...stating, ...flags, '--format', 'json'])
      expect([ran.code, codesOf(ran)]).toEqual([1, [expected]])
      expect((await started.ledger.read('evidence'))?.facts ?? []).toEqual([])
    })

    it('takes the code of an approver, once', async () => {
      nextStep()
      const given = code('alice')
      expect((await postern([...stating, '--by', 'alice', '--code', given])).code).toBe(0)
      expect((await started.ledger.read('evidence'))?.facts.map(({ by, value }) => [by, value])).toEqual([
        ['alice', 'allow'],
      ])
      expect((await postern([...stating, '--by', 'alice', '--code', given])).code).toBe(1)
      nextStep()
      expect((await postern([...stating, '--by', 'alice'], { answers: [code('alice')] })).code).toBe(0)
    })
  })

  it('no secret and no code was printed or stored', async () => {
    const everything = told + (await bytesBelow(cwd))
    for (const text of [...codes, ...Object.values(secrets)]) expect(everything).not.toContain(text)
    expect(codes.length).toBeGreaterThan(5)
  })
})

describe('enrolment', () => {
  let cwd = ''
  let started: Started
  const bytes = new Uint8Array(20).map((_, index) => index * 11 + 5)
  const secret = writeSecret(bytes)
  const line = `POSTERN_APPROVER_ALICE=${secret}`

  const enrol = (flags: readonly string[], options: Partial<WorldOptions> = {}) =>
    commandLine(cwd, started, ['approve', '--enrol', ...flags], {
      env: {},
      machine: { randomBytes: () => Promise.resolve(bytes) },
      ...options,
    })

  beforeAll(async () => {
    cwd = await mkdtemp(join(tmpdir(), 'postern-enrol-'))
    started = await startAt(cwd, {})
    await writeFile(join(cwd, 'acme.yaml'), organizationWith(approvals))
  })

  afterAll(() => rm(cwd, { recursive: true, force: true }))

  it('at a terminal: a QR code, the key, and a code that proves it', async () => {
    const answers = [wrongCodeAt(secret, started.clock.time), codeAt(secret, started.clock.time)]
    const { code, out, err } = await enrol(['--as', 'alice', '.'], { columns: 80, answers })
    expect([code, out.split('\n').includes(`  ${line}`)]).toEqual([0, true])
    expect(out).toContain('otpauth://totp/Postern%20acme:alice?secret=')
    expect(out).toMatch(/▄▄▄▄▄/)
    expect(
      Math.max(
        ...out
          .split('\n')
          .filter(text => text.includes('█'))
          .map(text => text.replace(/\u001b\[\d+m/g, '').length),
      ),
    ).toBeLessThan(80)
    expect(err).not.toContain(secret)
  })

  it('at a narrow one: no QR code', async () => {
    const { code, out } = await enrol(['--as', 'alice'], { columns: 30, answers: [codeAt(secret, started.clock.time)] })
    expect([code, out.includes('█'), out.includes('otpauth://')]).toEqual([0, false, true])
  })

  it('into a pipe: the one line, and nothing else', async () => {
    const { code, out, err } = await enrol(['--as', 'alice'])
    expect([code, out]).toEqual([0, `${line}\n`])
    expect(err).not.toContain(secret)
  })

  it.each([
    ['in a CI job', ['--as', 'alice'], { env: { CI: 'true' } }, 'approval/enrol-place'],
    ['into a file', ['--as', 'alice', '--output', 'secret.txt'], {}, 'approval/enrol-place'],
    ['into a report', ['--as', 'alice', '--format', 'json'], {}, 'approval/enrol-place'],
    ['of nobody the documents name', ['--as', 'mallory'], {}, 'approval/not-listed'],
    ['without a right code', ['--as', 'alice'], { columns: 80, answers: ['1', '2', '3', '4'] }, 'approval/not-proven'],
    ['that was left', ['--as', 'alice'], { columns: 80, answers: [] }, 'approval/not-proven'],
    ['of nobody', [], {}, 'run/usage'],
  ])('not %s', async (_, flags, options, expected) => {
    const { code, out, err } = await enrol(flags, options)
    expect([code, err]).toEqual([1, expect.stringContaining(`error[${expected}]`)])
    if (!expected.endsWith('not-proven')) expect(out).not.toContain(secret)
  })

  it('leaves nothing behind', async () => {
    expect(await bytesBelow(cwd)).not.toContain(secret)
  })
})
