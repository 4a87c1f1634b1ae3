import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { diagnostic } from '../../src/diagnostics/diagnostic.ts'
import { LedgerError } from '../../src/ledger/ledger-error.ts'
import type { RunRecord } from '../../src/model/run-record.ts'
import { recordDigest } from '../../src/operations/write-record.ts'
import { planned } from './acme-documents.ts'
import { bytesBelow } from './approve-world.ts'
import { allowlist, begun, confluence, jira, stepsOf } from './cut-off.ts'
import { codesOf, policiesFolder, start, valueOf, type Started } from './start.ts'

const validate = new Ajv2020({ allErrors: true, strict: false }).compile(
  JSON.parse(await readFile(resolve(import.meta.dirname, '../../schemas/run-record.schema.json'), 'utf8')) as object,
)

async function recordOf({ ledger }: Started, run: string): Promise<RunRecord> {
  const text = (await ledger.records.read('run', run)) ?? ''
  const record = JSON.parse(text) as RunRecord
  expect(validate(record) || validate.errors).toBe(true)
  return record
}

describe('the record that a run leaves', () => {
  it('says what was planned, what was done, by whom, with what, and what it was before and after', async () => {
    const { started, folder } = await begun()
    const plan = await planned(started, folder)
    const origin = { command: 'apply', by: 'alice', version: '1.2.3', commit: 'c0ffee', job: 'https://ci.example/7' }
    const applied = valueOf(await started.apply(plan, { origin }))
    const record = await recordOf(started, 'run-1')
    expect(record).toMatchObject({ run: 'run-1', previous: null, origin, complete: true, digest: plan.digest })
    expect(record.organization).toEqual(plan.organization)
    expect(record.plan.steps).toEqual(plan.steps)
    expect(record.before).toEqual(plan.before)
    expect(record.guards).toEqual(applied.guards)
    expect(record.steps.map(({ id, status }) => ({ id, status }))).toEqual(
      applied.results.map(({ id, status }) => ({ id, status })),
    )
    expect(applied.record).toEqual({ run: 'run-1', digest: recordDigest(record) })
    expect((await started.ledger.read('runs'))?.head).toEqual(applied.record)
    for (const { id, before, after } of record.steps.filter(step => step.id.startsWith('api/'))) {
      expect([id, before]).toEqual([id, plan.steps.find(step => step.id === id)?.basis])
      expect([id, after]).toEqual([id, expect.stringMatching(/^[0-9a-f]{64}$/)])
      expect(after).not.toBe(before)
    }
  })

  it('hashes what it left as the next plan finds it', async () => {
    const lists = (ranges: string) => [allowlist('Office and VPN', `ranges: [${ranges}]`)]
    const { started, folder } = await begun(lists('203.0.113.0/24'))
    valueOf(await started.apply(await planned(started, folder)))
    const after = (await recordOf(started, 'run-1')).steps.find(({ id }) => id.includes('/update/'))?.after
    const next = await begun(lists('198.51.100.0/24'))
    const [step] = stepsOf(await planned(started, next.folder))
    expect([step?.action, step?.basis]).toEqual(['update', after])
  })

  it('names the one before it by its digest', async () => {
    const { started, folder } = await begun()
    const links = []
    for (const run of ['a', 'b', 'c'])
      links.push(valueOf(await started.apply(await planned(started, folder), { run })).record)
    expect((await recordOf(started, 'a')).previous).toBeNull()
    expect((await recordOf(started, 'b')).previous).toEqual(links[0])
    expect((await recordOf(started, 'c')).previous).toEqual(links[1])
    expect((await started.ledger.read('runs'))?.head).toEqual(links[2])
  })

  it('tells of failures and interruptions', async () => {
    const { started, folder } = await begun()
    const plan = await planned(started, folder)
    const stop = new AbortController()
    started.simulator.fault({ match: { path: '/suspend', nth: 1 }, then: { status: 409 } })
    await started.apply(plan, {
      stop: stop.signal,
      onStep: ({ action }, result) => {
        if (action === 'suspend' && result !== undefined) stop.abort()
      },
    })
    const record = await recordOf(started, 'run-1')
    expect(record.steps.filter(({ id }) => id.startsWith('api/')).map(({ status }) => status)).toEqual([
      'done',
      'failed',
      'not-attempted',
      'not-attempted',
    ])
    expect(record.diagnostics.map(({ code }) => code)).toEqual(['apply/accounts-refused', 'apply/interrupted'])
    expect(record.complete).toBe(true)
  })

  it('holds the approvals that counted, and no other', async () => {
    const started = await start()
    const plan = valueOf(await started.plan(policiesFolder, { author: 'bob-gh' }))
    const at = started.now().toISOString()
    const approval = (approver: string, digest = plan.digest, expiresAt = '2026-11-25T08:00:00Z') => ({
      digest,
      approver,
      at,
      expiresAt,
    })
    const counting = approval('alice')
    const others = [
      approval('bob'),
      approval('mallory'),
      approval('alice', 'other'),
      approval('alice', plan.digest, at),
    ]
    await started.ledger.update('approvals', () => ({ approvals: [...others, counting], codes: {} }))
    valueOf(await started.apply(plan))
    expect((await recordOf(started, 'run-1')).approvals).toEqual([counting])
  })

  it('holds no key, and neither does anything else that the run leaves', async () => {
    const { started, folder } = await begun(undefined, { apiKey: 'a-key-that-must-not-be-kept' })
    started.simulator.fault({ match: { method: 'PUT' }, then: { status: 400, body: { errors: [] } } })
    valueOf(await started.apply(await planned(started, folder)))
    const kept = await bytesBelow(started.ledgerFolder)
    expect(kept).toContain(JSON.stringify(jira))
    expect(kept).toContain(JSON.stringify(confluence))
    expect(kept).not.toContain('must-not-be-kept')
  })
})

describe('no record', () => {
  it('is left by a plan that a guard blocks', async () => {
    const { started, folder } = await begun([allowlist('Office and VPN', 'ranges: [192.0.2.1]')], { allow: [] })
    const applied = valueOf(await started.apply(await planned(started, folder)))
    expect([applied.blocked, applied.record]).toEqual([true, undefined])
    expect(await started.ledger.records.list('run')).toEqual([])
    expect(await started.ledger.read('runs')).toBeUndefined()
  })

  it('could be written: the steps are told all the same, and the next run writes it', async () => {
    const { started, folder } = await begun()
    const { ledger } = started
    const refuse = () => Promise.reject(new LedgerError(diagnostic('ledger/unwritable', { file: 'x', why: 'full' })))
    const applied = await started.apply(await planned(started, folder), {
      ledger: { ...ledger, records: { ...ledger.records, write: refuse } },
    })
    expect(codesOf(applied)).toEqual(['ledger/unwritable'])
    expect(valueOf(applied).results.filter(({ status }) => status === 'done')).toHaveLength(4)
    expect(valueOf(applied).record).toBeUndefined()
    const next = await started.apply(await planned(started, folder))
    expect(codesOf(next)).toEqual(['apply/continued'])
    expect((await recordOf(started, 'run-1')).steps.filter(({ status }) => status === 'done')).toHaveLength(4)
    expect((await recordOf(started, 'run-2')).previous?.run).toBe('run-1')
  })
})
