import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { StepResult } from '../../src/model/reports.ts'
import { simulate, builtInScenarios, type Scenario } from '../../src/simulator/index.ts'
import { apiSteps, codesOf, membersOf, policiesFolder, policyFolder, start, valueOf, writesOf } from './start.ts'

const contractors = 'Contractors and break-glass'
const move = `api/move/AuthenticationPolicy/${contractors}`
const update = 'api/update/IpAllowlist/Office and VPN'

const statuses = (results: readonly StepResult[]) => Object.fromEntries(results.map(({ id, status }) => [id, status]))

const acme = builtInScenarios.get('acme') as Scenario

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
    const files = await readdir(started.ledgerFolder)
    expect(files.length).toBeGreaterThan(2)
    for (const file of files)
      expect(await readFile(join(started.ledgerFolder, file), 'utf8')).not.toContain('must-not-be-kept')
  })

  it('follows moves that take minutes', async () => {
    const started = await start({ switches: { taskMilliseconds: 240_000 } })
    const plan = valueOf(await started.plan(policiesFolder))
    expect(statuses(valueOf(await started.apply(plan)).results)[move]).toBe('done')
    expect(apiSteps(valueOf(await started.plan(policiesFolder)))).toEqual([])
  })
})

describe('a move that succeeds in part', () => {
  async function partly() {
    const started = await start()
    const plan = valueOf(await started.plan(policiesFolder))
    started.simulator.fault({
      match: { path: 'add-users' },
      then: {
        failAccounts: [
          { email: 'owen.price@acme.com', status: 409, title: 'Account is locked' },
          { email: 'Rosa.Silva@acme.com', status: 400, title: 'Account is being merged' },
        ],
      },
    })
    return { started, applied: await started.apply(plan) }
  }

  it('lists each account that stayed, with Atlassian’s reason; the others moved', async () => {
    const { started, applied } = await partly()
    const [found] = applied.diagnostics
    expect(found).toMatchObject({
      code: 'apply/accounts-refused',
      severity: 'error',
      facts: {
        policy: contractors,
        refused: [
          { account: 'owen.price@acme.com', why: '409 Account is locked Account is locked' },
          { account: 'rosa.silva@acme.com', why: '400 Account is being merged Account is being merged' },
        ],
      },
    })
    const members = membersOf(started.simulator, contractors)
    expect(members).toEqual(expect.arrayContaining(['petra.vogel@acme.com', 'quinn.daly@acme.com']))
    expect(members).not.toContain('owen.price@acme.com')
  })

  it('fails its step, and independent steps go on', async () => {
    const { applied } = await partly()
    expect(statuses(valueOf(applied).results)).toMatchObject({ [move]: 'failed', [update]: 'done' })
  })

  it('records those that moved, and leaves those that stayed as they were', async () => {
    const { started } = await partly()
    const last = await started.ledger.read('last-applied')
    const recorded = (email: string) =>
      last?.policyOf[started.simulator.state.accounts.byEmail.get(email)?.accountId ?? '']
    expect(['petra.vogel@acme.com', 'owen.price@acme.com', 'alice@acme.com'].map(recorded)).toEqual([
      contractors,
      undefined,
      'Staff behind Okta',
    ])
  })

  it('is tried again by the next apply, for those that stayed only', async () => {
    const { started } = await partly()
    const [step, ...others] = apiSteps(valueOf(await started.plan(policiesFolder)))
    expect(others).toEqual([])
    expect(step?.accounts?.map(({ account: { email } }) => email)).toEqual([
      'owen.price@acme.com',
      'rosa.silva@acme.com',
    ])
  })
})

