import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { failed, outcome, type Outcome } from '../diagnostics/outcome.ts'
import { isObject, isStrings, type JsonObject } from '../model/json.ts'
import type { LambdaWorld } from './contract.ts'
import { currentCommit } from './documents.ts'
import { askedIn, type Asked } from './event.ts'
import { readInventory } from './inventory.ts'
import { metricsLine } from './metrics.ts'
import { currentKey, inventoryKey, itemsKey } from './places.ts'
import { documentsOf, failure, type Job } from './run-summary.ts'
import { settingsOf } from './settings.ts'

/** What one run of a fleet is about. The state machine hands it on. */
export interface FleetRun {
  readonly run: string
  readonly job: Job
  readonly commit: string
  readonly author?: string
  /** The list of organizations, for the map to read. */
  readonly itemsKey: string
  readonly organizations: number
}

/** Reads the inventory of a commit, refuses one that cannot be right, and leaves the list that the map goes over. */
export async function prepareFleet(world: LambdaWorld, event: unknown): Promise<FleetRun> {
  const prepared = await prepare(world, event)
  if (prepared.ok) return prepared.value
  const { env, now } = world
  world.log(metricsLine({ Failed: 1 }, { name: env['POSTERN_NAME'] ?? 'postern', job: 'fleet', time: now() }))
  throw failure('the fleet', documentsOf(prepared.diagnostics))
}

const undone = 'no organization was looked at'

async function prepare(world: LambdaWorld, event: unknown): Promise<Outcome<FleetRun>> {
  const settings = settingsOf(world)
  const given = givenIn(event)
  const asked = askedIn(given)
  const { job, only, problems } = choiceIn(given, asked.ok ? asked.value : {})
  if (!settings.ok || !asked.ok || problems.length > 0)
    return failed(...settings.diagnostics, ...asked.diagnostics, ...problems)
  const { run = '', author } = asked.value
  const bucket = world.bucket(settings.value.bucket)
  const commit =
    asked.value.commit === undefined ? await currentCommit(bucket, undone) : outcome(asked.value.commit, [])
  if (!commit.ok) return commit
  const object = inventoryKey(commit.value)
  const read = await bucket.read(object, undone)
  if (!read.ok) return read
  if (read.value === undefined) return failed(diagnostic('aws/no-documents', { object, commit: commit.value }))
  const organizations = readInventory(new TextDecoder().decode(read.value), only)
  if (!organizations.ok) return organizations
  const items = itemsKey(run)
  const writes: readonly (readonly [string, unknown])[] = [
    [items, organizations.value],
    // Of some organizations only, the commit says nothing about the others.
    ...(job === 'apply' && only.length === 0 ? [[currentKey, { commit: commit.value }] as const] : []),
  ]
  for (const [key, value] of writes) {
    const written = await bucket.write(key, `${JSON.stringify(value)}\n`, undone)
    if (!written.ok) return written
  }
  return outcome(
    {
      run,
      job,
      commit: commit.value,
      // The machine picks it by name for each organization, so it is always there.
      author: author ?? '',
      itemsKey: items,
      organizations: organizations.value.length,
    },
    [],
  )
}

/** The machine hands on what it was started with as `input`, since a path to a member that is not there would end it. */
function givenIn(event: unknown): JsonObject {
  if (!isObject(event)) return {}
  const { input, run } = event
  return isObject(input) ? { ...input, ...(run !== undefined && { run }) } : event
}

function choiceIn(given: JsonObject, { run, commit }: Asked) {
  const problems: Diagnostic[] = []
  const refuse = (problem: string): void => void problems.push(diagnostic('aws/bad-event', { problem }))
  const job: Job = given['job'] === 'apply' ? 'apply' : 'drift'
  if (given['job'] !== job) refuse('`job` must be `drift` or `apply`')
  if (run === undefined) refuse('`run` is missing: the state machine of the fleet invokes it')
  if (job === 'apply' && commit === undefined) refuse('`commit` is missing')
  const only = given['organizations'] ?? []
  if (!isStrings(only)) refuse('`organizations` must be a list of ids')
  return { job, only: isStrings(only) ? only : [], problems }
}
