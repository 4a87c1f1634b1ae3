import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Plan } from '../../src/model/plan.ts'
import { policiesFolder, startAt, temporaryFolder, writesOf, type Started } from '../operations/start.ts'
import { commandLine } from './command-line.ts'

let cwd: string
let started: Started

beforeEach(async () => {
  cwd = await temporaryFolder()
  started = await startAt(cwd, {})
  await cp(policiesFolder, join(cwd, 'policies'), { recursive: true })
})

const run = async (...argv: readonly string[]) => {
  const before = started.simulator.requests.length
  const ran = await commandLine(cwd, started, argv)
  return { ...ran, sent: started.simulator.requests.length - before }
}

describe('--max-requests', () => {
  it('stops before the first request too many, and not where there are just enough', async () => {
    const free = await run('plan', '--format', 'json')
    const { reads } = (JSON.parse(free.out) as Plan).requests
    expect(reads).toBe(free.sent)
    const enough = await run('plan', '--max-requests', String(reads))
    expect([enough.code, enough.sent]).toEqual([2, reads])
    const short = await run('plan', '--max-requests', String(reads - 1), '--format', 'json')
    expect([short.code, short.sent]).toEqual([1, reads - 1])
    expect(JSON.parse(short.out)).toMatchObject({ diagnostics: [{ code: 'org/too-many-requests' }] })
  })

  it('counts repetitions', async () => {
    started.simulator.fault({ match: { path: '/domains' }, times: 3, then: { status: 503 } })
    const { reads } = (JSON.parse((await run('plan', '--format', 'json')).out) as Plan).requests
    started.simulator.fault({ match: { path: '/domains' }, times: 3, then: { status: 503 } })
    expect((await run('plan', '--max-requests', String(reads - 1))).code).toBe(1)
  })

  it('lets an apply begin only where enough are left for what it writes, and then go through', async () => {
    const made = JSON.parse((await run('plan', '--format', 'json')).out) as Plan
    const { reads, writes } = made.requests
    expect(writes).toBeGreaterThan(0)
    const short = await run('apply', '--yes', '--max-requests', String(reads + writes - 1))
    expect([short.code, writesOf(started.simulator)]).toEqual([1, []])
    expect(short.err).toContain('apply/too-many-requests')
    const enough = await run('apply', '--yes', '--max-requests', String(reads + writes))
    expect(enough.code).toBe(2)
    expect(writesOf(started.simulator).length).toBe(writes)
    expect(enough.sent).toBeGreaterThan(reads + writes)
  })

  it.each([['drift'], ['coverage'], ['explain', 'jo@acme.com'], ['snapshot']])('holds for %s', async (...argv) => {
    const ran = await run(...argv, '--max-requests', '2')
    expect([ran.code, ran.sent]).toEqual([1, 2])
    expect(ran.err).toContain('org/too-many-requests')
  })
})
