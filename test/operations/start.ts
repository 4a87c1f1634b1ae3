import { access, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { onTestFinished } from 'vitest'
import { folderLedger } from '../../src/ledger/folder-ledger.ts'
import type { Ledger, SectionName } from '../../src/ledger/contract.ts'
import { sectionShapes } from '../../src/ledger/section-shapes.ts'
import type { SavedPlan, Step } from '../../src/model/plan.ts'
import { applyPlan, type Applied, type ApplyOptions } from '../../src/operations/apply.ts'
import type { Connection } from '../../src/operations/connection.ts'
import { plan as makePlan } from '../../src/operations/plan.ts'
import type { Outcome } from '../../src/diagnostics/outcome.ts'
import { fetchTransport } from '../../src/org/fetch-transport.ts'
import {
  builtInScenarios,
  simulate,
  type RecordedRequest,
  type Scenario,
  type Simulator,
  type SimulatorOptions,
} from '../../src/simulator/index.ts'
import { isReading } from '../../src/org/with-read-only.ts'

/** The real policy folder, which governs the scenario `acme`. */
export const policiesFolder = resolve(import.meta.dirname, '../../policies')

export const startTime = Date.parse('2026-11-24T08:00:00Z')

/** A simulated organization, a clock that moves only by waiting, and a ledger: all that the operations need. */
export interface Started {
  readonly simulator: Simulator
  readonly clock: { time: number; now: () => number }
  readonly connection: Connection
  readonly ledger: Ledger
  readonly ledgerFolder: string
  readonly now: () => Date
  readonly plan: (folder: string, options?: PlanChanges) => Promise<Outcome<SavedPlan>>
  readonly apply: (plan: SavedPlan, options?: Partial<ApplyOptions>) => Promise<Outcome<Applied>>
}

interface PlanChanges {
  readonly allow?: readonly string[]
  readonly author?: string
  readonly connection?: Connection
  readonly ledger?: Ledger
}

export interface StartOptions extends SimulatorOptions {
  readonly key?: string
  /** Guards that every plan and apply lifts, unless told otherwise. */
  readonly allow?: readonly string[]
}

/** A scenario of the simulator as data, to be changed. */
export function scenarioNamed(name: string): Scenario {
  const scenario = builtInScenarios.get(name)
  if (scenario === undefined) throw new Error(`no scenario ${name}`)
  return scenario
}

/** A folder that is gone when the test is over. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'postern-test-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** A policy folder with these files. */
export async function policyFolder(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await temporaryFolder()
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), text)
  }
  return folder
}

/** Starts an organization with an empty ledger. */
export async function start(options: StartOptions = {}): Promise<Started> {
  return startAt(await temporaryFolder(), options)
}

/** The same with its files in a folder that the caller removes. */
export async function startAt(folder: string, { key, allow = [], ...options }: StartOptions): Promise<Started> {
  const clock = { time: startTime, now: (): number => clock.time }
  const sleep = (milliseconds: number): Promise<void> => {
    clock.time += milliseconds
    return Promise.resolve()
  }
  const simulator = await simulate({ listen: false, clock, sleep, ...options })
  const ledgerFolder = join(folder, '.postern')
  const ledger = folderLedger(ledgerFolder)
  const connection: Connection = {
    apiUrl: 'https://api.atlassian.com',
    consoleUrl: 'https://admin.atlassian.com',
    apiKey: key ?? simulator.apiKey,
    transport: fetchTransport(request => simulator.fetch(request)),
    clock: clock.now,
    sleep,
    random: () => 0.5,
  }
  const now = (): Date => new Date(clock.time)
  let runs = 0
  return {
    simulator,
    clock,
    connection,
    ledger,
    ledgerFolder,
    now,
    plan: async (policies, changes = {}) =>
      (await makePlan({ folder: policies, connection, ledger, now: now(), allow, ...changes })).outcome,
    apply: (plan, changes = {}) =>
      applyPlan({
        plan,
        connection,
        ledger,
        now,
        run: `run-${(runs += 1)}`,
        origin: { command: 'apply', by: 'alice', version: '0.0.0' },
        allow,
        recheck: false,
        ...changes,
      }),
  }
}

/** The value of an outcome that has one; fails the test with its codes otherwise. */
export function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`no value: ${JSON.stringify(outcome.diagnostics, null, 1)}`)
  return outcome.value
}

export const codesOf = ({ diagnostics }: Outcome<unknown>): readonly string[] => diagnostics.map(({ code }) => code)

/** The requests that could change something. */
export const writesOf = ({ requests }: Pick<Simulator, 'requests'>): readonly RecordedRequest[] =>
  requests.filter(({ method, path }) => !isReading({ method: method as 'GET', path }))

export const apiSteps = ({ steps }: Pick<SavedPlan, 'steps'>): readonly Step[] =>
  steps.filter(({ channel }) => channel === 'api')

/** The email addresses in a policy of the simulator, by the name of the policy. */
export const membersOf = ({ state }: Simulator, name: string): readonly string[] => {
  const policy = state.authenticationPolicies.find(other => other.name === name)
  return state.accounts.list.filter(({ policyId }) => policyId === policy?.id).map(({ email }) => email)
}

/** What a ledger holds once a run was refused before it began: nothing but a lock that nobody holds. */
export async function nothingRecorded({ ledger }: Pick<Started, 'ledger'>): Promise<boolean> {
  const others = (Object.keys(sectionShapes) as readonly SectionName[]).filter(name => name !== 'lock')
  const sections = await Promise.all(others.map(name => ledger.read(name)))
  const runs = await ledger.records.list('run')
  const holder = (await ledger.read('lock'))?.holder
  return holder === null && sections.every(section => section === undefined) && runs.length === 0
}

export const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )
