import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  apply,
  audit,
  coverage,
  doctor,
  drift,
  explain,
  importOrganization,
  plan,
  readPlan,
  revert,
  savePlan,
  validate,
} from '../../src/index.ts'
import { folderLedger } from '../../src/ledger/folder-ledger.ts'
import { policyFolder, temporaryFolder } from '../operations/start.ts'
import { calling, codesIn, planned, valueIn } from './calls.ts'

describe('the library', () => {
  it('validates: the documents with their places, sorted', async () => {
    const { options } = await calling()
    const { organization, documents } = valueIn(await validate(options))
    expect(organization).toEqual({ name: 'acme', id: '96c9b91d-3eab-41b4-9d9c-09eb84db70cf' })
    expect(documents.map(({ kind, name, source }) => `${kind}/${name} ${source.file}`)).toEqual([
      'AuthenticationPolicy/Contractors and break-glass authentication/contractors.yaml',
      'AuthenticationPolicy/Local accounts authentication/contractors.yaml',
      'AuthenticationPolicy/Staff behind Okta authentication/staff.yaml',
      'CoverageRequirement/second factor for everyone requirements.yaml',
      'Exception/reception desk requirements.yaml',
      'ExternalUserPolicy/external external-users/external.yaml',
      'ExternalUserPolicy/test external-users/external.yaml',
      'IpAllowlist/Office and VPN network.yaml',
      'Organization/acme organization.yaml',
    ])
    for (const { kind, source } of documents) {
      const lines = (await readFile(join(options.folder, source.file), 'utf8')).split('\n')
      expect(lines[source.line - 1]).toBe(`kind: ${kind}`)
    }
    expect(documents.at(-2)?.spec).toMatchObject({ kind: 'IpAllowlist', enabled: true })
  })

  it('gives the same plan for the same clock, and the time in it is the one of the clock', async () => {
    const { options } = await calling()
    const first = await planned(options)
    expect(first.createdAt).toBe('2026-11-24T08:00:00.000Z')
    expect(await planned(options)).toEqual(first)
  })

  it('plans, applies, looks for drift, measures, explains, audits and undoes', async () => {
    const { options, started } = await calling()
    const { connection, ledger, clock } = options
    const steps: string[] = []
    const events = new Set<string>()
    const cards: number[] = []
    const made = await planned(options)
    const applied = await apply({
      plan: made,
      connection,
      ledger,
      clock,
      by: 'alice',
      job: 'https://ci.example/42',
      onStep: ({ id }, result) => steps.push(`${id} ${result?.status ?? 'begins'}`),
      onEvent: ({ type }) => events.add(type),
      onRecovery: ({ undo }) => cards.push(undo.length),
    })
    const report = valueIn(applied)
    expect(codesIn(applied)).toEqual([])
    expect(report.steps.filter(({ id }) => id.startsWith('api/')).map(({ status }) => status)).toEqual(['done', 'done'])
    expect(steps).toEqual(made.steps.flatMap(({ id }, n) => [`${id} begins`, `${id} ${report.steps[n]?.status ?? ''}`]))
    expect([...events].sort()).toEqual(['accepted', 'request', 'task'])
    expect(cards).toHaveLength(1)
    expect(await folderLedger(ledger).records.read('recovery-card', report.run)).toContain(report.run)

    expect(valueIn(await drift(options)).differences.filter(({ class: found }) => found === 'changed-outside')).toEqual(
      [],
    )
    expect(valueIn(await coverage({ ...options, all: true })).accounts).toHaveLength(
      valueIn(await coverage(options)).totals.accounts,
    )
    expect(valueIn(await explain({ ...options, email: 'OWEN.price@acme.com' })).policy).toBe(
      'Contractors and break-glass',
    )

    const { head, intact, runs } = valueIn(await audit({ ledger }))
    expect([head, intact]).toEqual([report.record, true])
    expect(runs).toMatchObject([{ run: report.run, by: 'alice', done: 2 }])
    expect(codesIn(await audit({ ledger, anchor: 'f'.repeat(64) }))).toEqual(['audit/other-head'])

    const back = valueIn(await revert({ ...options, run: report.run }))
    expect(back.steps.map(({ id }) => id)).toContain('api/move/AuthenticationPolicy/Local accounts')
    expect(started.simulator.state.accounts.byEmail.get('owen.price@acme.com')?.policyId).toBeDefined()
  })

  it('imports an organization into a folder that plans to nothing, unless it is only asked what it would write', async () => {
    const { options } = await calling()
    const folder = join(await temporaryFolder(), 'imported')
    const asked = valueIn(await importOrganization({ ...options, folder, dryRun: true }))
    expect([asked.written, existsSync(folder)]).toEqual([false, false])
    const written = valueIn(await importOrganization({ ...options, folder }))
    expect(written).toEqual({ ...asked, written: true })
    expect(valueIn(await plan({ ...options, folder })).steps).toEqual([])
    expect(valueIn(await importOrganization({ ...options, folder })).files).toEqual([])
    expect(codesIn(await importOrganization({ ...options, folder, only: ['Policy'] }))).toEqual(['run/usage'])
  })

  it('says what is missing to run', async () => {
    const { options } = await calling()
    const { checks } = valueIn(await doctor(options))
    expect(checks.filter(({ status }) => status === 'failed').map(({ check }) => check)).toEqual([])
    const without = valueIn(await doctor({ ...options, connection: { apiKey: '' } }))
    expect(without.checks.find(({ check }) => check === 'key')).toMatchObject({ status: 'failed' })
  })

  it('saves a plan, and reads it as it was saved or not at all', async () => {
    const { options } = await calling()
    const file = join(await temporaryFolder(), 'plan.json')
    const made = await planned(options)
    expect(await savePlan(file, made)).toEqual({ ok: true, value: undefined, diagnostics: [] })
    expect(valueIn(await readPlan(file))).toEqual(made)
    await writeFile(file, (await readFile(file, 'utf8')).replace('203.0.113.0/24', '0.0.0.0/0'))
    expect(codesIn(await readPlan(file))).toEqual(['plan/file-edited'])
  })

  it('says where in the folder something is wrong', async () => {
    const { options } = await calling()
    const folder = await policyFolder({ 'a.yaml': 'kind: Organization\nname: acme\nid: 42\n' })
    const expected = { code: 'policy/wrong-type', severity: 'error', file: 'a.yaml', line: 3, column: 1 }
    for (const call of [validate, plan, drift, coverage]) {
      const { ok, diagnostics } = await call({ ...options, folder })
      expect([ok, diagnostics[0]], call.name).toEqual([false, expect.objectContaining(expected)])
    }
  })
})
