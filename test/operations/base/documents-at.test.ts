import { access, mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { documentsAt } from '../../../src/operations/base/documents-at.ts'
import type { RunGit } from '../../../src/operations/base/git.ts'
import { readFolder } from '../../../src/operations/read-folder.ts'
import { codesOf, temporaryFolder, valueOf } from '../start.ts'
import { commit, git, repository, runGit, write } from './clone.ts'

const at = (folder: string, ref = 'main', run: RunGit | undefined = runGit) => documentsAt(folder, { ref, runGit: run })

/** What a folder holds, as text. */
const told = ({ files, diagnostics }: ReturnType<typeof readFolder>) => ({
  files: Object.fromEntries(files.map(({ path, bytes }) => [path, new TextDecoder().decode(bytes)])),
  problems: diagnostics.map(({ code, span }) => `${code} ${span?.file}`).sort(),
})

describe('a folder at a commit holds what it holds on disk', () => {
  it.each<[string, Readonly<Record<string, string>>]>([
    ['files of any depth', { 'p/a.yaml': 'a', 'p/b/c/d.yml': 'd', 'p/B.YAML': 'b', 'beside.yaml': 'x' }],
    [
      'no hidden files, and no other people’s',
      { 'p/a.yaml': 'a', 'p/.b.yaml': 'b', 'p/.c/c.yaml': 'c', 'p/node_modules/d.yaml': 'd' },
    ],
    ['no other endings', { 'p/a.yaml': 'a', 'p/README.md': 'b', 'p/c.yaml.txt': 'c', 'p/yaml': 'd' }],
    ['empty files, and such without an end', { 'p/a.yaml': '', 'p/b.yaml': '\n', 'p/c.yaml': 'blob 5\nblob' }],
    [
      'names that mean something to a shell or to git',
      { 'p/-rf.yaml': 'a', 'p/a b\n$(c).yaml': 'b', 'p/:(top)x.yaml': 'c', 'p/"q".yaml': 'd', 'p/ü東.yaml': 'e' },
    ],
    ['links to hidden files', { 'p/a.yaml': '->.data/a.yaml', 'p/.data/a.yaml': 'a' }],
    ['links to files of other endings', { 'p/a.yaml': '->a.txt', 'p/a.txt': 'a' }],
    ['what several links lead to once', { 'p/a.yaml': 'a', 'p/b.yaml': '->a.yaml', 'p/c.yaml': '->b.yaml' }],
    ['links to folders', { 'p/shown': '->.data/1', 'p/.data/1/x/a.yaml': 'a', 'p/.data/1/.b.yaml': 'b' }],
    [
      'links in folders that links lead to',
      { 'p/shown': '->.data', 'p/.data/a.yaml': '->../.more/b.yaml', 'p/.more/b.yaml': 'b' },
    ],
    [
      'links that lead out',
      {
        'p/a.yaml': '->../beside.yaml',
        'p/b': '->..',
        'p/c.yaml': '->/etc/passwd',
        'beside.yaml': 'x',
        'p/d.txt': '->..',
      },
    ],
    ['links to nowhere', { 'p/a.yaml': '->b.yaml', 'p/c.txt': '->d' }],
    ['links to themselves', { 'p/a.yaml': '->a.yaml', 'p/b/c': '->..', 'p/b/d.yaml': 'd' }],
    ['files that are too large', { 'p/a.yaml': 'a'.repeat(4_194_305), 'p/b.yaml': 'b' }],
  ])('%s', async (_, files) => {
    const top = await repository({ keep: '', ...files })
    const folder = join(top, 'p')
    const { content } = valueOf(await at(folder))
    expect(told(content)).toEqual(told(readFolder(folder)))
  })

  it('whatever lies there now', async () => {
    const top = await repository({ 'p/a.yaml': 'then' })
    await write(top, { 'p/a.yaml': 'now', 'p/b.yaml': 'now' })
    expect(told(valueOf(await at(join(top, 'p'))).content).files).toEqual({ 'a.yaml': 'then' })
  })

  it('from the top, from a folder reached by a link, and whatever it is called', async () => {
    const top = await repository({
      'a.yaml': 'a',
      '--output=x/$(touch y)\n/b.yaml': 'b',
      ':(top)a.yaml/c.yaml': 'c',
      ':(top)a.yaml/x*/d.yaml': 'd',
    })
    const beside = await temporaryFolder()
    await symlink(join(top, '--output=x'), join(beside, 'link'))
    expect(Object.keys(told(valueOf(await at(top)).content).files)).toHaveLength(4)
    const below = valueOf(await at(join(beside, 'link', '$(touch y)\n')))
    expect(told(below.content).files).toEqual({ 'b.yaml': 'b' })
    expect(told(valueOf(await at(join(top, ':(top)a.yaml'))).content).files).toEqual({
      'c.yaml': 'c',
      'x*/d.yaml': 'd',
    })
    expect(told(valueOf(await at(join(top, ':(top)a.yaml', 'x*'))).content).files).toEqual({ 'd.yaml': 'd' })
  })

  it('in a worktree', async () => {
    const top = await repository({ 'p/a.yaml': 'a' })
    const other = join(await temporaryFolder(), 'other')
    git(top, 'worktree', 'add', '-b', 'branch', other)
    await write(other, { 'p/a.yaml': 'b' })
    commit(other, 'change')
    expect(told(valueOf(await at(join(other, 'p'))).content).files).toEqual({ 'a.yaml': 'a' })
  })

  it('as it was committed: no filter of the repository runs', async () => {
    const top = await repository({ 'p/a.yaml': 'a', '.gitattributes': '*.yaml filter=f diff=f' })
    for (const [key, value] of [
      ['filter.f.smudge', 'touch ../ran; cat'],
      ['diff.f.textconv', 'touch ../ran; cat'],
      ['core.fsmonitor', 'touch ../ran'],
    ] as const)
      git(top, 'config', key, value)
    expect(told(valueOf(await at(join(top, 'p'))).content).files).toEqual({ 'a.yaml': 'a' })
    await expect(access(join(top, 'ran'))).rejects.toThrow()
    await expect(access(join(top, '../ran'))).rejects.toThrow()
  })

  it('without its submodules, which is said', async () => {
    const other = await repository({ 'b.yaml': 'b' })
    const top = await repository({ 'p/a.yaml': 'a' })
    git(top, '-c', 'protocol.file.allow=always', 'submodule', 'add', other, 'p/sub')
    commit(top, 'submodule')
    const found = await at(join(top, 'p'), 'HEAD')
    expect([told(valueOf(found).content).files, codesOf(found)]).toEqual([{ 'a.yaml': 'a' }, ['base/submodules']])
  })

  it('which may be nothing', async () => {
    const top = await repository({ 'x.yaml': 'x' })
    await mkdir(join(top, 'p'))
    expect(valueOf(await at(join(top, 'p'))).content.files).toEqual([])
  })
})

describe('the commit that is compared with', () => {
  it('is the newest in common, not what others merged meanwhile', async () => {
    const top = await repository({ 'p/a.yaml': 'a' })
    const first = git(top, 'rev-parse', 'HEAD')
    git(top, 'checkout', '-b', 'branch')
    await write(top, { 'p/b.yaml': 'b' })
    commit(top, 'branch')
    git(top, 'checkout', 'main')
    await write(top, { 'p/c.yaml': 'c' })
    commit(top, 'main')
    git(top, 'checkout', 'branch')
    const found = await at(join(top, 'p'))
    expect([valueOf(found).commit, codesOf(found)]).toEqual([first, []])
  })

  it('is the one that was asked for where there is none in common, which is said', async () => {
    const top = await repository({ 'p/a.yaml': 'a' })
    git(top, 'checkout', '--orphan', 'branch')
    commit(top, 'orphan')
    const found = await at(join(top, 'p'))
    expect([valueOf(found).commit, codesOf(found)]).toEqual([git(top, 'rev-parse', 'main'), ['base/no-common-commit']])
  })

  it('may be an annotated tag, or named from HEAD', async () => {
    const top = await repository({ 'p/a.yaml': 'a' })
    const first = git(top, 'rev-parse', 'HEAD')
    git(top, 'tag', '--annotate', 'v1', '--message', 'v1')
    commit(top, 'second')
    for (const ref of ['v1', 'HEAD^1', 'HEAD~', first.slice(0, 10), ':/first'])
      expect(valueOf(await at(join(top, 'p'), ref)).commit).toBe(first)
  })

  it.each([
    'nowhere',
    '',
    '-h',
    '--all',
    '--git-dir',
    '^main',
    'main..HEAD',
    'main HEAD',
    'HEAD:p',
    '@{-1}',
    '$(touch x)',
  ])('is no %j', async ref => {
    const top = await repository({ 'p/a.yaml': 'a' })
    expect(codesOf(await at(join(top, 'p'), ref))).toEqual(['base/unknown-ref'])
  })

  it('is not there in a clone without history', async () => {
    const top = await repository({ 'p/a.yaml': 'a' })
    await write(top, { 'p/b.yaml': 'b' })
    commit(top, 'second')
    const shallow = join(await temporaryFolder(), 'shallow')
    git(top, 'clone', '--depth', '1', `file://${top}`, shallow)
    expect(codesOf(await at(join(shallow, 'p'), 'HEAD^1'))).toEqual(['base/unknown-ref'])
  })
})

describe('what git cannot tell', () => {
  it('where there is no git', async () => {
    const top = await repository({ 'p/a.yaml': 'a' })
    expect(codesOf(await documentsAt(top, { ref: 'main', runGit: undefined }))).toEqual(['base/no-git'])
    expect(codesOf(await at(top, 'main', () => Promise.resolve(undefined)))).toEqual(['base/no-git'])
  })

  it('outside of a repository, and inside of its own folder', async () => {
    expect(codesOf(await at(await temporaryFolder()))).toEqual(['base/no-repository'])
    const top = await repository({ 'p/a.yaml': 'a' })
    expect(codesOf(await at(join(top, '.git')))).toEqual(['base/no-repository'])
  })

  it('in a folder that a pull request made look like a bare repository: nothing that it names runs', async () => {
    const top = await repository({ 'p/a.yaml': 'a' })
    const bare = join(await temporaryFolder(), 'bare')
    git(top, 'clone', '--bare', top, bare)
    git(bare, 'config', 'core.fsmonitor', `touch ${join(top, 'ran')}`)
    git(bare, 'config', 'core.bare', 'false')
    git(bare, 'config', 'core.worktree', top)
    for (const name of ['HEAD', 'config', 'objects', 'refs', 'packed-refs'])
      await rename(join(bare, name), join(top, 'p', name))
    expect(codesOf(await at(join(top, 'p')))).toEqual(['base/no-repository'])
    await expect(access(join(top, 'ran'))).rejects.toThrow()
    // It would, were git not told.
    git(join(top, 'p'), 'status')
    await access(join(top, 'ran'))
  })

  it('where a file is lost', async () => {
    const top = await repository({ 'p/a.yaml': 'a' })
    const object = git(top, 'rev-parse', 'HEAD:p/a.yaml')
    await rm(join(top, '.git/objects', object.slice(0, 2), object.slice(2)))
    expect(codesOf(await at(join(top, 'p')))).toEqual(['base/unreadable'])
  })

  it('where a folder is lost', async () => {
    const top = await repository({ 'p/a.yaml': 'a' })
    const tree = git(top, 'rev-parse', 'HEAD:p')
    await rm(join(top, '.git/objects', tree.slice(0, 2), tree.slice(2)))
    await writeFile(join(top, 'p/b.yaml'), 'b')
    expect(codesOf(await at(join(top, 'p')))).toEqual(['base/unreadable'])
  })
})
