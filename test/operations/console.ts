import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { textOf, type Json } from '../../src/model/json.ts'
import type { SavedPlan, Step } from '../../src/model/plan.ts'
import { attest, type AttestOptions } from '../../src/operations/attest.ts'
import { observe, type ObserveOptions } from '../../src/operations/observe.ts'
import { loadFolder } from '../../src/operations/validate.ts'
import { valueAt } from '../../src/kinds/path.ts'
import type { Desired } from '../../src/kinds/resource.ts'
import { temporaryFolder, valueOf, type Started } from './start.ts'

/** The page of an object in the simulator's console, by the name it has there. */
function pageOf({ simulator }: Started, kind: string, name: string): string {
  const base = `/console/o/${simulator.organizationId}`
  if (kind === 'ExternalUserPolicy') return `${base}/external-users/${name}`
  const policy = simulator.state.authenticationPolicies.find(other => other.name === name)
  if (policy === undefined) throw new Error(`the console has no policy ${name}`)
  return `${base}/authentication-policies/${policy.id}`
}

const controlOf = (path: string): string =>
  ({
    'settings.password.expiresAfter': 'passwordExpiresAfter',
    'settings.password.minimumStrength': 'minimumStrength',
  })[path] ?? path.replace(/^settings\./, '')

/** A value as a person types it. */
export const typed = (value: Json | undefined, separator = ', '): string =>
  Array.isArray(value) ? value.map(textOf).join(separator) : value === undefined ? '' : textOf(value)

/** Changes settings of an object as a person does. */
export async function edit(
  started: Started,
  kind: string,
  name: string,
  values: Readonly<Record<string, Json>>,
): Promise<void> {
  const body = new URLSearchParams()
  for (const [path, value] of Object.entries(values)) body.set(controlOf(path), typed(value, '\n'))
  const response = await started.simulator.fetch(pageOf(started, kind, name), { method: 'POST', body })
  if (response.status !== 303) throw new Error(`the console refused ${name}: ${await response.text()}`)
}

/** Does in the console what the console steps of a plan say. */
export async function carryOutConsoleSteps(started: Started, { steps }: Pick<SavedPlan, 'steps'>): Promise<void> {
  for (const step of steps.filter(({ channel }) => channel === 'console')) await carryOut(started, step)
}

const carryOut = (started: Started, { kind, name, changes }: Step): Promise<void> =>
  edit(started, kind, name, Object.fromEntries(changes.map(({ path, after }) => [path, after])))

/** What the page of an object shows, as JSON in the words of the documents. */
export async function readPage(started: Started, kind: string, name: string): Promise<Json> {
  const headers = { accept: 'application/json' }
  return (await (await started.simulator.fetch(pageOf(started, kind, name), { headers })).json()) as Json
}

/** The documents of a folder. */
export const desiredOf = async (started: Started, folder: string): Promise<Desired> =>
  valueOf((await loadFolder(folder, started.now())).result)

/** Attests what the console shows of every field that the plan cannot prove. */
export async function attestUnverified(
  started: Started,
  folder: string,
  { unverified }: Pick<SavedPlan, 'unverified'>,
  changes: Partial<AttestOptions> = {},
): Promise<void> {
  const statements = []
  for (const { kind, name, path } of unverified) {
    const seen = valueAt(await readPage(started, kind, name), path)
    statements.push({
      address: `${kind}/${name}`,
      path,
      text: typed(seen),
    })
  }
  const desired = await desiredOf(started, folder)
  valueOf(await attest({ desired, ledger: started.ledger, statements, by: 'alice', now: started.now(), ...changes }))
}

type ExportName = 'members.csv' | 'accounts.csv' | 'external-users.csv'

/** One of the console's CSV exports. */
export async function exportCsv({ simulator }: Started, name: ExportName): Promise<string> {
  return (await simulator.fetch(`/console/o/${simulator.organizationId}/exports/${name}`)).text()
}

/** The same as a file. */
export async function exportFile(started: Started, name: ExportName): Promise<string> {
  const file = join(await temporaryFolder(), name)
  await writeFile(file, await exportCsv(started, name))
  return file
}

/** Takes in files as exports that were made right now, without a key unless told otherwise. */
export async function observeFiles(
  started: Started,
  folder: string,
  files: readonly string[],
  changes: Partial<ObserveOptions> = {},
) {
  return observe({
    files: files.map(path => ({ shown: path.slice(path.lastIndexOf('/') + 1), path })),
    desired: await desiredOf(started, folder),
    ledger: started.ledger,
    now: started.now(),
    exportedAt: started.now().toISOString(),
    confirmTime: undefined,
    ci: true,
    ...changes,
  })
}
