import { readFileSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ImportReport } from '../../src/model/import-report.ts'
import { exportCsv } from '../operations/console.ts'
import { exists, scenarioNamed, startAt, writesOf, type Started } from '../operations/start.ts'
import type { WorldOptions } from '../world.ts'
import { commandLine } from './command-line.ts'

let cwd = ''
let started: Started

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'postern-import-'))
  started = await startAt(cwd, {})
})

afterEach(() => rm(cwd, { recursive: true, force: true }))

/** Runs a command. Of what it says on stderr the line breaks depend on the width alone. */
async function postern(argv: string, options: Partial<WorldOptions> = {}) {
  const ran = await commandLine(cwd, started, argv.split(' '), options)
  return { ...ran, err: ran.err.replace(/\s+/g, ' ') }
}

/** The text of every file below a folder. */
async function textsIn(folder = 'policies'): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(join(cwd, folder), { recursive: true, withFileTypes: true })
  const files = entries.filter(entry => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  const read = files.map(
    async file => [file.slice(join(cwd, folder).length + 1), await readFile(file, 'utf8')] as const,
  )
  return Object.fromEntries((await Promise.all(read)).sort())
}

const membersCsv = async (): Promise<void> =>
  writeFile(join(cwd, 'members.csv'), await exportCsv(started, 'members.csv'))

const schema = JSON.parse(readFileSync('schemas/import.schema.json', 'utf8')) as object
const fits = new Ajv2020({ strict: false }).compile(schema)

function reportIn(out: string): ImportReport {
  const report = JSON.parse(out) as ImportReport
  expect(fits(report), JSON.stringify(fits.errors)).toBe(true)
  return report
}

const files = [
  'authentication/contractors-and-break-glass.yaml',
  'authentication/local-accounts.yaml',
  'authentication/staff-behind-okta.yaml',
  'external-users/external.yaml',
  'external-users/test.yaml',
  'ip-allowlists/office-and-vpn.yaml',
  'organization.yaml',
  'policy.schema.json',
]

describe('an organization of five years comes under version control', () => {
  it('import, validate, plan: nothing to change; import again: nothing to write', async () => {
    await membersCsv()
    const first = await postern('import --export members.csv --exported-at 2026-11-24T07:00:00Z')
    expect(first.code, first.err).toBe(0)
    expect(first.out).toContain('Written to policies: 8 files')
    expect(first.out).toContain('postern plan policies')
    expect(Object.keys(await textsIn())).toEqual(files)
    expect(writesOf(started.simulator)).toEqual([])
    expect((await postern('validate')).code).toBe(0)
    const plan = await postern('plan')
    expect(plan.code, plan.out).toBe(0)
    expect(plan.out).toContain('Nothing to change.')
    const again = await postern('import')
    expect([again.code, again.out.includes('Nothing to write to policies')]).toEqual([0, true])
  })

  it('the settings of an export come into documents that are there, with --complete', async () => {
    expect((await postern('import')).code).toBe(0)
    await membersCsv()
    const without = await postern('import --export members.csv --exported-at 2026-11-24T07:00:00Z --verbose')
    expect([without.code, without.err.includes('import/left-alone')]).toEqual([0, true])
    const all = async () => Object.values(await textsIn()).join('')
    expect(await all()).not.toContain('singleSignOn: enforced')
    // The export tells the name that nothing told before; the file stays where it is.
    expect((await textsIn())['authentication/policy-90781be9.yaml']).toContain('name: Staff behind Okta')
    const complete = await postern('import --complete')
    expect(complete.code, complete.err).toBe(0)
    expect(await all()).toContain('singleSignOn: enforced')
    const plan = await postern('plan')
    expect(plan.code, plan.out).toBe(0)
  })

  it('what a person attests does too', async () => {
    await postern('import')
    expect((await postern('attest ExternalUserPolicy/external --set settings.apiTokens=block')).code).toBe(0)
    expect((await postern('import --complete')).code).toBe(0)
    expect((await textsIn())['external-users/external.yaml']).toContain('apiTokens: block')
    expect((await postern('plan')).code).toBe(0)
  })
})

