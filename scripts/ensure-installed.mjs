// Makes a fresh clone ready: installs what is missing, builds what is out of date. Needs nothing but Node.js and npm.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Postern needs Node.js 20.19 or newer; this is ${process.versions.node}.`)
  process.exit(1)
}

/** Runs a program in the repository; what it prints is shown only where it fails. */
export function run(command, args, { show = false } = {}) {
  const result = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    stdio: show ? 'inherit' : 'pipe',
    shell: process.platform === 'win32',
  })
  if (result.status !== 0) {
    console.error(`${command} ${args.join(' ')} failed:\n${result.stdout ?? ''}${result.stderr ?? ''}`)
    process.exit(result.status ?? 1)
  }
}

const modified = path => {
  try {
    return statSync(join(root, path)).mtimeMs
  } catch {
    return 0
  }
}

/** npm keeps its own copy of the lock file inside node_modules, without the root: where the packages are the same, nothing is missing. */
function isInstalled() {
  const packages = path => {
    try {
      const { packages: all } = JSON.parse(readFileSync(join(root, path), 'utf8'))
      return Object.keys(all)
        .filter(name => name !== '' && !all[name].optional)
        .map(name => `${name}@${all[name].version}`)
        .join('\n')
    } catch {
      return undefined
    }
  }
  const wanted = packages('package-lock.json')
  return wanted !== undefined && wanted === packages('node_modules/.package-lock.json')
}

const newest = folder =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true }).reduce(
    (latest, entry) =>
      entry.isFile()
        ? Math.max(latest, modified(join(folder, entry.parentPath.slice(join(root, folder).length), entry.name)))
        : latest,
    0,
  )

export function ensureInstalled() {
  if (isInstalled()) return
  console.log('Installing what is missing (npm ci) …')
  run('npm', ['ci', '--no-audit', '--no-fund'])
}

export function ensureBuilt() {
  ensureInstalled()
  const built = modified('dist/postern.cjs')
  if (built > Math.max(newest('src'), newest('schemas'), newest('scripts'), modified('package.json'))) return
  console.log('Building …')
  run(process.execPath, ['scripts/build.mjs', '--no-types'])
}
