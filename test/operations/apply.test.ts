import { describe, expect, it } from 'vitest'
import type { StepResult } from '../../src/model/reports.ts'
import { simulate } from '../../src/simulator/index.ts'
import { bytesBelow } from './approve-world.ts'
import { apiSteps, codesOf, membersOf, policiesFolder, start, valueOf, writesOf } from './start.ts'

const contractors = 'Contractors and break-glass'
const move = `api/move/AuthenticationPolicy/${contractors}`
const update = 'api/update/IpAllowlist/Office and VPN'

const statuses = (results: readonly StepResult[]) => Object.fromEntries(results.map(({ id, status }) => [id, status]))

describe('apply with an empty ledger', () => {
  it('carries out every api step, leaves the console steps to people, and a second plan has no api step', async () => {
    const started = await start()
    const plan = valueOf(await started.plan(policiesFolder))
    const applied = await started.apply(plan)
    expect(codesOf(applied)).toEqual([])
    for (const { id, channel } of plan.steps)
      expect([id, statuses(valueOf(applied).results)[id]]).toEqual([id, channel === 'api' ? 'done' : 'pending'])
    expect(valueOf(applied).blocked).toBe(false)
    expect(membersOf(started.simulator, contractors)).toEqual(
      expect.arrayContaining([
        'owen.price@acme.com',
        'petra.vogel@acme.com',
        'quinn.daly@acme.com',
        'rosa.silva@acme.com',
      ]),
    )
    expect(apiSteps(valueOf(await started.plan(policiesFolder)))).toEqual([])
  })

  it('sends exactly the requests that were planned, in their order', async () => {
    const started = await start()
    const plan = valueOf(await started.plan(policiesFolder))
    await started.apply(plan)
    expect(writesOf(started.simulator).map(({ method, path, body }) => ({ method, path, body }))).toEqual(
      apiSteps(plan).flatMap(({ requests = [] }) => requests),
    )
  })

  it('remembers the whole desired state: documents, ids, and the policy of every claimed account', async () => {
    const started = await start()
    valueOf(await started.apply(valueOf(await started.plan(policiesFolder))))
    const last = await started.ledger.read('last-applied')
    expect(Object.keys(last?.documents ?? {})).toContain('IpAllowlist/Office and VPN')
    const policyOf = Object.entries(last?.policyOf ?? {}).map(([id, name]) => [
      started.simulator.state.accounts.byId.get(id)?.email,
      name,
    ])
    // Moved or not: 48 active managed accounts, all of them claimed.
    expect(policyOf).toHaveLength(48)
    expect(policyOf).toContainEqual(['owen.price@acme.com', contractors])
    expect(policyOf).toContainEqual(['alice@acme.com', 'Staff behind Okta'])
    expect(await started.ledger.read('bindings')).toEqual({
      policies: {
        [contractors]: '5b0f3f0e-7d0a-4c58-8a55-0d4f6f0f9c02',
        'Local accounts': '1c2d7a50-6c0b-4d0e-9a4e-2f0b7c1d5e01',
        'Staff behind Okta': '90781be9-0863-45f0-92b9-1612379ffa5c',
      },
    })
    expect(await started.ledger.read('organization')).toEqual({ id: started.simulator.organizationId, name: 'acme' })
  })

  it('keeps no key in the ledger', async () => {
    const started = await start({ apiKey: 'a-key-that-must-not-be-kept' })
    valueOf(await started.apply(valueOf(await started.plan(policiesFolder))))
    const kept = await bytesBelow(started.ledgerFolder)
    // Sections, the journal and the record of the run are among it.
    expect(kept).toContain('"type":"sending"')
    expect(kept).toContain('"wayBack"')
    expect(kept).not.toContain('must-not-be-kept')
  })

  it('follows moves that take minutes', async () => {
    const started = await start({ switches: { taskMilliseconds: 240_000 } })
    const plan = valueOf(await started.plan(policiesFolder))
    expect(statuses(valueOf(await started.apply(plan)).results)[move]).toBe('done')
    expect(apiSteps(valueOf(await started.plan(policiesFolder)))).toEqual([])
  })
})

describe('a step that fails', () => {
  it('leaves independent steps to go on, and is kept out of what was applied', async () => {
    const started = await start()
    const plan = valueOf(await started.plan(policiesFolder))
    started.simulator.fault({ match: { method: 'PUT' }, then: { status: 400, body: { errors: [] } } })
    const applied = await started.apply(plan)
    expect(statuses(valueOf(applied).results)).toMatchObject({ [move]: 'done', [update]: 'failed' })
    expect(valueOf(applied).results.find(({ id }) => id === update)?.reason).toBe('org/refused')
    expect(Object.keys((await started.ledger.read('last-applied'))?.documents ?? {})).not.toContain(
      'IpAllowlist/Office and VPN',
    )
  })

  it('of which the write was accepted but not put into effect', async () => {
    const started = await start({ switches: { applyOutcome: 'failed' } })
    const plan = valueOf(await started.plan(policiesFolder))
    expect(codesOf(await started.apply(plan))).toEqual(['org/not-applied'])
  })
})