describe('--dry-run', () => {
  it('prints how each file would change, says so by its exit code, and writes nothing, nor evidence', async () => {
    await membersCsv()
    const exported = '--export members.csv --exported-at 2026-11-24T07:00:00Z'
    const dry = await postern(`import --dry-run ${exported}`)
    expect([dry.code, await exists(join(cwd, 'policies')), await exists(join(cwd, '.postern'))]).toEqual([
      2,
      false,
      false,
    ])
    expect(dry.out).toContain('To be written to policies: 8 files')
    expect(dry.out).toContain('+kind: Organization')
    const report = reportIn((await postern(`import --dry-run --format json ${exported}`)).out)
    expect([report.written, report.facts > 0, report.files.map(({ file }) => file)]).toEqual([false, true, files])
    const markdown = await postern(`import --dry-run --format markdown ${exported}`)
    expect(markdown.out).toContain('+kind: Organization')
    await postern(`import ${exported}`)
    expect((await postern('import --dry-run')).code).toBe(0)
  })

  it('the JSON of a real run fits its schema, too', async () => {
    const report = reportIn((await postern('import --format json')).out)
    expect([report.written, report.found?.authenticationPolicies]).toEqual([true, 3])
    expect(report.unobserved.some(({ by }) => by === 'export')).toBe(true)
    expect(report.leftOut.map(({ path }) => path)).toContain('default')
  })
})

describe('--only', () => {
  it('brings one kind, and the Organization into a new folder', async () => {
    expect((await postern('import --only IpAllowlist')).code).toBe(0)
    expect(Object.keys(await textsIn())).toEqual([
      'ip-allowlists/office-and-vpn.yaml',
      'organization.yaml',
      'policy.schema.json',
    ])
    expect((await postern('import --only ExternalUserPolicy')).code).toBe(0)
    expect(Object.keys(await textsIn())).toContain('external-users/test.yaml')
    expect(Object.keys(await textsIn()).some(file => file.startsWith('authentication'))).toBe(false)
    expect((await postern('plan')).code).toBe(0)
  })

  it('refuses what is no such kind', async () => {
    const { code, err } = await postern('import --only Policy')
    expect([code, err.includes('Allowed choices are Organization')]).toEqual([1, true])
  })
})

describe('which organization', () => {
  const second = { id: 'ffffffff-0000-4000-8000-000000000000', name: 'Second' }

  beforeEach(async () => {
    started = await startAt(cwd, { scenario: { ...scenarioNamed('acme'), otherOrganizations: [second] } })
  })

  it('is asked at a terminal', async () => {
    const { code, err } = await postern('import', { answers: ['9', '1'] })
    expect(err).toContain('acme')
    expect(err).toContain('Second')
    expect(code).toBe(1)
    expect((await postern('import', { answers: ['2'] })).code).toBe(0)
    expect((await textsIn())['organization.yaml']).toContain(`id: ${started.simulator.organizationId}`)
  })

  it.each([
    ['is not guessed where nobody can be asked', 'import', 'import/which-organization'],
    ['that the key does not see', 'import --organization 00000000-0000-4000-8000-000000000000', 'does not see'],
  ])('%s', async (_, argv, words) => {
    const { code, err, out } = await postern(argv)
    expect([code, err.includes(words), err.includes(second.id), out]).toEqual([1, true, true, ''])
    expect(await exists(join(cwd, 'policies'))).toBe(false)
  })

  it('is given, and is then that of the folder', async () => {
    expect((await postern(`import --organization ${started.simulator.organizationId}`)).code).toBe(0)
    expect((await postern('import')).code).toBe(0)
    const { code, err } = await postern(`import --organization ${second.id}`)
    expect([code, err.includes('import/other-organization')]).toEqual([1, true])
  })
})

