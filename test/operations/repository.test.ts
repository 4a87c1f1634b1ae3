import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { repositoryAt } from '../../src/operations/repository.ts'

const made: string[] = []
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** A folder with these files in it. */
function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'postern-repository-'))
  made.push(folder)
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
  return folder
}

const remote = (url: string) =>
  `[core]\n\tbare = false\n[remote "fork"]\n\turl = https://gitlab.example/x\n[remote "origin"]\n\turl = ${url}\n`

it.each<readonly [name: string, files: Readonly<Record<string, string>>, expected: object]>([
  ['no repository', {}, { branch: 'main', host: undefined }],
  ['a new one', { '.git/HEAD': 'ref: refs/heads/trunk\n' }, { branch: 'trunk', host: undefined }],
  ['a detached head', { '.git/HEAD': '0123abc\n' }, { branch: 'main', host: undefined }],
  [
    'a clone: the default branch of the remote counts, not the one that is checked out',
    {
      '.git/HEAD': 'ref: refs/heads/feature/x\n',
      '.git/refs/remotes/origin/HEAD': 'ref: refs/remotes/origin/release/2\n',
      '.git/config': remote('git@github.com:acme/policies.git'),
    },
    { branch: 'release/2', host: 'github' },
  ],
  ['GitLab', { '.git/config': remote('https://gitlab.acme.com/it/policies.git') }, { host: 'gitlab' }],
  ['Bitbucket', { '.git/config': remote('git@bitbucket.org:acme/policies.git') }, { host: 'bitbucket' }],
  ['somewhere else', { '.git/config': remote('ssh://git.acme.com/policies') }, { host: undefined }],
  [
    'a worktree',
    {
      '.git': 'gitdir: real/worktrees/one\n',
      'real/worktrees/one/commondir': '../..\n',
      'real/HEAD': 'ref: refs/heads/trunk\n',
      'real/config': remote('git@github.com:acme/policies.git'),
    },
    { branch: 'trunk', host: 'github' },
  ],
])('%s', (_, files, expected) => {
  const root = folderWith(files)
  expect(repositoryAt(root)).toMatchObject({ root, ...expected })
})

it('is found from a folder below, which need not be there', () => {
  const root = folderWith({ '.git/HEAD': 'ref: refs/heads/main\n' })
  expect(repositoryAt(join(root, 'a/b/policies')).root).toBe(root)
})
