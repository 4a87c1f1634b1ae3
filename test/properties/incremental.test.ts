import { cp, mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { folderLedger } from '../../src/ledger/folder-ledger.ts'
import type { Outcome } from '../../src/diagnostics/outcome.ts'
import type { DriftReport } from '../../src/model/drift.ts'
import { drift } from '../../src/operations/drift.ts'
import type { AuditActionId } from '../../src/simulator/audit-actions.ts'
import { codesOf, policyFolder, start, valueOf, type Started } from '../operations/start.ts'
import { coverageWorld } from './coverage-worlds.ts'
import { loggedEdit, unloggedEdit, type Edit } from './organization-edits.ts'
import { randomWorld } from './worlds.ts'

/** The long suite looks at a thousand organizations. */
const runs = { seed: 20261124, numRuns: Math.min(60, Number(process.env['POSTERN_RUNS'] ?? 8)) }

const minutes = 60_000

/** What goes on between two checks: edits, and how many minutes pass after each. */
const interval = (edit: fc.Arbitrary<Edit>) =>
  fc.array(fc.tuple(edit, fc.constantFrom(1, 2, 4, 9, 40)), { minLength: 0, maxLength: 3 })

const history = (edit: fc.Arbitrary<Edit>) =>
  fc.array(fc.tuple(interval(edit), fc.constantFrom(1, 5, 15, 60, 300, 800)), { minLength: 2, maxLength: 6 })

const switches = fc.record({
  eventDelayMilliseconds: fc.constantFrom(0, 0, 3 * minutes, 8 * minutes),
  bulkFetchServesNames: fc.boolean(),
  // What the log has no action for is read as a whole, so that nothing of it is missed.
  eventActionsMissing: fc.oneof(
    fc.constant([]),
    fc.subarray<AuditActionId>(
      ['twosv_enabled_for_user', 'user_suspended', 'auth_policy_members_updated', 'group_members_updated'],
      { maxLength: 2 },
    ),
  ),
})

const setting = (edit: fc.Arbitrary<Edit>) =>
  fc.record({ world: fc.oneof(coverageWorld, randomWorld), switches, history: history(edit) })

type Setting = typeof setting extends (edit: fc.Arbitrary<Edit>) => fc.Arbitrary<infer Made> ? Made : never

/** What two checks have to agree on, however much they read: when an answer was given is no part of it. */
const foundBy = ({ differences, coverage, life, domains }: DriftReport) => ({
  differences: differences.map(({ evidence, ...difference }) => ({
    ...difference,
    evidence: evidence?.map(({ at, ...item }) => (item.from === 'api' ? item : { ...item, at })),
  })),
  coverage,
  life,
  domains,
})

async function checks({ world, switches }: Pick<Setting, 'world' | 'switches'>) {
  const started = await start({ scenario: world.scenario, switches, rateLimits: 'off' })
  const folder = await policyFolder({
    'all.yaml': world.documents.map(document => JSON.stringify(document)).join('\n---\n'),
  })
  const look = async (changes: { readonly full?: boolean; readonly ledger?: Started['ledger'] }) => {
    const { connection, ledger } = started
    return (await drift({ folder, connection, ledger, now: started.now(), lastActive: 0, ...changes })).outcome
  }
  /** A full check that leaves the ledger as it is. */
  const fresh = async (): Promise<Outcome<DriftReport>> => {
    const copy = await mkdtemp(join(started.ledgerFolder, '../copy-'))
    await cp(started.ledgerFolder, copy, { recursive: true })
    return look({ full: true, ledger: folderLedger(copy) })
  }
  return { started, look, fresh }
}

it('finds all that a full check finds, as long as events tell of every change', async () => {
  let incremental = 0
  await fc.assert(
    fc.asyncProperty(setting(loggedEdit), async ({ history: intervals, ...given }) => {
      const { started, look, fresh } = await checks(given)
      fc.pre((await look({})).ok)
      let fullAt = started.now().toISOString()
      const { eventDelayMilliseconds: delay } = given.switches
      let lastEdit = 0
      for (const [edits, pause] of intervals) {
        for (const [edit, wait] of edits) {
          await edit.make(started)
          lastEdit = started.clock.time
          started.clock.time += wait * minutes
        }
        started.clock.time += pause * minutes
        const full = await fresh()
        const found = await look({})
        // Some edits leave what no documents can be compared with.
        if (!full.ok || !found.ok) {
          if (lastEdit + delay <= started.clock.time) expect(codesOf(found)).toEqual(codesOf(full))
          return
        }
        const report = found.value
        if (report.reading.kind === 'full') fullAt = report.checkedAt
        else incremental++
        expect(report.reading.fullAt).toBe(fullAt)
        // An event that is not in the log yet is one for a later check.
        if (report.reading.kind === 'full' || lastEdit + delay <= started.clock.time)
          expect(foundBy(report)).toEqual(foundBy(full.value))
      }
    }),
    runs,
  )
  expect(incremental).toBeGreaterThan(runs.numRuns / 2)
}, 600_000)

it('says that it went by the log, finds what the log tells of, and sees the rest when it reads everything', async () => {
  let unseen = 0
  await fc.assert(
    fc.asyncProperty(setting(fc.oneof(loggedEdit, unloggedEdit)), async ({ history: intervals, ...given }) => {
      const { started, look, fresh } = await checks(given)
      fc.pre((await look({})).ok)
      const { eventDelayMilliseconds: delay } = given.switches
      // Accounts that were changed since everything was read last, and no event told.
      let hidden = new Set<string>()
      let fullAt = started.now().toISOString()
      let lastEdit = 0
      for (const [edits, pause] of intervals) {
        for (const [edit, wait] of edits) {
          const accounts = await edit.make(started)
          if (edit.isLogged) lastEdit = started.clock.time
          else for (const id of accounts) hidden.add(id)
          started.clock.time += wait * minutes
        }
        started.clock.time += pause * minutes
        const fully = await fresh()
        const found = await look({})
        if (!fully.ok || !found.ok) return
        const [full, report] = [fully.value, found.value]
        if (report.reading.kind === 'full') {
          hidden = new Set()
          fullAt = report.checkedAt
          expect(foundBy(report)).toEqual(foundBy(full))
        } else if (lastEdit + delay <= started.clock.time) {
          const ofOthers = (one: DriftReport) =>
            foundBy(one).differences.filter(
              ({ account }) => account !== undefined && !hidden.has(account.accountId ?? ''),
            )
          expect(ofOthers(report)).toEqual(ofOthers(full))
          if (JSON.stringify(foundBy(report)) !== JSON.stringify(foundBy(full))) unseen++
          if (hidden.size === 0) expect(foundBy(report)).toEqual(foundBy(full))
        }
        expect(report.reading.fullAt).toBe(fullAt)
      }
      started.clock.time += minutes
      const expected = await fresh()
      if (!expected.ok) return
      expect(foundBy(valueOf(await look({ full: true })))).toEqual(foundBy(expected.value))
      started.clock.time += minutes
      // What it saw is kept.
      const later = await fresh()
      expect(foundBy(valueOf(await look({})))).toEqual(foundBy(valueOf(later)))
    }),
    runs,
  )
  // Otherwise nothing of the above was put to the test.
  expect(unseen).toBeGreaterThan(0)
}, 600_000)