describe('an interrupt', () => {
  it('before the first step leaves every api step alone', async () => {
    const started = await start()
    const plan = valueOf(await started.plan(policiesFolder))
    const applied = await started.apply(plan, { stop: AbortSignal.abort() })
    expect(codesOf(applied)).toEqual(['apply/interrupted'])
    expect(statuses(valueOf(applied).results)).toMatchObject({ [move]: 'not-attempted', [update]: 'not-attempted' })
    expect(writesOf(started.simulator)).toEqual([])
  })

  it('in the middle of a step lets the request under way end and follows nothing; running again goes on', async () => {
    const started = await start()
    const plan = valueOf(await started.plan(policiesFolder))
    const stop = new AbortController()
    const { transport } = started.connection
    const applied = await started.apply(plan, {
      stop: stop.signal,
      connection: {
        ...started.connection,
        transport: request => {
          if (request.url.endsWith('/add-users')) stop.abort()
          return transport?.(request) ?? Promise.reject(new Error('no transport'))
        },
      },
    })
    expect(codesOf(applied)).toEqual(['apply/accounts-refused', 'apply/unfinished', 'apply/interrupted'])
    expect(statuses(valueOf(applied).results)).toMatchObject({ [move]: 'failed', [update]: 'not-attempted' })
    // The task goes on without anybody looking.
    started.clock.time += 60_000
    const left = valueOf(await started.plan(policiesFolder))
    expect(apiSteps(left).map(({ id }) => id)).toEqual([update])
    expect(codesOf(await started.apply(left))).toEqual([])
  })

  it('after the last step is no interruption', async () => {
    const started = await start()
    const plan = valueOf(await started.plan(policiesFolder))
    const stop = new AbortController()
    const applied = await started.apply(plan, {
      stop: stop.signal,
      onStep: (step, result) => {
        if (step.id === update && result !== undefined) stop.abort()
      },
    })
    expect(codesOf(applied)).toEqual([])
  })
})

describe('steps', () => {
  it('are told as they begin and end, in the order of the plan', async () => {
    const started = await start()
    const plan = valueOf(await started.plan(policiesFolder))
    const told: string[] = []
    await started.apply(plan, { onStep: ({ id }, result) => told.push(`${id} ${result?.status ?? 'begins'}`) })
    expect(told).toEqual(
      plan.steps.flatMap(({ id, channel }) => [`${id} begins`, `${id} ${channel === 'api' ? 'done' : 'pending'}`]),
    )
  })
})

it('a move made in the console into another directory is put back', async () => {
  const started = await start()
  valueOf(await started.apply(valueOf(await started.plan(policiesFolder))))
  const { state } = started.simulator
  const account = state.accounts.byEmail.get('alice@acme.com')
  const local = state.authenticationPolicies.find(({ name }) => name === 'Local accounts')
  if (account !== undefined) account.policyId = local?.id
  const plan = valueOf(await started.plan(policiesFolder, { author: 'bob-gh' }))
  expect(apiSteps(plan)).toMatchObject([
    {
      action: 'move',
      name: 'Staff behind Okta',
      accounts: [{ account: { email: 'alice@acme.com' }, from: 'Local accounts' }],
    },
  ])
  // Nothing is known yet of what the policy that it goes into asks for: that takes a second person.
  const [at, expiresAt] = [started.now().toISOString(), '2026-11-25T08:00:00Z']
  expect(valueOf(await started.apply(plan)).blocked).toBe(true)
  const approval = { digest: plan.digest, approver: 'alice', at, expiresAt }
  await started.ledger.update('approvals', () => ({ approvals: [approval], codes: {} }))
  expect(codesOf(await started.apply(plan))).toEqual([])
  expect(membersOf(started.simulator, 'Staff behind Okta')).toContain('alice@acme.com')
})

it('the simulator is the witness that it claims to be: nothing changes without a request', async () => {
  const untouched = await simulate({ listen: false, clock: { now: () => Date.parse('2026-11-24T08:00:00Z') } })
  const started = await start()
  await started.plan(policiesFolder)
  expect(started.simulator.state.controlPolicies).toEqual(untouched.state.controlPolicies)
  expect(started.simulator.state.accounts.list).toEqual(untouched.state.accounts.list)
})
