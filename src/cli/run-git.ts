import { spawn } from 'node:child_process'
import type { GitResult, RunGit } from '../operations/base/git.ts'

/** Longer than any folder of policies takes; a clone that fetches what it lacks may wait for a server. */
const longest = 120_000

/**
 * A pull request may have filled the folder. One that looks like a bare repository would be one to git, with a configuration that names programs to run: only a real `.git` counts
 * (https://git-scm.com/docs/git-config, safe.bareRepository).
 */
const always = ['-c', 'safe.bareRepository=explicit', '--no-pager']

/** Runs the git of the machine. It asks nobody, takes no lock that others wait for, and is told no secret that CI gave Postern. */
export const gitRunner =
  (env: Readonly<Record<string, string | undefined>>): RunGit =>
  (args, { cwd, input = '' }) =>
    new Promise<GitResult | undefined>((resolve, reject) => {
      const child = spawn('git', [...always, ...args], {
        cwd,
        env: environmentOf(env),
        // Unlike a timeout of its own it keeps no process alive whose git could not be started.
        signal: AbortSignal.timeout(longest),
        windowsHide: true,
      })
      const stdout: Buffer[] = []
      const stderr: Buffer[] = []
      child.stdout.on('data', (bytes: Buffer) => stdout.push(bytes))
      child.stderr.on('data', (bytes: Buffer) => stderr.push(bytes))
      // git may end before it has read everything.
      child.stdin.on('error', () => undefined)
      child.stdin.end(input)
      child.on('error', (error: NodeJS.ErrnoException) =>
        error.code === 'ENOENT' || error.code === 'EACCES'
          ? resolve(undefined)
          : error.name === 'AbortError'
            ? resolve({ code: null, stdout: Buffer.concat(stdout), stderr: textOf(stderr) })
            : reject(error),
      )
      child.on('close', code => resolve({ code, stdout: Buffer.concat(stdout), stderr: textOf(stderr) }))
    })

const textOf = (parts: readonly Buffer[]): string => Buffer.concat(parts).toString('utf8')

/** A hook is told which repository it runs in, relative to elsewhere: the folder alone says which one it is. */
const ofHooks = new Set(['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX'])

/** What opens the forge, the run itself or a cloud to its bearer. */
const secrets = new Set([
  'GITHUB_TOKEN',
  'GITLAB_TOKEN',
  'BITBUCKET_TOKEN',
  'CI_JOB_TOKEN',
  'ACTIONS_RUNTIME_TOKEN',
  'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
])

const isSecret = (name: string): boolean => name.startsWith('POSTERN_') || name.startsWith('AWS_') || secrets.has(name)

function environmentOf(env: Readonly<Record<string, string | undefined>>): Record<string, string | undefined> {
  const kept = Object.entries(env).filter(([name]) => !isSecret(name) && !ofHooks.has(name))
  return { ...Object.fromEntries(kept), GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' }
}
