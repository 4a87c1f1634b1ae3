import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { start } from '../harness/children.ts'

/** A program to compare with, or why it is not there. */
export type Peer = { readonly isThere: true; readonly file: string } | { readonly isThere: false; readonly why: string }

/** What Postern is compared with. */
export interface Peers {
  /** A program of a package that the bench installs. Nothing is installed before the first is asked for. */
  readonly installed: (program: 'ajv' | 'a0deploy') => Promise<Peer>
  /** A program that people have, or don't. */
  readonly onPath: (program: string, version: readonly string[]) => Peer
}

const wanted = join(import.meta.dirname, 'package.json')

export function peersIn(folder: string, env: NodeJS.ProcessEnv, say: (text: string) => void): Peers {
  let installing: Promise<string | undefined> | undefined
  return {
    installed: async program => {
      installing ??= install(folder, env, say)
      const why = await installing
      return why === undefined
        ? { isThere: true, file: join(folder, 'node_modules/.bin', program) }
        : { isThere: false, why }
    },
    onPath: (program, version) => {
      const { error, status } = spawnSync(program, version, { env, stdio: 'ignore' })
      if (error !== undefined) return { isThere: false, why: `${program} is not on the path` }
      return status === 0
        ? { isThere: true, file: program }
        : { isThere: false, why: `${program} ${version.join(' ')} ended with ${status ?? 'a signal'}` }
    },
  }
}

/** Installs the versions that `package.json` beside this file names, where they are not there yet. Returns why that was not possible. */
async function install(
  folder: string,
  env: NodeJS.ProcessEnv,
  say: (text: string) => void,
): Promise<string | undefined> {
  if (isInstalled(folder)) return undefined
  say('installing what is compared with')
  mkdirSync(folder, { recursive: true })
  copyFileSync(wanted, join(folder, 'package.json'))
  const npm = start(
    'npm',
    [
      'install',
      ...['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
      // A registry that is not there is not going to be: the default waits for over a minute.
      ...['--fetch-retries=1', '--fetch-retry-mintimeout=500'],
    ],
    { cwd: folder, env, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  let said = ''
  npm.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text))
  const ended = await new Promise<string | undefined>(resolve => {
    npm.once('error', () => resolve('npm cannot be run'))
    npm.once('close', code => resolve(code === 0 ? undefined : `npm install ended with ${code ?? 'a signal'}`))
  })
  if (ended === undefined && isInstalled(folder)) return undefined
  const line = said.split('\n').find(text => /\b(network|ECONN|ENOTFOUND|E\d{3}|ETARGET)/.test(text))
  return `${ended ?? 'npm install left other versions'}${line === undefined ? '' : ` (${line.replace(/^npm error /, '')})`}`
}

function isInstalled(folder: string): boolean {
  const { dependencies } = JSON.parse(readFileSync(wanted, 'utf8')) as { dependencies: Record<string, string> }
  return Object.entries(dependencies).every(([name, version]) => {
    const manifest = join(folder, 'node_modules', name, 'package.json')
    if (!existsSync(manifest)) return false
    return (JSON.parse(readFileSync(manifest, 'utf8')) as { version?: string }).version === version
  })
}