describe('nothing is written where', () => {
  it.each<[string, () => Promise<unknown>, string, string?, WorldOptions['env']?]>([
    [
      'the folder holds foreign YAML',
      async () => {
        await mkdir(join(cwd, 'policies'))
        await writeFile(join(cwd, 'policies/compose.yaml'), 'services: {}\n')
      },
      'import/folder-not-ours',
    ],
    [
      'the documents have an error',
      async () => {
        await postern('import')
        await writeFile(join(cwd, 'policies/organization.yaml'), 'kind: Organization\nname: acme\n')
      },
      'import/folder-not-ours',
    ],
    ['the folder is a file', () => writeFile(join(cwd, 'policies'), 'text'), 'policy/not-a-folder'],
    [
      'a file stands where a folder must',
      async () => {
        await mkdir(join(cwd, 'policies'))
        await writeFile(join(cwd, 'policies/authentication'), 'text')
      },
      'a file stands where a folder must',
    ],
    [
      'a link leads out of the folder',
      async () => {
        await mkdir(join(cwd, 'policies'))
        await symlink(tmpdir(), join(cwd, 'policies/authentication.d'))
        await mkdir(join(cwd, 'elsewhere'))
        await symlink(join(cwd, 'elsewhere'), join(cwd, 'policies/ip-allowlists'))
      },
      'policy/symlink-outside',
    ],
    [
      'the ledger is another organization’s',
      () =>
        started.ledger.update('organization', () => ({ id: 'ffffffff-0000-4000-8000-000000000000', name: 'other' })),
      'ledger/other-organization',
    ],
    ['there is no key', () => Promise.resolve(), 'org/no-key', '', { POSTERN_LEDGER: '.postern' }],
    ['an export has no time and nobody can be asked', membersCsv, 'evidence/time-needed', ' --export members.csv'],
    [
      'an export is of another organization',
      async () => {
        await membersCsv()
        const text = await readFile(join(cwd, 'members.csv'), 'utf8')
        await writeFile(join(cwd, 'members.csv'), text.replaceAll(/@acme\.(com|io)/g, '@other.example'))
      },
      'evidence/other-organization',
      ' --export members.csv --exported-at 2026-11-24T07:00:00Z',
    ],
  ])('%s', async (_, prepare, words, flags = '', env) => {
    await prepare()
    const before = (await exists(join(cwd, 'policies/organization.yaml'))) ? await textsIn() : undefined
    const { code, err, out } = await postern(`import${flags}`, env === undefined ? {} : { env })
    expect([code, out], err).toEqual([1, ''])
    expect(err).toContain(words)
    if (before === undefined) expect(await exists(join(cwd, 'policies/organization.yaml'))).toBe(false)
    else expect(await textsIn()).toEqual(before)
    expect((await started.ledger.read('evidence'))?.facts ?? []).toEqual([])
  })

  it.skipIf(process.getuid?.() === 0)('the folder is read-only', async () => {
    await mkdir(join(cwd, 'policies'))
    await chmod(join(cwd, 'policies'), 0o500)
    const { code, err } = await postern('import')
    expect([code, err.includes('permission denied')]).toEqual([1, true])
    await chmod(join(cwd, 'policies'), 0o700)
  })
})

it('an export whose time somebody confirms is taken', async () => {
  await membersCsv()
  const then = new Date('2026-11-24T07:30:00Z')
  await utimes(join(cwd, 'members.csv'), then, then)
  const refused = await postern('import --export members.csv', { answers: ['n'] })
  expect([refused.code, await exists(join(cwd, 'policies'))]).toEqual([1, false])
  const { code, err } = await postern('import --export members.csv', { answers: ['y'] })
  expect([code, err.includes('2026-11-24T07:30:00.000Z. Was it exported then?')]).toEqual([0, true])
  expect((await started.ledger.read('evidence'))?.facts.every(({ at }) => at === then.toISOString())).toBe(true)
})
