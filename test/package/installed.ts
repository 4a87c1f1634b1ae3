import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { buildTypes } from '../../scripts/build-types.mjs'

/** How a program that was run ended. */
export interface Ended {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** The package, packed as it would be published and installed into an empty project. */
export interface Installed {
  /** The project: npm made everything in it. */
  readonly project: string
  /** The files of the tarball, sorted. */
  readonly files: readonly string[]
  /** In bytes: as it is downloaded, and as it lies on the disk. */
  readonly size: number
  readonly unpackedSize: number
  readonly node: (...args: readonly string[]) => Ended
}

/** Only what programs need to start: no key, no settings of whoever runs the tests. */
const environment = { PATH: process.env['PATH'] ?? '' }

function run(cwd: string, program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Ended {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    env: { ...environment, ...env },
    timeout: 60_000,
  })
  return { status, stdout, stderr }
}

function npm(cwd: string, folder: string, ...args: readonly string[]): string {
  const ended = run(cwd, 'npm', args, {
    HOME: folder,
    npm_config_cache: join(folder, 'cache'),
    npm_config_update_notifier: 'false',
  })
  if (ended.status !== 0) throw new Error(`npm ${args.join(' ')}\n${ended.stdout}${ended.stderr}`)
  return ended.stdout
}

/** Builds what a build for the tests leaves out, packs and installs. Nothing is asked of a registry: the package has no dependencies. */
export async function install(): Promise<Installed> {
  const repository = resolve('.')
  const folder = mkdtempSync(join(tmpdir(), 'postern-package-'))
  const project = join(folder, 'project')
  mkdirSync(project)
  // Packing would do both, and build the bundles anew under the tests that use them.
  await buildTypes()
  const sbom = run(repository, process.execPath, ['scripts/sbom.mjs'])
  if (sbom.status !== 0) throw new Error(sbom.stderr)
  const packed = npm(repository, folder, 'pack', '--ignore-scripts', '--json', '--pack-destination', folder)
  const [tarball] = JSON.parse(packed) as readonly {
    readonly filename: string
    readonly size: number
    readonly unpackedSize: number
    readonly files: readonly { readonly path: string }[]
  }[]
  if (tarball === undefined) throw new Error(packed)
  writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }')
  npm(project, folder, 'install', '--offline', '--no-audit', '--no-fund', join(folder, tarball.filename))
  return {
    project,
    files: tarball.files.map(({ path }) => path).sort(),
    size: tarball.size,
    unpackedSize: tarball.unpackedSize,
    node: (...args) => run(project, process.execPath, args),
  }
}

/** Lends a package of this repository to the project of a user. */
export function lend(project: string, name: string): void {
  mkdirSync(join(project, 'node_modules', name, '..'), { recursive: true })
  symlinkSync(resolve('node_modules', name), join(project, 'node_modules', name))
}

/** The files below a folder. */
export const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(name => join(folder, name))
    .filter(file => statSync(file).isFile())
