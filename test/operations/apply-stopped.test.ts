import { describe, expect, it } from 'vitest'
import { codesOf, policiesFolder, start, valueOf } from './start.ts'

describe('an apply that is stopped at once while a move goes on', () => {
  it('says that the move was accepted and its end not seen, leaves the rest, and remembers what it knows', async () => {
    const started = await start()
    const plan = valueOf(await started.plan(policiesFolder))
    started.simulator.fault({ match: { path: 'add-users' }, then: { slowTasks: 3_600_000 } })
    const abort = new AbortController()
    let waits = 0
    const connection = {
      ...started.connection,
      signal: abort.signal,
      sleep: (milliseconds: number) => {
        started.clock.time += milliseconds
        if (++waits === 3) abort.abort()
        return Promise.resolve()
      },
    }
    const applied = await started.apply(plan, { connection, stop: abort.signal })
    expect(codesOf(applied)).toEqual(['apply/unfinished', 'apply/interrupted'])
    const api = valueOf(applied).results.filter(({ id }) => id.startsWith('api/'))
    expect(api.map(({ status }) => status)).toEqual(['failed', 'not-attempted'])
    expect(JSON.stringify(applied.diagnostics[0]?.facts)).toContain('the run was stopped while the task')
    expect(await started.ledger.read('last-applied')).toBeDefined()
  })
})
