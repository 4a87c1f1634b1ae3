import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { vi } from 'vitest'
import { valueAt } from '../../../src/kinds/path.ts'
import { folderLedger } from '../../../src/ledger/folder-ledger.ts'
import type { Ledger } from '../../../src/ledger/contract.ts'
import type { Json, JsonObject } from '../../../src/model/json.ts'
import { type RecordedRequest, type Simulator, type SimulatorOptions } from '../../../src/simulator/index.ts'
import { edit, readPage, typed } from '../../operations/console.ts'
import { startAt, writesOf } from '../../operations/start.ts'
import { fakeWorld } from '../../world.ts'
import { workspace, type Ran, type RunOptions, type Workspace } from '../terraform.ts'

// Each run of Terraform starts several processes: where others have the cores, a story takes its time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

/** An organization behind a socket, its ledger, and a folder in which Terraform governs it: all that somebody has who works with the provider. */
export interface Life {
  readonly space: Workspace
  readonly simulator: Simulator
  readonly ledger: Ledger
  readonly ledgerFolder: string
  /** Everything that Terraform printed since the life began. */
  readonly printed: () => string
  /** Writes `main.tf`. */
  readonly main: (text: string) => void
  readonly terraform: (args: readonly string[], options?: RunOptions) => Promise<Ran>
  /** `terraform plan -detailed-exitcode`. */
  readonly plan: (...args: readonly string[]) => Promise<Ran>
  readonly apply: (...args: readonly string[]) => Promise<Ran>
  readonly destroy: (...args: readonly string[]) => Promise<Ran>
  /** The attributes of each resource in the state, by its address. */
  readonly state: () => Promise<Readonly<Record<string, JsonObject>>>
  /** One command line of `postern` with the documents of the last apply. Throws with what it said if it fails. */
  readonly postern: (...argv: readonly string[]) => Promise<string>
  /** Changes settings in the console, as a person does. */
  readonly inConsole: (kind: PolicyKind, name: string, values: Readonly<Record<string, Json>>) => Promise<void>
  /** Attests what the console shows at these paths. */
  readonly attest: (kind: PolicyKind, name: string, ...paths: readonly string[]) => Promise<void>
  /** Takes in an export of the members, which tells the names of the policies. */
  readonly observe: () => Promise<void>
  /** What reached the organization through the API and could change it, since the life began or was asked last. */
  readonly writes: () => readonly RecordedRequest[]
  /** Starts over: the organization as it was, an empty ledger, no state, no configuration; or what was kept. */
  readonly startOver: () => void
  /** Keeps ledger, state and configuration: with them it starts over from now on. */
  readonly keep: () => void
  readonly end: () => Promise<void>
}

export type PolicyKind = 'AuthenticationPolicy' | 'ExternalUserPolicy'

/** Starts a life. Its clock is that of this machine: Terraform's provider is a process of its own. */
export async function beginLife(options: SimulatorOptions = {}): Promise<Life> {
  const root = mkdtempSync(join(tmpdir(), 'postern-life-'))
  const ledgerFolder = join(root, 'ledger')
  const started = await startAt(root, {
    listen: true,
    clock: Date,
    rateLimits: 'off',
    ...options,
    switches: { taskMilliseconds: 0, applyMilliseconds: 0, ...options.switches },
  })
  const { simulator } = started
  const env = {
    POSTERN_API_KEY: simulator.apiKey,
    POSTERN_API_URL: simulator.url,
    POSTERN_CONSOLE_URL: simulator.consoleUrl,
    POSTERN_LEDGER: ledgerFolder,
    USER: 'alice',
  }
  const space = workspace({}, env)
  await space.init()
  const folders = { 'kept-ledger': ledgerFolder, 'kept-work': space.folder }
  let printed = ''
  let writesBefore = 0
  const terraform: Life['terraform'] = async (args, given) => {
    const ran = await space.run(args, given)
    printed += `${ran.stdout}${ran.stderr}`
    return ran
  }
  const postern: Life['postern'] = async (...argv) => {
    const { run } = await import('../../../src/cli/run.ts')
    const { world, out, err } = fakeWorld({ argv, cwd: root, clock: Date, simulator, env })
    const code = await run({ ...world, random: Math.random })
    if (code !== 0) throw new Error(`postern ${argv.join(' ')} ended with ${code}\n${out()}${err()}`)
    return out()
  }
  return {
    space,
    simulator,
    ledger: folderLedger(ledgerFolder),
    ledgerFolder,
    printed: () => printed,
    main: text => space.write({ 'main.tf': text }),
    terraform,
    plan: (...args) => terraform(['plan', '-detailed-exitcode', ...args]),
    apply: (...args) => terraform(['apply', '-auto-approve', ...args]),
    destroy: (...args) => terraform(['destroy', '-auto-approve', ...args]),
    state: async () => statesIn((await space.run(['show', '-json'])).stdout),
    postern,
    inConsole: (kind, name, values) => edit(started, kind, name, values),
    attest: async (kind, name, ...paths) => {
      const page = await readPage(started, kind, name)
      const seen = paths.flatMap(path => ['--set', `${path}=${typed(valueAt(page, path))}`])
      await postern('attest', `${kind}/${name}`, '--from-ledger', '--by', 'alice', ...seen)
    },
    observe: async () => {
      const members = await simulator.fetch(`/console/o/${simulator.organizationId}/exports/members.csv`)
      const at = new Date().toISOString()
      writeFileSync(join(root, 'members.csv'), await members.text())
      await postern('observe', 'members.csv', '--exported-at', at, '--from-ledger')
    },
    writes: () => {
      const all = writesOf(simulator)
      const since = all.slice(writesBefore)
      writesBefore = all.length
      return since
    },
    startOver: () => {
      simulator.reset()
      printed = ''
      writesBefore = 0
      for (const [name, folder] of Object.entries(folders)) {
        for (const file of existsSync(folder) ? readdirSync(folder) : [])
          if (!initialized.has(file)) rmSync(join(folder, file), { recursive: true })
        if (existsSync(join(root, name))) cpSync(join(root, name), folder, { recursive: true })
      }
    },
    keep: () => {
      for (const [name, folder] of Object.entries(folders)) cpSync(folder, join(root, name), { recursive: true })
    },
    end: async () => {
      space.remove()
      await simulator.close()
      rmSync(root, { recursive: true, force: true })
    },
  }
}

const initialized: ReadonlySet<string> = new Set(['required.tf', '.terraform.lock.hcl'])

interface StateModule {
  readonly resources?: readonly { readonly address: string; readonly values: JsonObject }[]
}

const statesIn = (shown: string): Readonly<Record<string, JsonObject>> => {
  const { values } = JSON.parse(shown) as { readonly values?: { readonly root_module: StateModule } }
  return Object.fromEntries((values?.root_module.resources ?? []).map(({ address, values }) => [address, values]))
}
