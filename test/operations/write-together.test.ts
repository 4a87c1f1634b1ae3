import { chmod, lstat, mkdir, readdir, readFile, readlink, rename, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { writeTogether, type NewFile } from '../../src/operations/write-together.ts'
import { codesOf, temporaryFolder } from './start.ts'

let folder = ''

beforeEach(async () => {
  folder = await temporaryFolder()
})

const file = (name: string, text: string, before?: string): NewFile => ({
  path: join(folder, 'policies', name),
  inside: join(folder, 'policies'),
  shown: `policies/${name}`,
  text,
  ...(before !== undefined && { before }),
})

/** Every file below the folder with its text, folders with a slash, links with where they lead. */
async function disk(): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const found = entries.map(async entry => {
    const path = join(entry.parentPath, entry.name)
    const name = path.slice(folder.length + 1)
    if (entry.isSymbolicLink()) return [name, await readlink(path)]
    return entry.isDirectory() ? [`${name}/`, ''] : [name, await readFile(path, 'utf8')]
  })
  return Object.fromEntries((await Promise.all(found)).sort()) as Record<string, string>
}

/** A policy folder with two files, one of them with a byte-order mark. */
async function existing(): Promise<void> {
  await mkdir(join(folder, 'policies/authentication'), { recursive: true })
  await writeFile(join(folder, 'policies/organization.yaml'), 'kind: Organization\n')
  await writeFile(join(folder, 'policies/authentication/staff.yaml'), '\ufeffname: Staff\r\n')
}

describe('files that are written together', () => {
  it('come with their folders, and nothing is left beside them', async () => {
    const written = await writeTogether([file('organization.yaml', 'one'), file('a/b/c.yaml', 'two')])
    expect(written.ok).toBe(true)
    expect(await disk()).toEqual({
      'policies/': '',
      'policies/a/': '',
      'policies/a/b/': '',
      'policies/a/b/c.yaml': 'two',
      'policies/organization.yaml': 'one',
    })
    // Nobody else may write it, and nobody may run it, whatever the mask of this process takes away besides.
    expect((await stat(join(folder, 'policies/organization.yaml'))).mode & 0o133).toBe(0)
  })

  it('replace others, which keep their mode and their byte-order mark', async () => {
    await existing()
    const staff = join(folder, 'policies/authentication/staff.yaml')
    await chmod(staff, 0o640)
    const written = await writeTogether([file('authentication/staff.yaml', 'name: Crew\r\n', 'name: Staff\r\n')])
    expect(written.ok).toBe(true)
    expect(await readFile(staff, 'utf8')).toBe('\ufeffname: Crew\r\n')
    expect((await stat(staff)).mode & 0o777).toBe(0o640)
    expect(Object.keys(await disk())).toHaveLength(4)
  })

  it('follow a link that stays in the folder, and leave the link', async () => {
    await existing()
    await symlink('authentication/staff.yaml', join(folder, 'policies/link.yaml'))
    expect((await writeTogether([file('link.yaml', 'new', 'name: Staff\r\n')])).ok).toBe(true)
    expect((await lstat(join(folder, 'policies/link.yaml'))).isSymbolicLink()).toBe(true)
    expect(await readFile(join(folder, 'policies/authentication/staff.yaml'), 'utf8')).toBe('\ufeffnew')
  })

  it('may be in a folder that a link leads to', async () => {
    await mkdir(join(folder, 'elsewhere'))
    await symlink('elsewhere', join(folder, 'policies'))
    expect((await writeTogether([file('a.yaml', 'text')])).ok).toBe(true)
    expect(await readFile(join(folder, 'elsewhere/a.yaml'), 'utf8')).toBe('text')
  })
})

