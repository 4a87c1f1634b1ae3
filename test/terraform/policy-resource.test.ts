import { describe, expect, it } from 'vitest'
import { documentOfText } from '../../src/blocks/document-text.ts'
import { attest } from '../../src/operations/attest.ts'
import { desiredOf, edit } from '../operations/console.ts'
import { codesOf, policiesFolder, writesOf } from '../operations/start.ts'
import { errorsOf, prove, providerWorld, summaries, textIn } from './provider-world.ts'

const type = 'postern_authentication_policy'
const staff = 'Staff behind Okta'
const local = 'Local accounts'
const contractors = 'Contractors and break-glass'

describe('an authentication policy', () => {
  it('without evidence is planned with its console step, and not created', async () => {
    const { core, configs, started } = await providerWorld()
    const planned = await core.plan(type, configs.policy(staff))
    expect(summaries(planned.problems)).toEqual([
      `warning: confirm 8 settings of AuthenticationPolicy “${staff}”: a step in the console comes first`,
    ])
    expect(planned.planned).toMatchObject({ id: '90781be9-0863-45f0-92b9-1612379ffa5c' })
    const { state, problems } = await core.apply(planned)
    expect(state).toBeNull()
    const [problem] = errorsOf(problems)
    expect(problem?.summary).toMatch(/not done, because no API does it/)
    expect(problem?.detail).toMatch(/open {4}https:\/\/admin\.atlassian\.com\/o\/96c9b91d/)
    expect(problem?.detail).toMatch(/postern attest 'AuthenticationPolicy\/Staff behind Okta'/)
    expect(writesOf(started.simulator)).toEqual([])
  })

  it('is governed from the first apply on, so that it can be attested', async () => {
    const { core, configs, started } = await providerWorld()
    await core.change(type, configs.policy(staff))
    const { documents = {} } = (await started.ledger.read('last-applied')) ?? {}
    expect(Object.keys(documents).sort()).toEqual([`AuthenticationPolicy/${staff}`, 'Organization/acme'])
  })

  it('with evidence is created, and a further plan has nothing to do', async () => {
    const { core, configs, started, again } = await providerWorld()
    await prove(started)
    const { state, problems } = await core.change(type, configs.policy(staff))
    expect(problems).toEqual([])
    expect(documentOfText(textIn(state, 'document'))?.name).toBe(staff)
    const next = await again()
    const refreshed = await next.refresh(type, state ?? {})
    expect(refreshed).toEqual({ state, problems: [] })
    const planned = await next.plan(type, configs.policy(staff), refreshed.state)
    expect(planned.problems).toEqual([])
    expect(planned.planned).toEqual(state)
    expect(writesOf(started.simulator)).toEqual([])
  })

  it('shows what somebody changed, and an update without evidence keeps the state', async () => {
    const { core, configs, started, again } = await providerWorld({}, { allow: ['break-glass'] })
    await prove(started)
    const { state } = await core.change(type, configs.policy(contractors))
    await edit(started, 'AuthenticationPolicy', contractors, { 'settings.apiTokens': 'allow' })
    const desired = await desiredOf(started, policiesFolder)
    const statements = [{ address: `AuthenticationPolicy/${contractors}`, path: 'settings.apiTokens', text: 'allow' }]
    expect(
      codesOf(await attest({ desired, ledger: started.ledger, statements, by: 'bob', now: started.now() })),
    ).toEqual([])
    const next = await again()
    const { state: seen } = await next.refresh(type, state ?? {})
    expect(seen).toMatchObject({ settings: { api_tokens: 'allow', idle_session: '1h' } })
    const planned = await next.plan(type, configs.policy(contractors), seen)
    expect(summaries(planned.problems)).toContain(
      `warning: update 1 setting of AuthenticationPolicy “${contractors}”: a step in the console comes first`,
    )
    const applied = await next.apply(planned)
    expect(applied.state).toEqual(seen)
    expect(summaries(errorsOf(applied.problems))).toContain(
      `error: update 1 setting of AuthenticationPolicy “${contractors}”: not done, because no API does it`,
    )
  })

  it('shows a setting without current evidence as one that is not there', async () => {
    const { core, configs, started, again } = await providerWorld()
    await prove(started)
    const { state } = await core.change(type, configs.policy(staff))
    started.clock.time += 100 * 86_400_000
    const { state: seen } = await (await again()).refresh(type, state ?? {})
    expect(seen).toMatchObject({ name: staff, default: null, settings: { single_sign_on: null, idle_session: null } })
  })

  it('is found by its name where its id is left out', async () => {
    const { core, configs, started } = await providerWorld()
    await prove(started)
    const planned = await core.plan(type, { ...configs.policy(staff), id: null })
    expect(planned.planned).toMatchObject({ id: '90781be9-0863-45f0-92b9-1612379ffa5c' })
    expect(planned.planned?.['document']).not.toMatch(/90781be9/)
  })

  it('that the console does not have is a step to create it', async () => {
    const { core, configs } = await providerWorld({ switches: { bulkFetchServesNames: true } })
    const config = { ...configs.policy(local), id: null, name: 'Robots', default: null }
    const planned = await core.plan(type, config)
    expect(summaries(planned.problems)).toContain(
      'warning: create AuthenticationPolicy “Robots”: a step in the console comes first',
    )
    const { state, problems } = await core.apply(planned)
    expect([state, summaries(errorsOf(problems))]).toEqual([
      null,
      ['error: create AuthenticationPolicy “Robots”: not done, because no API does it'],
    ])
  })

  it('is the same policy under another name', async () => {
    const { core, configs, started, again } = await providerWorld()
    await prove(started)
    const { state } = await core.change(type, configs.policy(staff))
    const renamed = { ...configs.policy(staff), id: null, name: 'Everybody behind Okta' }
    const planned = await (await again()).plan(type, renamed, state)
    expect(planned.requiresReplace ?? []).toEqual([])
    expect(planned.planned).toMatchObject({ id: state?.['id'], name: 'Everybody behind Okta' })
  })

  it('is refused twice', async () => {
    const { core, configs } = await providerWorld()
    await core.plan(type, configs.policy(staff))
    const { problems } = await core.plan(type, { ...configs.policy(local), id: configs.policy(staff)['id'] ?? null })
    expect(errorsOf(problems)[0]?.detail).toMatch(/policy\/one-id-twice/)
  })

  it('is forgotten with a warning, and stays as it is', async () => {
    const { core, configs, started } = await providerWorld()
    await prove(started)
    const { state } = await core.change(type, configs.policy(staff))
    const forgotten = await core.change(type, null, state)
    expect(forgotten.state).toBeNull()
    expect(summaries(forgotten.problems)).toEqual([
      `warning: AuthenticationPolicy “${staff}” stays as it is: Terraform only forgets it`,
    ])
    const { documents = {} } = (await started.ledger.read('last-applied')) ?? {}
    expect(Object.keys(documents)).toEqual(['Organization/acme'])
    expect(writesOf(started.simulator)).toEqual([])
  })

  it.each([
    ['a value that the setting cannot have', { settings: { api_tokens: 'perhaps' } }, 'settings.api_tokens'],
    ['a directory that nobody declares', { directory: 'Nowhere' }, 'directory'],
    ['single sign-on in the local directory', { settings: { single_sign_on: 'enforced' } }, 'settings.single_sign_on'],
  ])('points at %s', async (_what, change, path) => {
    const { core, configs } = await providerWorld()
    const { problems } = await core.plan(type, { ...configs.policy(local), ...change })
    const paths = errorsOf(problems).map(({ path: found }) =>
      found?.map(step => ('attribute' in step ? step.attribute : '')).join('.'),
    )
    expect([...new Set(paths)]).toEqual([path])
  })

  it.each([
    ['its name', staff],
    ['its id', '90781be9-0863-45f0-92b9-1612379ffa5c'],
  ])('is imported by %s with everything that is known', async (_what, id) => {
    const { core, configs, started } = await providerWorld()
    await prove(started)
    const { imported, problems } = await core.provider.import(type, id)
    expect(problems).toEqual([])
    const [only] = imported
    expect(only?.state).toMatchObject({
      id: '90781be9-0863-45f0-92b9-1612379ffa5c',
      name: staff,
      directory: 'Acme staff',
      settings: { single_sign_on: 'enforced', identity_provider: 'okta' },
    })
    const refreshed = await core.refresh(type, only?.state ?? {})
    const planned = await core.plan(type, { ...configs.policy(staff) }, refreshed.state)
    expect(errorsOf(planned.problems)).toEqual([])
  })

  it('is not imported by a name that nobody bears', async () => {
    const { core } = await providerWorld()
    const { imported, problems } = await core.provider.import(type, 'Nobody')
    expect([imported, summaries(problems)]).toEqual([[], ['error: no authentication policy “Nobody” can be seen']])
  })
})
