import { describe, expect, it } from 'vitest'
import { acmeIds, folderWith, planned, policy } from './acme-documents.ts'
import { attestUnverified, carryOutConsoleSteps, edit, exportFile, observeFiles } from './console.ts'
import { codesOf, policiesFolder, start, valueOf } from './start.ts'

const pathsOf = (fields: readonly { readonly name: string; readonly path: string }[]): readonly string[] =>
  fields.map(({ name, path }) => `${name} ${path}`)

describe('the whole way', () => {
  it('ends with nothing to change, each field with its evidence', async () => {
    const started = await start()
    const first = await planned(started, policiesFolder)
    expect(codesOf(await started.apply(first))).toEqual([])
    await carryOutConsoleSteps(started, first)
    started.clock.time += 600_000
    const exports = [
      await exportFile(started, 'members.csv'),
      await exportFile(started, 'accounts.csv'),
      await exportFile(started, 'external-users.csv'),
    ]
    const observed = valueOf(await observeFiles(started, policiesFolder, exports))
    expect(observed.map(item => [item.export, item.unknownColumns])).toEqual([
      ['members', ['Jira', 'Confluence']],
      ['accounts', ['Jira', 'Confluence']],
      ['external-users', []],
    ])
    const second = await planned(started, policiesFolder)
    // The export proves what it holds and nothing else.
    expect(second.steps.map(({ action }) => action)).toEqual(Array.from({ length: 5 }, () => 'confirm'))
    expect(pathsOf(second.unverified)).not.toContain('Staff behind Okta settings.singleSignOn')
    expect(pathsOf(second.unverified)).toContain('Contractors and break-glass settings.twoStepVerification')
    await attestUnverified(started, policiesFolder, second)
    const last = await planned(started, policiesFolder)
    expect([last.steps, last.unverified]).toEqual([[], []])
    const sources = new Map(
      last.inSync.map(({ name, path, evidence }) => [`${name} ${path}`, evidence.map(({ from, by }) => [from, by])]),
    )
    expect(sources.get('Staff behind Okta settings.singleSignOn')).toEqual([['export', undefined]])
    expect(sources.get('Staff behind Okta name')).toEqual([['export', undefined]])
    expect(sources.get('external settings.authorizationMethod')).toEqual([['attestation', 'alice']])
    expect(sources.get('Office and VPN ranges')).toEqual([['api', undefined]])
    expect([...sources.values()].filter(evidence => evidence.length === 0)).toEqual([])
  })

  it('goes back to steps when somebody changes the console and exports again', async () => {
    const started = await start()
    const folder = await folderWith(
      policy('Local accounts', `id: ${acmeIds.local}\ndirectory: local\nsettings: { idleSession: 30d }`),
    )
    valueOf(await observeFiles(started, folder, [await exportFile(started, 'members.csv')]))
    expect((await planned(started, folder)).steps).toEqual([])
    await edit(started, 'AuthenticationPolicy', 'Local accounts', { 'settings.idleSession': '15m' })
    started.clock.time += 60_000
    valueOf(await observeFiles(started, folder, [await exportFile(started, 'members.csv')]))
    expect((await planned(started, folder)).steps).toMatchObject([
      {
        channel: 'console',
        action: 'update',
        direction: 'loosens',
        changes: [{ path: 'settings.idleSession', before: '15m', after: '30d' }],
      },
    ])
  })

  it('expires', async () => {
    const started = await start()
    const folder = await folderWith('kind: ExternalUserPolicy\nname: external\nsettings: { apiTokens: allow }')
    await attestUnverified(started, folder, await planned(started, folder))
    expect((await planned(started, folder)).steps).toEqual([])
    started.clock.time += 90 * 86_400_000 + 1
    const plan = await planned(started, folder)
    expect(plan.unverified).toMatchObject([
      { path: 'settings.apiTokens', state: 'stale', evidence: [{ from: 'attestation' }] },
    ])
    expect(plan.steps).toMatchObject([{ action: 'confirm', changes: [{ before: 'allow', after: 'allow' }] }])
  })
})

describe('facts of the future', () => {
  it('are not used, are reported, and can be attested anew', async () => {
    const started = await start()
    const folder = await folderWith('kind: ExternalUserPolicy\nname: external\nsettings: { apiTokens: allow }')
    await attestUnverified(started, folder, await planned(started, folder), { now: new Date('2030-01-01T00:00:00Z') })
    const made = await started.plan(folder)
    expect(codesOf(made)).toContain('evidence/future-facts')
    expect(valueOf(made).unverified.map(({ state }) => state)).toEqual(['unverified'])
    await attestUnverified(started, folder, valueOf(made))
    const again = await started.plan(folder)
    expect([codesOf(again), valueOf(again).steps]).toEqual([[], []])
  })
})

describe('Export accounts, which names no policy', () => {
  const folder = () =>
    folderWith(
      policy('Contractors and break-glass', `id: ${acmeIds.contractors}\ndirectory: local\nbillable: true`),
      policy(
        'Local accounts',
        `id: ${acmeIds.local}\ndirectory: local\nbillable: false\nmembers: { everyoneElse: true }`,
      ),
    )

  it('proves nothing of accounts whose policy at that time is not known', async () => {
    const started = await start()
    const policies = await folder()
    valueOf(await observeFiles(started, policies, [await exportFile(started, 'accounts.csv')]))
    expect(pathsOf((await planned(started, policies)).inSync)).toEqual([])
  })

  it('proves what it shows of accounts that an apply had recorded before', async () => {
    const started = await start()
    const policies = await folder()
    valueOf(await started.apply(await planned(started, policies)))
    started.clock.time += 60_000
    valueOf(await observeFiles(started, policies, [await exportFile(started, 'accounts.csv')]))
    expect(pathsOf((await planned(started, policies)).inSync)).toEqual(['Local accounts billable'])
  })

  it('proves nothing any more once an apply came after it', async () => {
    const started = await start()
    const policies = await folder()
    valueOf(await observeFiles(started, policies, [await exportFile(started, 'accounts.csv')]))
    started.clock.time += 60_000
    valueOf(await started.apply(await planned(started, policies)))
    expect(pathsOf((await planned(started, policies)).inSync)).toEqual([])
  })
})
