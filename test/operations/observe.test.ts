import { utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { membersHeader } from '../../src/simulator/index.ts'
import { acmeIds, folderWith, planned, policy } from './acme-documents.ts'
import { edit, exportFile, observeFiles } from './console.ts'
import { codesOf, exists, policiesFolder, start, temporaryFolder, valueOf } from './start.ts'

/** A file of one's own in place of an export. */
async function file(name: string, text: string): Promise<string> {
  const path = join(await temporaryFolder(), name)
  await writeFile(path, text)
  return path
}

describe('observe refuses', () => {
  const members = (...rows: readonly string[]): string => [membersHeader.join(','), ...rows].join('\n')
  const row = 'A,alice@acme.com,2026-11-01,Active,Yes,P,billable,Enforced,Yes,Strong,8 hours'

  it.each([
    ['a file that is not there', undefined, 'evidence/no-file'],
    ['an empty file', '', 'evidence/empty-export'],
    ['a header without rows', members(), 'evidence/empty-export'],
    ['what is none of the three', 'a,b\n1,2\n', 'evidence/not-an-export'],
    [
      'an export of another organization',
      members(row.replace('acme.com', 'other.example')),
      'evidence/other-organization',
    ],
  ])('%s, and records nothing', async (_, text, code) => {
    const started = await start()
    const path = text === undefined ? '/nowhere/members.csv' : await file('members.csv', text)
    const observed = await observeFiles(started, policiesFolder, [path])
    expect([observed.ok, codesOf(observed)]).toEqual([false, [code]])
    expect(await exists(started.ledgerFolder)).toBe(false)
  })

  it.each([
    ['a time in the future', '2026-11-24T08:05:01Z', 'evidence/future-time'],
    ['a time that is none', 'yesterday', 'evidence/bad-time'],
    ['a number', '1764000000000', 'evidence/bad-time'],
    ['a day that does not exist', '2026-13-41', 'evidence/bad-time'],
  ])('%s', async (_, exportedAt, code) => {
    const started = await start()
    const observed = await observeFiles(started, policiesFolder, [await file('m.csv', members(row))], { exportedAt })
    expect([observed.ok, codesOf(observed)]).toEqual([false, [code]])
  })

  it('a file’s own time in CI, and where nobody confirms it', async () => {
    const started = await start()
    const path = await file('m.csv', members(row))
    await utimes(path, new Date('2026-11-23T08:00:00Z'), new Date('2026-11-23T08:00:00Z'))
    const code = async (changes: Parameters<typeof observeFiles>[3]) =>
      codesOf(await observeFiles(started, policiesFolder, [path], { exportedAt: undefined, ...changes })).filter(
        found => found !== 'evidence/undeclared-policies',
      )
    expect(await code({ ci: true, confirmTime: () => Promise.resolve(true) })).toEqual(['evidence/time-needed'])
    expect(await code({ ci: false })).toEqual(['evidence/time-needed'])
    expect(await code({ ci: false, confirmTime: () => Promise.resolve(false) })).toEqual(['evidence/time-needed'])
    const asked: string[] = []
    const confirmTime = (_: string, at: string) => Promise.resolve(asked.push(at) > 0)
    expect(await code({ ci: false, confirmTime })).toEqual([])
    expect(asked).toEqual(['2026-11-23T08:00:00.000Z'])
    expect((await started.ledger.read('evidence'))?.facts.every(({ at }) => at === '2026-11-23T08:00:00.000Z')).toBe(
      true,
    )
  })

  it('all files where one is bad', async () => {
    const started = await start()
    const files = [await exportFile(started, 'members.csv'), await file('bad.csv', 'a\n1')]
    expect((await observeFiles(started, policiesFolder, files)).ok).toBe(false)
    expect(await exists(started.ledgerFolder)).toBe(false)
  })

  it('a ledger of another organization', async () => {
    const started = await start()
    await started.ledger.update('organization', () => ({ id: 'ffffffff-0000-4000-8000-000000000000', name: 'other' }))
    const observed = await observeFiles(started, policiesFolder, [await exportFile(started, 'members.csv')])
    expect(codesOf(observed)).toEqual(expect.arrayContaining(['ledger/other-organization']))
    expect(await started.ledger.read('evidence')).toBeUndefined()
  })

  it.each([
    ['members.csv', membersHeader.join(',') + '\nX,x@acme.com,,Active,Yes,P,billable,Enforced,Yes,Strong,8 hours'],
    [
      'external-users.csv',
      'email,Atlassian ID,last active,apps,billable for Guard Standard\nx@y.example,no-such-id,,Jira,No',
    ],
  ])('%s where the organization knows none of its accounts, even if a filter is ignored', async (name, text) => {
    const started = await start()
    const path = await file(name, text)
    const observed = await observeFiles(started, policiesFolder, [path], { connection: started.connection })
    expect(codesOf(observed)).toContain('evidence/other-organization')
    // A search that ignores its filter returns everybody (ref 7).
    started.simulator.fault({
      match: { path: 'users/search' },
      then: {
        status: 200,
        body: { data: [{ accountId: 'somebody-else', email: 'else@acme.com', claimStatus: 'managed' }], links: {} },
      },
    })
    const ignored = await observeFiles(started, policiesFolder, [path], { connection: started.connection })
    expect(codesOf(ignored)).toContain('evidence/other-organization')
  })

  it('nothing of the organization’s own exports, and asks it only to read', async () => {
    const started = await start()
    const files = [
      await exportFile(started, 'members.csv'),
      await exportFile(started, 'accounts.csv'),
      await exportFile(started, 'external-users.csv'),
    ]
    valueOf(await observeFiles(started, policiesFolder, files, { connection: started.connection }))
    expect(started.simulator.requests.map(({ method, path }) => `${method} ${path.replace(/.*\//, '')}`)).toEqual([
      'POST search',
      'POST search',
      'POST search',
    ])
  })
})

describe('an older export', () => {
  it('changes nothing', async () => {
    const started = await start()
    const folder = await folderWith(
      policy('Local accounts', `id: ${acmeIds.local}\ndirectory: local\nsettings: { idleSession: 30d }`),
    )
    const old = await exportFile(started, 'members.csv')
    await edit(started, 'AuthenticationPolicy', 'Local accounts', { 'settings.idleSession': '15m' })
    valueOf(
      await observeFiles(started, folder, [await exportFile(started, 'members.csv')], {
        exportedAt: '2026-11-24T07:00:00Z',
      }),
    )
    valueOf(await observeFiles(started, folder, [old], { exportedAt: '2026-11-24T06:00:00Z' }))
    expect((await planned(started, folder)).steps).toMatchObject([{ changes: [{ before: '15m', after: '30d' }] }])
  })
})