describe('nothing changes where', () => {
  it.each<[string, () => Promise<NewFile>, string]>([
    [
      'a link leads out of the folder',
      async () => {
        await symlink('/tmp', join(folder, 'policies/out'))
        return file('out/x.yaml', 'x')
      },
      'a symbolic link leads it out of the folder',
    ],
    [
      'a file is a link out of the folder',
      async () => {
        await writeFile(join(folder, 'outside.yaml'), 'theirs')
        await symlink('../outside.yaml', join(folder, 'policies/x.yaml'))
        return file('x.yaml', 'x', 'theirs')
      },
      'a symbolic link leads it out of the folder',
    ],
    [
      'a link leads nowhere',
      async () => {
        await symlink('nowhere', join(folder, 'policies/x.yaml'))
        return file('x.yaml', 'x')
      },
      'it is not there',
    ],
    [
      'a file stands where a folder must',
      () => Promise.resolve(file('organization.yaml/x.yaml', 'x')),
      'a file stands where a folder must',
    ],
    ['a folder stands where a file must', () => Promise.resolve(file('authentication', 'x')), 'it is a folder'],
    ['a new file is there already', () => Promise.resolve(file('organization.yaml', 'x')), 'it is there already'],
    [
      'a file was changed meanwhile',
      () => Promise.resolve(file('organization.yaml', 'x', 'kind: Organisation\n')),
      'it was changed while this ran',
    ],
    [
      'a file was removed meanwhile',
      () => Promise.resolve(file('gone.yaml', 'x', 'text')),
      'it was removed while this ran',
    ],
    [
      'a name is longer than the file system takes',
      () => Promise.resolve(file(`${'x'.repeat(300)}.yaml`, 'x')),
      'ENAMETOOLONG',
    ],
  ])('%s', async (_, prepare, why) => {
    await existing()
    const bad = await prepare()
    const before = await disk()
    const written = await writeTogether([file('a-first.yaml', 'would be written'), bad])
    expect(written.diagnostics.map(({ code, facts }) => [code, facts])).toEqual([
      ['run/unwritable', { file: bad.shown, why }],
    ])
    expect(await disk()).toEqual(before)
  })

  it.skipIf(process.getuid?.() === 0)('the folder is read-only', async () => {
    await existing()
    await chmod(join(folder, 'policies'), 0o500)
    const written = await writeTogether([file('new.yaml', 'x')])
    await chmod(join(folder, 'policies'), 0o700)
    expect(written.diagnostics.map(({ facts }) => facts)).toEqual([
      { file: 'policies/new.yaml', why: 'permission denied' },
    ])
  })

  it('the folder itself cannot be made', async () => {
    await writeFile(join(folder, 'policies'), 'a file')
    const written = await writeTogether([file('a/new.yaml', 'x')])
    expect(codesOf(written)).toEqual(['run/unwritable'])
    expect(await disk()).toEqual({ policies: 'a file' })
  })

  it('it was stopped before the first file was in its place', async () => {
    await existing()
    const before = await disk()
    const written = await writeTogether([file('b/new.yaml', 'x')], { signal: AbortSignal.abort() })
    expect(codesOf(written)).toEqual(['import/stopped'])
    expect(await disk()).toEqual(before)
  })

  it.each([1, 2, 3, 4])('renaming file %i of four fails', async failing => {
    await existing()
    const before = await disk()
    let renames = 0
    const written = await writeTogether(
      [
        file('authentication/staff.yaml', 'name: Crew\n', 'name: Staff\r\n'),
        file('authentication/new.yaml', 'x'),
        file('organization.yaml', 'kind: Other\n', 'kind: Organization\n'),
        file('deep/er/new.yaml', 'y'),
      ],
      {
        rename: (from, to) =>
          ++renames === failing
            ? Promise.reject(Object.assign(new Error('no room'), { code: 'ENOSPC' }))
            : rename(from, to),
      },
    )
    expect(written.diagnostics.map(({ facts }) => (facts as { why: string }).why)).toEqual(['the disk is full'])
    expect(await disk()).toEqual(before)
  })

  it('says what it could not put back', async () => {
    await existing()
    const written = await writeTogether(
      [file('a.yaml', 'x'), file('organization.yaml', 'kind: Other\n', 'kind: Organization\n'), file('z.yaml', 'y')],
      {
        rename: async (from, to) => {
          if (String(to).endsWith('z.yaml')) {
            await mkdir(join(folder, 'policies/a.yaml.d'))
            // What was just written is taken away and a folder put in its place: it cannot be removed as a file.
            await rename(join(folder, 'policies/a.yaml'), join(folder, 'policies/a.yaml.d/a'))
            await rename(join(folder, 'policies/a.yaml.d'), join(folder, 'policies/a.yaml'))
            throw Object.assign(new Error('no room'), { code: 'ENOSPC' })
          }
          await rename(from, to)
        },
      },
    )
    expect(codesOf(written)).toEqual(['run/unwritable', 'import/not-put-back'])
    expect((written.diagnostics[1]?.facts as { files: readonly string[] }).files).toEqual([
      join(folder, 'policies/a.yaml'),
    ])
    expect(await readFile(join(folder, 'policies/organization.yaml'), 'utf8')).toBe('kind: Organization\n')
  })

  it('a fault of the program passes, and what was written is gone all the same', async () => {
    const broken = new TypeError('a bug')
    await expect(writeTogether([file('a.yaml', 'x')], { rename: () => Promise.reject(broken) })).rejects.toBe(broken)
    expect(await disk()).toEqual({})
  })
})
