import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import type { DoctorReport } from '../../src/model/doctor-report.ts'
import {
  exists,
  policiesFolder,
  scenarioNamed,
  startAt,
  temporaryFolder,
  type StartOptions,
} from '../operations/start.ts'
import type { WorldOptions } from '../world.ts'
import { commandLine } from './command-line.ts'

const isReport = new Ajv2020({ strict: false }).compile(
  JSON.parse(await readFile('schemas/doctor.schema.json', 'utf8')) as object,
)

async function begun(options: StartOptions = {}) {
  const cwd = await temporaryFolder()
  const started = await startAt(cwd, options)
  const postern = (argv: readonly string[], changes: Partial<WorldOptions> = {}) =>
    commandLine(cwd, started, argv, changes)
  const json = async (argv: readonly string[], changes: Partial<WorldOptions> = {}) => {
    const { code, out, err } = await postern([...argv, '--format', 'json'], changes)
    const report = JSON.parse(out) as DoctorReport
    expect(isReport(report) || isReport.errors).toBe(true)
    return { code, err, report }
  }
  return { cwd, started, postern, json }
}

const environment = (key: string, rest: Readonly<Record<string, string>> = {}) => ({
  env: { POSTERN_API_KEY: key, POSTERN_LEDGER: '.postern', ...rest },
})

describe('doctor', () => {
  it('is content where nothing failed, and leaves nothing behind', async () => {
    const { cwd, postern } = await begun()
    const { code, out, err } = await postern(['doctor', policiesFolder])
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(/^ok {2}key {10,}the API answers with it$/m)
    expect(out).toMatch(/^\d+ ok, \d+ warnings, 1 not checked$/m)
    expect(await exists(join(cwd, '.postern'))).toBe(false)
  })

  it('reports in JSON and Markdown', async () => {
    const { postern, json } = await begun()
    const { code, report } = await json(['doctor', policiesFolder])
    expect([code, report.organization?.name]).toEqual([0, 'acme'])
    expect((await postern(['doctor', policiesFolder, '--format', 'markdown'])).out).toContain(
      '### What Postern needs: acme',
    )
  })

  it('leads a beginner from nothing to a key and a folder', async () => {
    const { json } = await begun()
    const { code, err, report } = await json(['doctor'], { env: { POSTERN_LEDGER: '.postern' } })
    expect([code, err]).toEqual([1, ''])
    const fixes = Object.fromEntries(report.checks.map(({ check, fix = '' }) => [check, fix]))
    expect([fixes['documents'], fixes['key']]).toEqual([
      expect.stringContaining('postern init'),
      expect.stringContaining('POSTERN_API_KEY'),
    ])
  })

  it('points at validate where documents are wrong, and goes on with the rest', async () => {
    const { cwd, json } = await begun()
    await mkdir(join(cwd, 'policies'))
    await writeFile(join(cwd, 'policies', 'a.yaml'), 'kind: Organisation\n')
    const { code, report } = await json(['doctor'])
    expect(code).toBe(1)
    expect(report.checks.find(({ check }) => check === 'documents')).toMatchObject({
      status: 'failed',
      fix: expect.stringContaining('postern validate') as string,
    })
    expect(report.diagnostics.map(({ code: found }) => found)).toContain('policy/unknown-kind')
    // The key sees one organization, which is then the one that is meant.
    expect(report.checks.find(({ check }) => check === 'scopes-plan')?.status).toBe('ok')
    expect(report.organization?.name).toBe('acme')
  })

  it('judges a key by what it is for', async () => {
    const scopes = [
      'read:orgs:admin',
      'read:domains:admin',
      'read:policies:admin',
      'read:tokens:admin',
      'read:events:admin',
    ]
    const acme = scenarioNamed('acme')
    const { json } = await begun({ scenario: { ...acme, apiKeys: [{ label: 'main' }, { key: 'reads', scopes }] } })
    const codes = async (...flags: readonly string[]) =>
      (await json(['doctor', policiesFolder, ...flags], environment('reads'))).code
    expect([await codes(), await codes('--for', 'plan'), await codes('--for', 'plan', '--for', 'apply')]).toEqual([
      0, 0, 1,
    ])
  })

  it('warns of a ledger that CI will lose', async () => {
    const { started, json } = await begun()
    const env = { POSTERN_API_KEY: started.simulator.apiKey, CI: 'true' }
    const { code, err, report } = await json(['doctor', policiesFolder], { env })
    const ledger = report.checks.find(({ check }) => check === 'ledger')
    expect([code, err, ledger?.status]).toEqual([0, '', 'warning'])
    expect(ledger?.summary).toContain('POSTERN_LEDGER is not set')
  })

  it('refuses a command that needs no key', async () => {
    const { postern } = await begun()
    const { code, err } = await postern(['doctor', '--for', 'validate'])
    expect([code, err]).toEqual([1, expect.stringContaining('run/usage')])
  })
})
