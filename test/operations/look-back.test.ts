import { describe, expect, it } from 'vitest'
import type { FaultRule } from '../../src/simulator/index.ts'
import { folderWith, planned } from './acme-documents.ts'
import { allowlist, begun, confluence, everySort, jira, lines, organizationNow, stepsOf } from './cut-off.ts'
import { codesOf, valueOf, writesOf } from './start.ts'

/** The answers of all requests of one sort are lost, though each takes effect. */
const lost = (method: string, path: string): FaultRule => ({
  match: { method, path },
  times: 1000,
  then: { lost: true },
})

/** An undisturbed apply of the same documents. */
async function calm(documents: readonly string[]) {
  const { started, folder } = await begun(documents)
  valueOf(await started.apply(await planned(started, folder)))
  return organizationNow(started)
}

describe('an answer that was lost is told from a request that was', () => {
  it.each<readonly [string, FaultRule, readonly string[], number]>([
    ['a move', lost('POST', '/add-users'), ['sending move 0', 'refused move 0', 'step done'], 1],
    [
      'one account that lost its access',
      { match: { path: '/suspend', nth: 2 }, times: 1, then: { lost: true } },
      [
        'sending suspend 0',
        'accepted suspend 0',
        'sending suspend 1',
        // Taking it twice does no harm: it is asked for again at once.
        'accepted suspend 1',
        'sending suspend 2',
        'accepted suspend 2',
        'step done',
      ],
      3,
    ],
    [
      'the creation of an allowlist',
      { match: { method: 'POST', path: '/policies' }, times: 1, then: { lost: true } },
      ['sending create 0', 'refused create 0', 'accepted create 0', 'sending create 1'],
      3,
    ],
    [
      'a resource that was attached',
      lost('POST', '/resources'),
      ['sending create 1', 'refused create 1', 'accepted create 1', 'sending create 2', 'refused create 2'],
      3,
    ],
    ['another range', lost('PUT', '/policies/'), ['sending update 0', 'refused update 0', 'accepted update 0'], 1],
  ])('%s', async (_, fault, expected, requests) => {
    const { started, folder } = await begun()
    const plan = await planned(started, folder)
    started.simulator.fault(fault)
    const applied = await started.apply(plan)
    expect(codesOf(applied)).toEqual([])
    expect(organizationNow(started)).toEqual(await calm(everySort))
    const written = lines(await started.ledger.journal.read('run-1'))
    const start = written.indexOf(expected[0] ?? '')
    expect(written.slice(start, start + expected.length)).toEqual(expected)
    const action = expected[0]?.split(' ')[1]
    expect(stepsOf(plan).find(step => step.action === action)?.requests).toHaveLength(requests)
    expect(stepsOf(await planned(started, folder))).toEqual([])
  })

  it.each<readonly [string, string, FaultRule]>([
    ['a deletion', 'kind: ExternalUserPolicy\nname: external', lost('DELETE', '/policies/')],
    [
      'a resource that was detached',
      allowlist('New', `ranges: [192.0.2.1]\nresources: ["${confluence}"]`),
      lost('DELETE', '/resources/'),
    ],
  ])('%s', async (_, documents, fault) => {
    const { started, folder } = await begun([allowlist('New', `ranges: [192.0.2.1]\nresources: ["${jira}"]`)])
    valueOf(await started.apply(await planned(started, folder)))
    const next = await folderWith(documents)
    const plan = await planned(started, next)
    started.simulator.fault(fault)
    expect(codesOf(await started.apply(plan))).toEqual([])
    expect(stepsOf(await planned(started, next))).toEqual([])
  })
})

describe('a write that was not put into effect is no success, though its answer was lost', () => {
  it.each<readonly [string, readonly string[], string, string]>([
    ['another range', [allowlist('Office and VPN', 'ranges: [203.0.113.0/24]')], 'PUT', '/policies/'],
    ['a resource', [allowlist('New', `ranges: [192.0.2.1]\nresources: ["${jira}"]`)], 'POST', '/resources'],
  ])('%s', async (_, documents, method, path) => {
    const { started, folder } = await begun(documents, { switches: { applyOutcome: 'failed' } })
    const plan = await planned(started, folder)
    started.simulator.fault(lost(method, path))
    const { results } = valueOf(await started.apply(plan))
    expect(results.map(({ status, reason }) => [status, reason])).toEqual([['failed', 'org/unreachable']])
  })

  it('one that takes its time is waited for', async () => {
    const documents = [allowlist('Office and VPN', 'ranges: [203.0.113.0/24]')]
    const { started, folder } = await begun(documents, { switches: { applyMilliseconds: 30_000 } })
    const plan = await planned(started, folder)
    started.simulator.fault(lost('PUT', '/policies/'))
    expect(codesOf(await started.apply(plan))).toEqual([])
    expect((await planned(started, folder)).steps).toEqual([])
  })
})

describe('a request that was lost on its way is no success', () => {
  it.each<readonly [string, string, string]>([
    ['a creation', 'POST', '/policies'],
    ['a resource', 'POST', '/resources'],
    ['another range', 'PUT', '/policies/'],
    ['a move', 'POST', '/add-users'],
    ['access', 'POST', '/suspend'],
  ])('%s', async (_, method, path) => {
    const { started, folder } = await begun()
    const plan = await planned(started, folder)
    started.simulator.fault({ match: { method, path }, times: 1000, then: { reset: true } })
    const applied = await started.apply(plan)
    expect(codesOf(applied)).not.toEqual([])
    expect(valueOf(applied).results.filter(({ status }) => status === 'failed')).toHaveLength(1)
    // Without the fault the next apply does what is left, and nothing twice.
    await started.simulator.fetch('/simulator/faults', { method: 'DELETE' })
    expect(codesOf(await started.apply(await planned(started, folder)))).toEqual([])
    expect(organizationNow(started)).toEqual(await calm(everySort))
    expect(
      writesOf(started.simulator).filter(request => request.path.endsWith('/policies') && Number(request.status) < 300),
    ).toHaveLength(1)
  })
})
