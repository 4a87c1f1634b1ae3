import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { gitRunner } from '../../src/cli/run-git.ts'
import { temporaryFolder } from '../operations/start.ts'

/** A git that shows what it is given. */
async function showing(env: Readonly<Record<string, string>>, script: string) {
  const folder = await temporaryFolder()
  await writeFile(join(folder, 'git'), `#!/bin/sh\n${script}\n`)
  await chmod(join(folder, 'git'), 0o755)
  const run = gitRunner({ PATH: `${folder}:${process.env['PATH']}`, ...env })
  const ran = await run(['a b', '$(c)', '-d'], { cwd: folder, input: 'in' })
  return { ...ran, stdout: new TextDecoder().decode(ran?.stdout) }
}

describe('git as a program', () => {
  it('is given its arguments as they are, and its input', async () => {
    expect(await showing({}, 'printf "%s|" "$@"; cat; echo words >&2; exit 3')).toEqual({
      code: 3,
      stdout: '-c|safe.bareRepository=explicit|--no-pager|a b|$(c)|-d|in',
      stderr: 'words\n',
    })
  })

  it('is told no secret, and not by a hook where it is', async () => {
    const secrets = [
      'POSTERN_API_KEY',
      'GITHUB_TOKEN',
      'GITLAB_TOKEN',
      'BITBUCKET_TOKEN',
      'CI_JOB_TOKEN',
      'ACTIONS_RUNTIME_TOKEN',
      'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
      'AWS_ACCESS_KEY_ID',
      'AWS_SECRET_ACCESS_KEY',
      'AWS_SESSION_TOKEN',
    ]
    const { stdout } = await showing(
      {
        ...Object.fromEntries(secrets.map(name => [name, 'secret'])),
        GIT_DIR: '/elsewhere',
        GIT_WORK_TREE: '/elsewhere',
        HOME: '/home',
      },
      'env | grep -E "secret|^(GIT_|HOME|LC_)" | sort',
    )
    expect(stdout).toBe('GIT_OPTIONAL_LOCKS=0\nGIT_TERMINAL_PROMPT=0\nHOME=/home\nLC_ALL=C\n')
  })

  it('may end without reading what it is given', async () => {
    expect((await showing({}, 'exit 1')).code).toBe(1)
  })

  it('is undefined where there is none', async () => {
    const cwd = await temporaryFolder()
    expect(await gitRunner({ PATH: cwd })(['--version'], { cwd })).toBeUndefined()
  })
})
