import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { writeImport } from '../../src/operations/import.ts'
import { filesOf } from '../properties/imported-folders.ts'
import { edit } from './console.ts'
import {
  adopted,
  allowlist,
  change,
  changesOf,
  inSecondDirectory,
  listOf,
  local,
  membersNow,
  policyNamed,
  staff,
  stepsOf,
  textOf,
} from './imported.ts'
import { imported, newFolder, planned } from './importing.ts'
import { codesOf, exists, start, valueOf, writesOf } from './start.ts'

describe('a first import', () => {
  it('needs few requests, and none that could change anything', async () => {
    const { started, folder } = await adopted()
    expect(writesOf(started.simulator)).toEqual([])
    expect(started.simulator.requests.length).toBeLessThan(40)
    expect(await stepsOf(started, folder)).toEqual([])
  })

  it('records the exports once the files are there, and nothing else', async () => {
    const { started } = await adopted()
    expect((await started.ledger.read('evidence'))?.facts.length).toBeGreaterThan(5)
    expect((await started.ledger.read('organization'))?.name).toBe('acme')
    expect(await started.ledger.read('bindings')).toBeUndefined()
    const without = await start()
    await imported(without, await newFolder())
    expect(await exists(without.ledgerFolder)).toBe(false)
  })

  it('writes what goes alongside with it, or nothing of either', async () => {
    const started = await start()
    const folder = await newFolder()
    const plan = valueOf(await planned(started, folder, { exports: await membersNow(started) }))
    const beside = join(folder, '..', 'workflow.yml')
    await writeFile(beside, 'theirs')
    const refused = await writeImport(plan, [{ path: beside, text: 'on: push\n' }])
    expect([codesOf(refused), await exists(folder), await exists(started.ledgerFolder)]).toEqual([
      ['run/unwritable'],
      false,
      false,
    ])
    expect(valueOf(await writeImport(plan, [{ path: beside, text: 'on: push\n', before: 'theirs' }])).written).toBe(
      true,
    )
    expect(await readFile(beside, 'utf8')).toBe('on: push\n')
  })

  it('says so where the files are written and the evidence cannot be', async () => {
    const started = await start()
    const folder = await newFolder()
    const plan = valueOf(await planned(started, folder, { exports: await membersNow(started) }))
    await writeFile(started.ledgerFolder, 'a file where the folder must be')
    expect(codesOf(await writeImport(plan))).toEqual(['ledger/unreadable', 'import/not-recorded'])
    expect(await exists(join(folder, 'organization.yaml'))).toBe(true)
  })

  it('lists accounts where the ledger recorded them in another directory', async () => {
    const started = await start()
    const [account] = started.simulator.state.accounts.list.filter(
      ({ policyId, accountStatus }) =>
        policyId === policyNamed(started, 'Local accounts').id && accountStatus === 'active',
    )
    await started.ledger.update('last-applied', () => ({
      run: 'run',
      at: '2026-11-20T08:00:00.000Z',
      digest: 'digest',
      documents: {},
      policyOf: { [account?.accountId ?? '']: 'Staff behind Okta' },
    }))
    const folder = await newFolder()
    await imported(started, folder, { exports: await membersNow(started) })
    expect(await textOf(folder, local)).toContain('acrossDirectories: true')
    expect(await stepsOf(started, folder)).toEqual([])
  })

  it('stopped before it writes, it leaves nothing', async () => {
    const started = await start()
    const folder = await newFolder()
    const plan = valueOf(await planned(started, folder))
    const stopped = await writeImport({ ...plan, signal: AbortSignal.abort() })
    expect([codesOf(stopped), await exists(folder)]).toEqual([['import/stopped'], false])
  })
})

describe('a further import says', () => {
  it('which declared allowlist is gone, and where it stands; the document stays', async () => {
    const { started, folder } = await adopted()
    started.simulator.state.controlPolicies = []
    const plan = valueOf(await planned(started, folder))
    expect(plan.report.diagnostics).toMatchObject([
      { code: 'import/gone', severity: 'warning', file: allowlist, line: 3 },
    ])
    expect(plan.report.files).toEqual([])
  })

  it('what documents refuse of what was seen', async () => {
    const { started, folder } = await adopted()
    listOf(started).rule = { in: ['office'], allowMobileBypass: false }
    await change(folder, staff, 'singleSignOn: enforced', 'singleSignOn: off')
    await change(folder, staff, /directory: Acme staff.*/, 'directory: local')
    await change(folder, local, 'everyoneElse: true', 'accounts: []')
    const { lines, report } = await changesOf(started, folder)
    expect(lines.filter(line => line.includes('enforced') || line.includes('office'))).toEqual([])
    expect(
      report.leftOut
        .filter(({ name, path }) => name !== '*' && path !== undefined)
        .map(({ name, path }) => [name, path]),
    ).toEqual(
      expect.arrayContaining([
        ['Staff behind Okta', 'settings.singleSignOn'],
        ['Office and VPN', 'ranges'],
      ]),
    )
  })

  it('that two objects have one name', async () => {
    const { started, folder } = await adopted()
    const list = listOf(started)
    started.simulator.state.controlPolicies.push({ ...list, id: '00000009-0000-4000-8000-000000000000' })
    const { report } = await changesOf(started, folder)
    expect(report.leftOut.map(({ name }) => name)).toContain('Office and VPN')
  })

  it('what cannot be edited, and leaves it', async () => {
    const { started, folder } = await adopted()
    await change(folder, staff, /idleSession: 30d.*/, 'idleSession: &day 30d\n  sessionExpiration: *day')
    await edit(started, 'AuthenticationPolicy', 'Staff behind Okta', { 'settings.idleSession': '8h' })
    const { lines, codes } = await changesOf(started, folder, { exports: await membersNow(started) })
    expect([lines, codes.filter(code => code.startsWith('import/'))]).toEqual([[], ['import/not-edited']])
  })

  it('what documents of one kind need of another, and writes nothing', async () => {
    const { started, folder } = await adopted()
    await inSecondDirectory(started)
    const before = await filesOf(folder)
    const plan = await planned(started, folder, { exports: await membersNow(started), only: ['AuthenticationPolicy'] })
    expect(codesOf(plan)).toEqual(expect.arrayContaining(['policy/dangling-reference', 'import/not-valid']))
    expect(plan.texts.size).toBe(before.size + 1)
    expect(await filesOf(folder)).toEqual(before)
  })
})

it('is about one organization: that of the documents', async () => {
  const { started, folder } = await adopted()
  const refused = await planned(started, folder, { organization: 'ffffffff-0000-4000-8000-000000000000' })
  expect(codesOf(refused)).toEqual(['import/other-organization'])
})
