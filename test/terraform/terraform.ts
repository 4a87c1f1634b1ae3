import { spawn, spawnSync } from 'node:child_process'
import { accessSync, constants, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { full } from '../survival/extent.ts'

/** Terraform on the PATH, or undefined. */
export const terraform: string | undefined = (process.env['PATH'] ?? '')
  .split(delimiter)
  .filter(folder => folder !== '')
  .map(folder => join(folder, 'terraform'))
  .find(runnable)

function runnable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Tests with the real Terraform. Without one they are skipped, and the name says why; REQUIRE_TERRAFORM=1 makes that a failure. */
export function describeTerraform(name: string, tests: () => void): void {
  if (terraform !== undefined) describe(name, tests)
  else if (process.env['REQUIRE_TERRAFORM'] === '1')
    it(name, () => expect.fail('REQUIRE_TERRAFORM is set, and there is no terraform on the PATH'))
  else describe.skip(`${name} (skipped: there is no terraform on the PATH)`, tests)
}

/** Stories that take their time: with the long suites (`npm run survival`), and where Terraform is required. */
export function describeLife(name: string, tests: () => void): void {
  if (full || process.env['REQUIRE_TERRAFORM'] === '1') describeTerraform(name, tests)
  else describe.skip(`${name} (skipped: a long one, POSTERN_SURVIVAL=full runs it)`, tests)
}

export interface Ran {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>
  /** Called at once, with what Ctrl-C does in a terminal: the whole group is interrupted. */
  readonly started?: (interrupt: () => void) => void
}

/** A folder with a configuration, and what Terraform needs to find the built provider. Nothing of it reaches the network. */
export interface Workspace {
  readonly folder: string
  /** Writes files, by name. `main.tf` finds the provider declared already. */
  readonly write: (files: Readonly<Record<string, string>>) => void
  /** Runs Terraform without colours or questions. It does not block: a simulator in this process can answer. */
  readonly run: (args: readonly string[], options?: RunOptions) => Promise<Ran>
  /** `terraform init`. Throws with what it said if it fails. */
  readonly init: () => Promise<void>
  readonly remove: () => void
}

const requirement = `terraform {
  required_providers {
    postern = { source = "postern/postern" }
  }
}
`

/** Makes a workspace. `env` is for every run in it. */
export function workspace(
  files: Readonly<Record<string, string>> = {},
  env: Readonly<Record<string, string>> = {},
): Workspace {
  const root = mkdtempSync(join(tmpdir(), 'postern-terraform-'))
  const [folder, mirror, configuration] = ['work', 'mirror', 'terraform.rc'].map(name => join(root, name)) as [
    string,
    string,
    string,
  ]
  const mirrored = spawnSync(resolve('dist/terraform-provider-postern'), ['--mirror', mirror], { encoding: 'utf8' })
  if (mirrored.status !== 0) throw new Error(`npm run build: ${mirrored.error?.message ?? ''}${mirrored.stderr}`)
  writeFileSync(
    configuration,
    `disable_checkpoint = true\nprovider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`,
  )
  const environment = {
    PATH: process.env['PATH'] ?? '',
    HOME: root,
    TMPDIR: tmpdir(),
    TF_CLI_CONFIG_FILE: configuration,
    TF_DATA_DIR: join(root, 'data'),
    TF_INPUT: '0',
    TF_IN_AUTOMATION: '1',
    ...env,
  }
  const write = (texts: Readonly<Record<string, string>>): void => {
    for (const [name, text] of Object.entries(texts)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      writeFileSync(join(folder, name), text)
    }
  }
  write({ 'required.tf': requirement, ...files })
  const run = (args: readonly string[], options: RunOptions = {}) =>
    ran(terraform ?? 'terraform', args, folder, { ...environment, ...options.env }, options.started)
  return {
    folder,
    write,
    run,
    init: async () => {
      const { code, stdout, stderr } = await run(['init', '-no-color'])
      if (code !== 0) throw new Error(`terraform init\n${stdout}${stderr}`)
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}

const commandsWithColour = new Set(['apply', 'destroy', 'import', 'init', 'plan', 'refresh', 'show', 'validate'])

function ran(
  program: string,
  [command = '', ...args]: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
  started?: (interrupt: () => void) => void,
): Promise<Ran> {
  const plain = commandsWithColour.has(command) && !args.includes('-no-color') ? ['-no-color'] : []
  // A group of its own, as in a terminal; and as there, an interruption reaches the provider too.
  const child = spawn(program, [command, ...plain, ...args], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const interrupt = (): void => {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGINT')
  }
  const text = { stdout: '', stderr: '' }
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream].setEncoding('utf8').on('data', (chunk: string) => (text[stream] += chunk))
  started?.(interrupt)
  return new Promise((done, failed) => {
    child.on('error', failed)
    child.on('close', code => done({ code, ...text }))
  })
}
