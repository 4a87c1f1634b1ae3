import { execFileSync } from 'node:child_process'
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { gitRunner } from '../../../src/cli/run-git.ts'
import { temporaryFolder } from '../start.ts'

/** An environment in which git knows nothing of the machine it runs on. */
const environment = {
  PATH: process.env['PATH'],
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'alice',
  GIT_AUTHOR_EMAIL: 'alice@acme.com',
  GIT_COMMITTER_NAME: 'alice',
  GIT_COMMITTER_EMAIL: 'alice@acme.com',
}

export const runGit = gitRunner(environment)

/** Runs git as a person does, and returns what it says. */
export const git = (cwd: string, ...args: readonly string[]): string =>
  execFileSync('git', args, { cwd, env: environment, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()

/** Makes a folder a repository, with everything in it as its first commit. */
export function initialize(cwd: string): void {
  git(cwd, 'init', '--initial-branch', 'main')
  commit(cwd, 'first')
}

export function commit(cwd: string, message: string): string {
  git(cwd, 'add', '--all')
  git(cwd, 'commit', '--allow-empty', '--message', message)
  return git(cwd, 'rev-parse', 'HEAD')
}

/** Writes files; what begins with `->` is a symbolic link to the rest. */
export async function write(cwd: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    const file = join(cwd, name)
    await mkdir(dirname(file), { recursive: true })
    await (text.startsWith('->') ? symlink(text.slice(2), file) : writeFile(file, text))
  }
}

/** A new repository that holds these files. */
export async function repository(files: Readonly<Record<string, string>>): Promise<string> {
  const top = await temporaryFolder()
  await write(top, files)
  initialize(top)
  return top
}
