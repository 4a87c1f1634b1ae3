import fc from 'fast-check'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { planExitCode } from '../../src/cli/exit-code.ts'
import { attest } from '../../src/operations/attest.ts'
import type { GivenExports } from '../../src/operations/import.ts'
import { loadFolder } from '../../src/operations/validate.ts'
import { desiredOf, exportCsv } from '../operations/console.ts'
import { imported, newFolder, planned } from '../operations/importing.ts'
import { start, temporaryFolder, valueOf, writesOf, type Started } from '../operations/start.ts'
import { full, seed } from '../survival/extent.ts'
import { happen } from './import-changes.ts'
import { commentsIn, filesOf, placesIn, rearrange } from './imported-folders.ts'
import { importWorld, type ImportWorld } from './import-worlds.ts'

const runs = { seed, numRuns: full ? 150 : 10 }

/** The organization of a world, with the names that no scenario could refer to, and with what an apply recorded. */
async function begin({ scenario, names, served, recorded }: ImportWorld): Promise<Started> {
  const started = await start({ scenario, switches: { bulkFetchServesNames: served }, rateLimits: 'off' })
  const { authenticationPolicies, groups, controlPolicies, accounts } = started.simulator.state
  authenticationPolicies.forEach((policy, index) => (policy.name = names.policies[index] ?? policy.name))
  groups.forEach((group, index) => (group.name = names.groups[index] ?? group.name))
  controlPolicies.forEach((list, index) => (list.name = names.allowlists[index] ?? list.name))
  if (recorded !== undefined) {
    const policyOf = Object.fromEntries(
      accounts.list.map(({ accountId }, index) => [
        accountId,
        authenticationPolicies[recorded[index] ?? 0]?.name ?? 'one that is gone',
      ]),
    )
    await started.ledger.update('last-applied', () => ({
      run: 'run',
      at: '2026-11-20T08:00:00.000Z',
      digest: 'digest',
      documents: {},
      policyOf,
    }))
  }
  return started
}

/** The exports of this moment. */
async function exportsNow(started: Started, names: ImportWorld['exports']): Promise<GivenExports> {
  const folder = await temporaryFolder()
  const files = names.map(name => ({ shown: name, path: join(folder, name) }))
  for (const { shown, path } of files) await writeFile(path, await exportCsv(started, shown))
  return { files, exportedAt: started.now().toISOString(), confirmTime: undefined, ci: true }
}

/**
 * A plan has nothing to do in either channel, and no guard stops it. Of a policy that nobody is in any more nothing can be observed: it may ask to confirm its settings.
 */
async function expectNothingToChange(started: Started, folder: string): Promise<void> {
  const { result } = await loadFolder(folder, started.now())
  expect(result.ok, JSON.stringify(result.diagnostics)).toBe(true)
  const plan = valueOf(await started.plan(folder))
  const empty = new Set(emptyPolicies(started).map(({ id }) => id))
  const unseen = new Set(
    valueOf(result).AuthenticationPolicy.flatMap(({ spec }) => (empty.has(spec.id ?? '') ? [spec.name] : [])),
  )
  const steps = plan.steps.filter(({ action, name }) => action !== 'confirm' || !unseen.has(name))
  expect(steps).toEqual([])
  expect(planExitCode({ ...plan, steps })).toBe(0)
}

function emptyPolicies({ simulator: { state } }: Started) {
  const held = new Set(
    state.accounts.list.flatMap(({ policyId, accountStatus }) => (accountStatus === 'active' ? (policyId ?? []) : [])),
  )
  return state.authenticationPolicies.filter(({ id }) => !held.has(id))
}

it('import: valid, a plan has nothing to change, and a second import nothing to write', async () => {
  await fc.assert(
    fc.asyncProperty(importWorld, async world => {
      const started = await begin(world)
      const folder = await newFolder()
      await imported(started, folder, { exports: await exportsNow(started, world.exports) })
      await expectNothingToChange(started, folder)
      const again = valueOf(await planned(started, folder, { complete: true }))
      expect(again.report.files).toEqual([])
      expect(writesOf(started.simulator)).toEqual([])
    }),
    runs,
  )
}, 600_000)

it('import into a folder that people rearranged, after changes outside: the same, and comments and places stay', async () => {
  await fc.assert(
    fc.asyncProperty(importWorld, async world => {
      const started = await begin(world)
      const folder = await newFolder()
      await imported(started, folder, { exports: await exportsNow(started, world.exports) })
      await rearrange(folder)
      await expectNothingToChange(started, folder)
      await state(started, folder, world)
      started.clock.time += 11 * 60_000
      const beyond = beyondExports(started, world)
      for (const change of world.changes) await happen(started, change)
      started.clock.time += 11 * 60_000
      fc.pre(beyondExports(started, world).every(id => beyond.includes(id)))

      const before = await filesOf(folder)
      await imported(started, folder, { exports: await exportsNow(started, ['members.csv']), complete: world.complete })
      await expectNothingToChange(started, folder)
      const after = await filesOf(folder)
      expect(commentsIn(after)).toEqual(commentsIn(before))
      const places = placesIn(after)
      for (const [document, file] of placesIn(before)) expect(places.get(document), document).toBe(file)
      expect(valueOf(await planned(started, folder, { complete: world.complete })).report.files).toEqual([])
    }),
    runs,
  )
}, 600_000)

/**
 * The policies of which an export tells nothing, since evidence knows policies by their names: those that share a name there with another one, and those that the API
 * calls otherwise. Of a policy that comes to be one of these nothing proves the settings in its document any more.
 */
function beyondExports({ simulator: { state } }: Started, { served }: ImportWorld): readonly string[] {
  const named = state.authenticationPolicies.map(({ id, name }) => ({ id, name, exported: asExported(name) }))
  return named
    .filter(
      ({ id, name, exported }) =>
        named.some(other => other.id !== id && other.exported === exported) || (served && name !== exported),
    )
    .map(({ id }) => id)
}

/** A name as it is read from an export: UTF-8 holds no half of a surrogate pair, and blanks at the ends of a cell are dropped. */
const asExported = (name: string): string => Buffer.from(name).toString().trim()

/** Somebody attests settings of the first policy. */
async function state(started: Started, folder: string, { attested }: ImportWorld): Promise<void> {
  const desired = await desiredOf(started, folder)
  const [policy] = desired.AuthenticationPolicy
  if (policy === undefined || attested.length === 0) return
  const address = `AuthenticationPolicy/${policy.spec.name}`
  const statements = attested.map(({ path, text }) => ({ address, path, text }))
  const { ledger } = started
  valueOf(await attest({ desired, ledger, statements, by: 'alice', now: started.now() }))
}
