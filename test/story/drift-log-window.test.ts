import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { incremental, inConsole, minutes, type Checked, type Incremental } from './incremental-world.ts'

const attested = ['--set', 'settings.idleSession=8h', '--set', 'settings.apiTokens=allow']

/** An organization in which a person attested a policy, and was believed by a check. */
async function believed(): Promise<Incremental & { readonly edit: () => Promise<unknown> }> {
  const world = await incremental()
  const { started, check, postern } = world
  const { code } = await postern('attest', 'AuthenticationPolicy/Local accounts', '--by', 'carol', ...attested)
  expect(code).toBe(0)
  expect(isStale(await check())).toBe(false)
  const { authenticationPolicies } = started.simulator.state
  const id = authenticationPolicies.find(({ name }) => name === 'Local accounts')?.id ?? ''
  return { ...world, edit: () => inConsole(started, `authentication-policies/${id}`, { idleSession: '30d' }) }
}

const isStale = ({ differences }: Checked): boolean =>
  differences.some(({ name, path }) => name === 'Local accounts' && path === 'settings.idleSession')

describe('an edit in the console is never lost from the log', () => {
  it.each([[['--since', '1m']], [['--full', '--since', '1m']]])('by %j, which begins after it', async flags => {
    const { started, check, edit } = await believed()
    await check('--full')
    started.clock.time += 30 * minutes
    await edit()
    started.clock.time += 120 * minutes
    expect(isStale(await check(...flags))).toBe(true)
    started.clock.time += 30 * minutes
    expect(isStale(await check())).toBe(true)
  })

  it('by a clock that was ahead for a check, and was set right as the message says', async () => {
    const { started, check, edit, postern, cwd } = await believed()
    started.clock.time += 24 * 60 * minutes
    await check('--full')
    started.clock.time -= 23.5 * 60 * minutes
    const refused = await postern('drift', 'policies')
    expect(refused.err).toContain('drift/clock-backwards')
    await edit()
    started.clock.time += 30 * minutes
    await rename(join(cwd, '.postern/drift.json'), join(cwd, 'drift.json'))
    expect(isStale(await check())).toBe(true)
    started.clock.time += 30 * minutes
    expect(isStale(await check('--full'))).toBe(true)
  })

  it('by a clock that was ahead for a check that failed', async () => {
    const { started, check, edit, postern } = await believed()
    started.clock.time += 24 * 60 * minutes
    started.simulator.fault({ match: { path: '/domains' }, times: 1, then: { status: 403 } })
    expect((await postern('drift', 'policies')).code).toBe(1)
    started.clock.time -= 23.5 * 60 * minutes
    await edit()
    started.clock.time += 30 * minutes
    expect(isStale(await check('--full'))).toBe(true)
  })
})

it.each([4, 6, 14])('a move is found though answers lag %i minutes behind its event', async lag => {
  const { started, check } = await incremental()
  await check()
  started.clock.time += 30 * minutes
  started.simulator.fault({ times: 1_000_000, then: { stale: lag * minutes } })
  const local = started.simulator.state.authenticationPolicies.find(({ name }) => name === 'Local accounts')
  await inConsole(started, `authentication-policies/${local?.id}/members`, { emails: 'jo@acme.com' })
  const isFound = ({ differences }: Checked): boolean =>
    differences.some(({ account }) => account?.email === 'jo@acme.com')
  const found: boolean[] = []
  for (let round = 0; round < 4; round++) {
    started.clock.time += 5.5 * minutes
    found.push(isFound(await check()))
  }
  expect(found.at(-1)).toBe(true)
  started.clock.time += 300 * minutes
  const later = await check()
  expect([later.reading.kind, isFound(later)]).toEqual(['incremental', true])
})
