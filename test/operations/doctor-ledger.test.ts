import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { diagnostic } from '../../src/diagnostics/diagnostic.ts'
import { outcome } from '../../src/diagnostics/outcome.ts'
import { folderLedger } from '../../src/ledger/folder-ledger.ts'
import { thisProcess } from '../../src/ledger/process-identity.ts'
import type { DoctorCheck } from '../../src/model/doctor-report.ts'
import { find, look } from './doctor-world.ts'
import { scenarioNamed, start, temporaryFolder, type Started } from './start.ts'

const acme = scenarioNamed('acme')

describe('the ledger', () => {
  const holder = { run: 'r-1', command: 'apply', owner: 'carol', at: '2026-11-24T07:48:00Z' }

  it('is as it was when it was looked at, and not made', async () => {
    const started = await start()
    await look(started)
    await expect(readdir(started.ledgerFolder)).rejects.toThrow('ENOENT')
    await started.ledger.update('organization', () => ({ id: acme.organization.id, name: 'acme' }))
    const before = await readdir(started.ledgerFolder, { recursive: true })
    expect(find(await look(started), 'ledger').summary).toMatch(
      /of the organization acme, format 1.1, can be read and written/,
    )
    expect(await readdir(started.ledgerFolder, { recursive: true })).toEqual(before)
  })

  const cases: readonly (readonly [string, (started: Started) => Promise<unknown>, DoctorCheck['status'], RegExp])[] = [
    [
      'that is damaged',
      ({ ledgerFolder }) => mkdir(ledgerFolder).then(() => writeFile(join(ledgerFolder, 'approvals.json'), '{')),
      'failed',
      /not JSON/,
    ],
    [
      'of a later Postern',
      ({ ledgerFolder }) =>
        mkdir(ledgerFolder).then(() =>
          writeFile(join(ledgerFolder, 'runs.json'), '{"formatVersion":"9.0","content":{}}'),
        ),
      'failed',
      /9\.0/,
    ],
    [
      'of another organization',
      ({ ledger }) => ledger.update('organization', () => ({ id: 'other', name: 'other' })),
      'failed',
      /belongs to the organization other/,
    ],
    ['where a file stands', ({ ledgerFolder }) => writeFile(ledgerFolder, ''), 'failed', /no folder/],
  ]
  it.each(cases)('%s', async (_, prepare, status, words) => {
    const started = await start()
    await prepare(started)
    const report = await look(started)
    expect([find(report, 'ledger').status, find(report, 'ledger').summary]).toEqual([
      status,
      expect.stringMatching(words),
    ])
    expect(find(report, 'ledger-lock').status).toBe('not-checked')
    expect(find(report, 'evidence').status).toBe('not-checked')
  })

  it('below a file cannot be made', async () => {
    const started = await start()
    const file = join(await temporaryFolder(), 'file')
    await writeFile(file, '')
    const report = await look(started, { ledger: outcome(folderLedger(join(file, 'ledger')), []) })
    expect(find(report, 'ledger').status).toBe('failed')
  })

  it('that CI will lose is warned of', async () => {
    const started = await start()
    const ledger = outcome(started.ledger, [diagnostic('run/no-ledger', { place: '.postern/' })])
    expect(find(await look(started, { ledger }), 'ledger')).toMatchObject({
      status: 'warning',
      summary: expect.stringMatching(/POSTERN_LEDGER/) as string,
    })
  })

  it.each([
    ['here', () => thisProcess(), /which goes on/, /wait/],
    [
      'here, by one who is gone',
      () => ({ ...thisProcess(), process: `${thisProcess().process?.replace(/\d+$/, '') ?? ''}1` }),
      /which is gone/,
      /takes it over/,
    ],
    [
      'elsewhere',
      () => ({ host: 'runner-7', pid: 4711 }),
      /carol: `apply`, run r-1, process 4711 on runner-7, for 12 min/,
      /postern unlock/,
    ],
  ])('is held %s', async (_, who, words, todo) => {
    const started = await start()
    await started.ledger.update('lock', () => ({ holder: { ...holder, ...who() } }))
    const { status, summary, fix } = find(await look(started), 'ledger-lock')
    expect([status, summary, fix]).toEqual(['warning', expect.stringMatching(words), expect.stringMatching(todo)])
  })
})