describe('a move whose end is not seen', () => {
  it('is done where reading back shows that it happened', async () => {
    const started = await start({ switches: { taskMilliseconds: 10_000 } })
    const plan = valueOf(await started.plan(policiesFolder))
    // The task is gone by the first look (its retention is not documented, ref 1.4), but the move happened.
    started.simulator.fault({ match: { path: 'auth-policy/task' }, then: { status: 404, body: { errors: [] } } })
    const applied = await started.apply(plan)
    expect(statuses(valueOf(applied).results)[move]).toBe('done')
  })

  it('is failed where it cannot be seen to have happened, and says so', async () => {
    const started = await start({ switches: { taskMilliseconds: 3_600_000 } })
    const plan = valueOf(await started.plan(policiesFolder))
    const applied = await started.apply(plan)
    expect(codesOf(applied)).toEqual(['apply/accounts-refused', 'apply/unfinished'])
    expect(statuses(valueOf(applied).results)[move]).toBe('failed')
  })

  it('is done where reads lag behind', async () => {
    const started = await start()
    const plan = valueOf(await started.plan(policiesFolder))
    started.simulator.fault({ match: { path: 'bulk-fetch' }, then: { stale: 20_000 } })
    expect(codesOf(await started.apply(plan))).toEqual([])
  })

  it('after a lost answer is repeated: moving again is the same move', async () => {
    const started = await start()
    const plan = valueOf(await started.plan(policiesFolder))
    started.simulator.fault({ match: { path: 'add-users' }, times: 1, then: { lost: true } })
    expect(statuses(valueOf(await started.apply(plan)).results)[move]).toBe('done')
    expect(writesOf(started.simulator).filter(({ path }) => path.endsWith('add-users'))).toHaveLength(2)
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

  it('between two steps finishes the one under way; running again goes on', async () => {
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
    expect(codesOf(applied)).toEqual(['apply/interrupted'])
    expect(statuses(valueOf(applied).results)).toMatchObject({ [move]: 'done', [update]: 'not-attempted' })
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

describe('a guard that blocks', () => {
  it('stops the whole apply: nothing is sent and nothing is recorded', async () => {
    const started = await start()
    const folder = await policyFolder({
      'a.yaml': `kind: Organization\nname: acme\nid: ${started.simulator.organizationId}\n`,
    })
    valueOf(await started.apply(valueOf(await started.plan(policiesFolder))))
    const before = await started.ledger.read('last-applied')
    const writes = writesOf(started.simulator).length
    const plan = valueOf(await started.plan(folder))
    expect(plan.guards.filter(({ status }) => status === 'blocks').map(({ code }) => code)).toEqual(['empty-desired'])
    const applied = valueOf(await started.apply(plan))
    expect(applied.blocked).toBe(true)
    expect(new Set(applied.results.map(({ status }) => status))).toEqual(new Set(['not-attempted']))
    expect(writesOf(started.simulator)).toHaveLength(writes)
    expect(await started.ledger.read('last-applied')).toEqual(before)
  })

  it('is lifted by its code, in the plan or in the apply', async () => {
    const started = await start()
    const folder = await policyFolder({
      'a.yaml': `kind: Organization\nname: acme\nid: ${started.simulator.organizationId}\n`,
    })
    valueOf(await started.apply(valueOf(await started.plan(policiesFolder))))
    expect(
      valueOf(await started.plan(folder, { allow: ['empty-desired'] })).guards.map(({ status }) => status),
    ).toContain('lifted')
    const applied = valueOf(await started.apply(valueOf(await started.plan(folder)), { allow: ['empty-desired'] }))
    expect(applied.blocked).toBe(false)
    expect(started.simulator.state.controlPolicies.filter(({ type }) => type === 'ip-allowlist')).toEqual([])
  })

  it('where the organization shows nobody', async () => {
    const started = await start({ scenario: { ...acme, accounts: [], apiKeys: [] } })
    const made = await started.plan(
      await policyFolder({
        'a.yaml': `kind: Organization\nname: acme\nid: ${acme.organization.id}\n---\nkind: AuthenticationPolicy\nname: P\ndirectory: local\nmembers: { everyoneElse: true }`,
      }),
    )
    expect(valueOf(made).guards.find(({ code }) => code === 'empty-live')?.status).toBe('blocks')
  })

  it('refuses to lift what there is none of', async () => {
    const { plan } = await start()
    expect(codesOf(await plan(policiesFolder, { allow: ['empty-desierd'] }))).toContain('guard/unknown-code')
  })
})

describe('a ledger of another organization', () => {
  it('blocks the plan and refuses the apply, and stays as it is', async () => {
    const started = await start()
    const plan = valueOf(await started.plan(policiesFolder))
    await started.ledger.update('organization', () => ({ id: 'ffffffff-0000-4000-8000-000000000000', name: 'other' }))
    const blocked = valueOf(await started.plan(policiesFolder)).guards.filter(({ status }) => status === 'blocks')
    expect(blocked.map(({ code, lift }) => [code, lift])).toEqual([['other-organization', undefined]])
    expect(codesOf(await started.apply(plan))).toEqual(['ledger/other-organization'])
    expect(writesOf(started.simulator)).toEqual([])
    expect(await started.ledger.read('last-applied')).toBeUndefined()
  })
})

describe('a ledger that cannot be written', () => {
  it('is told beside what was done', async () => {
    const started = await start()
    const plan = valueOf(await started.plan(policiesFolder))
    const applied = await started.apply(plan, {
      ledger: {
        ...started.ledger,
        update: async () => {
          const { LedgerError } = await import('../../src/ledger/ledger-error.ts')
          const { diagnostic } = await import('../../src/diagnostics/diagnostic.ts')
          throw new LedgerError(diagnostic('ledger/unwritable', { file: 'x', why: 'the disk is full' }))
        },
      },
    })
    expect(codesOf(applied)).toEqual(['ledger/unwritable'])
    expect(statuses(valueOf(applied).results)).toMatchObject({ [move]: 'done', [update]: 'done' })
  })
})

it('a move made in the console into another directory is put back', async () => {
  const started = await start()
  valueOf(await started.apply(valueOf(await started.plan(policiesFolder))))
  const { state } = started.simulator
  const account = state.accounts.byEmail.get('alice@acme.com')
  const local = state.authenticationPolicies.find(({ name }) => name === 'Local accounts')
  if (account !== undefined) account.policyId = local?.id
  const plan = valueOf(await started.plan(policiesFolder))
  expect(apiSteps(plan)).toMatchObject([
    {
      action: 'move',
      name: 'Staff behind Okta',
      accounts: [{ account: { email: 'alice@acme.com' }, from: 'Local accounts' }],
    },
  ])
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
