import { describe, expect, it } from 'vitest'
import type { SavedPlan } from '../../src/model/plan.ts'
import { acmeIds, folderWith, planned, policy } from './acme-documents.ts'
import { edit, exportFile, observeFiles } from './console.ts'
import { apiSteps, codesOf, start, valueOf } from './start.ts'

describe('binding names to ids', () => {
  const contractors = (extra = ''): string =>
    policy('Contractors and break-glass', `directory: local\n${extra}members: { groups: [contractors] }`)
  const localDocument = policy('Local accounts', `id: ${acmeIds.local}\ndirectory: local`)
  const targetOf = (plan: SavedPlan): string | undefined => {
    const [step] = apiSteps(plan)
    return step?.status === 'blocked' ? 'blocked' : /auth-policy\/([^/]+)/.exec(step?.requests?.[0]?.path ?? '')?.[1]
  }

  it('without anything that tells the id: a blocked step that says how to find it', async () => {
    const started = await start()
    const plan = await planned(started, await folderWith(contractors(), localDocument))
    expect(targetOf(plan)).toBe('blocked')
    expect(apiSteps(plan)[0]?.reason).toContain('copy the id')
    expect(plan.steps.map(({ id }) => id)).toContain('console/create/AuthenticationPolicy/Contractors and break-glass')
  })

  it('by `id`', async () => {
    const started = await start()
    expect(
      targetOf(await planned(started, await folderWith(contractors(`id: ${acmeIds.contractors}\n`), localDocument))),
    ).toBe(acmeIds.contractors)
  })

  it('by a name that bulk-fetch serves', async () => {
    const started = await start({ switches: { bulkFetchServesNames: true } })
    expect(targetOf(await planned(started, await folderWith(contractors(), localDocument)))).toBe(acmeIds.contractors)
  })

  it('by an export joined with bulk-fetch', async () => {
    const started = await start()
    const folder = await folderWith(contractors(), localDocument)
    valueOf(await observeFiles(started, folder, [await exportFile(started, 'members.csv')]))
    expect(targetOf(await planned(started, folder))).toBe(acmeIds.contractors)
  })

  it('by the ledger, once it was bound', async () => {
    const started = await start()
    const folder = await folderWith(contractors(), localDocument)
    await started.ledger.update('bindings', () => ({
      policies: { 'Contractors and break-glass': acmeIds.contractors },
    }))
    expect(targetOf(await planned(started, folder))).toBe(acmeIds.contractors)
  })

  it('is remembered by an apply, also where the export is gone', async () => {
    const started = await start()
    const folder = await folderWith(contractors(), localDocument)
    valueOf(await observeFiles(started, folder, [await exportFile(started, 'members.csv')]))
    valueOf(await started.apply(await planned(started, folder)))
    await started.ledger.update('exports', () => ({}))
    expect((await planned(started, folder)).steps).toEqual([])
  })

  it('two ids for one name are an error at the name', async () => {
    const started = await start()
    const folder = await folderWith(contractors(), localDocument)
    valueOf(await observeFiles(started, folder, [await exportFile(started, 'members.csv')]))
    const { accounts } = started.simulator.state
    const jo = accounts.byEmail.get('jo@acme.com')
    if (jo !== undefined) jo.policyId = acmeIds.local
    const made = await started.plan(folder)
    expect(made.ok).toBe(false)
    expect(made.diagnostics.map(({ code, facts }) => [code, facts])).toContainEqual([
      'evidence/ambiguous-binding',
      { policy: 'Contractors and break-glass', ids: [acmeIds.local, acmeIds.contractors] },
    ])
  })

  it('two documents of one id are an error', async () => {
    const started = await start()
    const made = await started.plan(await folderWith(contractors(`id: ${acmeIds.local}\n`), localDocument))
    expect([made.ok, codesOf(made)]).toEqual([false, expect.arrayContaining(['policy/one-id-twice'])])
  })

  it('does not take a policy for the one that its only member was moved to after the export', async () => {
    const started = await start()
    const { state } = started.simulator
    const reception = state.accounts.byEmail.get('reception@acme.com')
    const [other] = state.authenticationPolicies
    if (other === undefined || reception === undefined) throw new Error('no scenario acme')
    state.authenticationPolicies.push({ ...other, id: 'id-of-desk', name: 'Desk', default: false })
    reception.policyId = 'id-of-desk'
    const folder = await folderWith(policy('Desk', 'directory: local\nmembers: { domains: [acme.com] }'), localDocument)
    valueOf(await observeFiles(started, folder, [await exportFile(started, 'members.csv')]))
    reception.policyId = acmeIds.contractors
    const moves = apiSteps(await planned(started, folder))
    expect(moves.map(({ status }) => status)).toEqual(['blocked'])
  })
})

describe('another name beside an `id`', () => {
  const renamed = policy(
    'Staff',
    `id: ${acmeIds.staff}\ndirectory: Acme staff\nsettings: { singleSignOn: enforced, twoStepVerification: identity-provider }`,
  )

  it('is a console rename, known by a served name or an export', async () => {
    const served = await start({ switches: { bulkFetchServesNames: true } })
    const step = {
      action: 'update',
      channel: 'console',
      changes: [{ path: 'name', before: 'Staff behind Okta', after: 'Staff' }],
    }
    expect((await planned(served, await folderWith(renamed))).steps).toMatchObject([step, { action: 'confirm' }])
    const exported = await start()
    const folder = await folderWith(renamed)
    valueOf(await observeFiles(exported, folder, [await exportFile(exported, 'members.csv')]))
    const plan = await planned(exported, folder)
    expect(plan.steps).toMatchObject([step, { action: 'confirm' }])
    // What the export says of the old name is true of the policy.
    expect(plan.inSync).toMatchObject([{ path: 'settings.singleSignOn', evidence: [{ from: 'export' }] }])
  })

  it('is done once an export shows it', async () => {
    const started = await start()
    const folder = await folderWith(renamed)
    await edit(started, 'AuthenticationPolicy', 'Staff behind Okta', { name: 'Staff' })
    valueOf(await observeFiles(started, folder, [await exportFile(started, 'members.csv')]))
    const plan = await planned(started, folder)
    expect(plan.inSync.map(({ path }) => path)).toEqual(['name', 'settings.singleSignOn'])
  })

  it('takes nothing that an export says of another policy which has that name', async () => {
    const started = await start()
    // The documents swap two names; the console has not.
    const folder = await folderWith(
      policy('Contractors and break-glass', `id: ${acmeIds.local}\ndirectory: local\nbillable: false`),
      policy('Local accounts', `id: ${acmeIds.contractors}\ndirectory: local\nbillable: true`),
    )
    valueOf(await observeFiles(started, folder, [await exportFile(started, 'members.csv')]))
    const plan = await planned(started, folder)
    expect(plan.inSync.map(({ name, path, value }) => [name, path, value])).toEqual([
      ['Contractors and break-glass', 'billable', false],
      ['Local accounts', 'billable', true],
    ])
    expect(plan.steps.flatMap(({ changes }) => changes.map(({ path }) => path))).toEqual(['name', 'name'])
  })
})
