import { rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { documentsAt } from '../../../src/operations/base/documents-at.ts'
import { temporaryFolder, valueOf } from '../start.ts'
import { commit, git, repository, runGit, write } from './clone.ts'

/** What a folder held on the main branch. */
async function filesAt(folder: string): Promise<Readonly<Record<string, string>>> {
  const { content } = valueOf(await documentsAt(folder, { ref: 'main', runGit }))
  return Object.fromEntries(content.files.map(({ path, bytes }) => [path, new TextDecoder().decode(bytes)]))
}

describe('a folder is the one that had its name, whatever the change made of the name', () => {
  const harmless = { 'docs/x/a.yaml': 'harmless', 'docs/y/a.yaml': 'other' }

  it.each<[string, string, Readonly<Record<string, string>>, Readonly<Record<string, string>>, object]>([
    ['a link', 'p', { 'p/a.yaml': 'a' }, { p: '->docs/x' }, { 'a.yaml': 'a' }],
    ['a link over links', 'p', { 'p/a.yaml': 'a', l: '->docs' }, { p: '->k', k: '->l/x' }, { 'a.yaml': 'a' }],
    ['below a link', 'q/x', { 'q/x/a.yaml': 'a' }, { q: '->docs' }, { 'a.yaml': 'a' }],
    [
      'a link inside of it',
      'p',
      { 'p/a.yaml': '->.b', 'p/.b': 'a' },
      { 'p/a.yaml': '->.c', 'p/.c': 'c' },
      { 'a.yaml': 'a' },
    ],
    ['a link where nothing was', 'p', {}, { p: '->docs/x' }, {}],
    ['a link where a file was', 'p', { p: 'a' }, { p: '->docs/x' }, {}],
    ['another link', 'p', { p: '->docs/x' }, { p: '->docs/y' }, { 'a.yaml': 'harmless' }],
    ['the same link', 'p', { p: '->docs/x' }, { 'docs/x/a.yaml': 'now' }, { 'a.yaml': 'harmless' }],
    ['the same links', 'p/x', { p: '->q', q: '->docs' }, { 'docs/x/a.yaml': 'now' }, { 'a.yaml': 'harmless' }],
    ['the same link to another', 'p', { p: '->q', q: '->docs/x' }, { q: '->docs/y' }, { 'a.yaml': 'harmless' }],
    ['a folder where a link was', 'p', { p: '->docs/x' }, { 'p/a.yaml': 'now' }, { 'a.yaml': 'harmless' }],
    ['a link where one to nowhere was', 'p', { p: '->nowhere' }, { p: '->docs/x' }, {}],
    ['a link with a line break in its name', 'p\n', { 'p\n/a.yaml': 'a' }, { 'p\n': '->docs/x' }, { 'a.yaml': 'a' }],
    ['such a link where nothing was', 'docs/x\n', {}, { 'docs/x\n': '->x' }, {}],
  ])('%s', async (_, folder, before, change, expected) => {
    const top = await repository({ ...harmless, ...before })
    git(top, 'checkout', '-b', 'change')
    for (const name of Object.keys(change).filter(path => !path.startsWith('docs/')))
      await rm(join(top, name.split('/')[0] ?? ''), { recursive: true, force: true })
    await write(top, change)
    commit(top, 'change')
    expect(await filesAt(join(top, folder))).toEqual(expected)
    // However the folder is reached.
    const beside = await temporaryFolder()
    await symlink(top, join(beside, 'clone'))
    await symlink(join('clone', folder), join(beside, 'link'))
    expect(await filesAt(join(beside, 'link'))).toEqual(expected)
  })

  it.each([
    ['it', 'p', undefined],
    ['one that it leads to', 'sub', '->sub'],
  ])('a submodule in place of it, with a history of its own: %s', async (_, path, link) => {
    const other = await repository({ 'a.yaml': 'harmless' })
    const top = await repository({ 'p/a.yaml': 'a' })
    git(top, 'checkout', '-b', 'change')
    git(top, 'rm', '-r', 'p')
    git(top, '-c', 'protocol.file.allow=always', 'submodule', 'add', other, path)
    if (link !== undefined) await write(top, { p: link })
    commit(top, 'change')
    expect(await filesAt(join(top, 'p'))).toEqual({ 'a.yaml': 'a' })
  })

  it('but who works in a submodule is told of its own history', async () => {
    const other = await repository({ 'p/a.yaml': 'a' })
    const top = await repository({})
    git(top, '-c', 'protocol.file.allow=always', 'submodule', 'add', other, 'sub')
    commit(top, 'submodule')
    await write(top, { 'sub/p/b.yaml': 'b' })
    const cwd = vi.spyOn(process, 'cwd').mockReturnValue(join(top, 'sub/p'))
    onTestFinished(() => cwd.mockRestore())
    expect(await filesAt(join(top, 'sub/p'))).toEqual({ 'a.yaml': 'a' })
  })

  it('a link out of the repository', async () => {
    const other = await repository({ 'a.yaml': 'harmless' })
    const top = await repository({ 'p/a.yaml': 'a' })
    await rm(join(top, 'p'), { recursive: true })
    await write(top, { p: `->${other}` })
    expect(await filesAt(join(top, 'p'))).toEqual({ 'a.yaml': 'a' })
  })
})
