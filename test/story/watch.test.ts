import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { run } from '../../src/cli/run.ts'
import type { World } from '../../src/cli/world.ts'
import { attestUnverified, carryOutConsoleSteps } from '../operations/console.ts'
import { policiesFolder, startAt, valueOf, writesOf, type Started } from '../operations/start.ts'
import { fakeWorld } from '../world.ts'

/** The loop, for as many checks as a test wants: waiting for the next one is where it is stopped. */
describe('watch', () => {
  let cwd = ''
  let started: Started

  async function watch(checks: number, between: (round: number) => Promise<void>, ...flags: string[]) {
    const { simulator, clock } = started
    const stop = new AbortController()
    const argv = ['watch', 'policies', '--every', '15m', '--listen', '127.0.0.1:0', ...flags]
    const env = { POSTERN_API_KEY: simulator.apiKey, POSTERN_LEDGER: '.postern', USER: 'alice' }
    const told = fakeWorld({ argv, cwd, clock, simulator, env })
    const seen: string[] = []
    let round = 0
    const network: World['network'] = {
      ...told.world.network,
      sleep: async milliseconds => {
        clock.time += milliseconds
        // Waits between requests are short; this is the one between checks.
        if (milliseconds < 600_000) return
        const url = /http:\S+:\d+/.exec(told.err())?.[0] ?? ''
        seen.push(await (await fetch(`${url}/metrics`)).text())
        if (++round === checks) stop.abort()
        else await between(round)
      },
    }
    const code = await run({ ...told.world, network, stop: stop.signal })
    return { code, out: told.out(), err: told.err(), metrics: seen }
  }

  const nothing = (): Promise<void> => Promise.resolve()

  beforeAll(async () => {
    cwd = await mkdtemp(join(tmpdir(), 'postern-watch-'))
    await cp(policiesFolder, join(cwd, 'policies'), { recursive: true })
    started = await startAt(cwd, {})
    const plan = valueOf(await started.plan(join(cwd, 'policies')))
    valueOf(await started.apply(plan))
    await carryOutConsoleSteps(started, plan)
    await attestUnverified(started, join(cwd, 'policies'), plan)
    started.clock.time += 11 * 60_000
  })

  afterAll(() => rm(cwd, { recursive: true, force: true }))

  it('checks again and again, tells monitoring, and stops cleanly', async () => {
    const { code, out, err, metrics } = await watch(3, nothing)
    expect([code, out.split('\n').filter(line => line.includes('No drift')).length]).toEqual([0, 3])
    expect(err).toContain('Stopped after 3 checks')
    expect(metrics[0]).toMatch(/^postern_check_complete 1$/m)
    expect(metrics[0]).toMatch(/^postern_accounts\{level="sso-mfa"\} 36$/m)
    expect(metrics[2]).toMatch(/^postern_checks_total\{result="ok"\} 3$/m)
  })

  it('only tells what was changed outside, unless it is to put it back', async () => {
    const loosen = (): Promise<void> => {
      const list = started.simulator.state.controlPolicies.find(({ name }) => name === 'Office and VPN')
      if (list !== undefined)
        list.rule = { ...(list.rule as object), in: ['203.0.113.0/24', '2001:db8::/48', '198.51.100.0/24'] }
      return Promise.resolve()
    }
    const before = writesOf(started.simulator).length
    const told = await watch(2, loosen)
    expect(told.out).toContain('1 difference: 1 changed-outside')
    expect(writesOf(started.simulator)).toHaveLength(before)

    const back = await watch(2, nothing, '--apply', 'tightening')
    expect(back.out).toContain('Put back: api/update/IpAllowlist/Office and VPN')
    expect(back.out.trimEnd().endsWith('No drift. Last complete check: now.') || back.out.includes('No drift')).toBe(
      true,
    )
    expect(writesOf(started.simulator)).toHaveLength(before + 1)
  })

  it('does not put back what was tightened outside', async () => {
    const list = started.simulator.state.controlPolicies.find(({ name }) => name === 'Office and VPN')
    if (list !== undefined) list.rule = { ...(list.rule as object), in: ['203.0.113.0/24'] }
    const before = writesOf(started.simulator).length
    const { out } = await watch(1, nothing, '--apply', 'tightening')
    expect(out).toContain('1 difference')
    expect(writesOf(started.simulator)).toHaveLength(before)
  })

  it('goes on after a check that failed', async () => {
    started.simulator.fault({ match: { path: '/domains' }, times: 20, then: { status: 401 } })
    const { code, err, metrics } = await watch(1, nothing)
    expect([code, err.includes('org/key-refused')]).toEqual([0, true])
    expect(metrics[0]).toMatch(/^postern_checks_total\{result="failed"\} 1$/m)
  })

  it.each([
    [['--every', 'often'], 'drift/bad-duration'],
    [['--listen', 'nowhere'], 'watch/cannot-listen'],
    [['--webhook', 'http://hooks.example/x'], 'watch/bad-webhook'],
  ])('%j is refused', async (flags, code) => {
    const { code: exit, err } = await watch(1, nothing, ...flags)
    expect([exit, err.includes(code)]).toEqual([1, true])
  })
})
