import { mkdir, mkdtemp, rm, symlink, truncate, writeFile, chmod } from 'node:fs/promises'
import { execFileSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { loadFolder } from '../../src/operations/validate.ts'
import { organization, policy } from './check.ts'
import { placesOf } from './found-place.ts'

const now = new Date('2026-11-24T12:00:00Z')

/** A folder on disk that goes away with the test. Names may hold folders. */
async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const base = await mkdtemp(join(tmpdir(), 'postern-'))
  onTestFinished(() => rm(base, { recursive: true, force: true }))
  const folder = join(base, 'policies')
  await mkdir(folder)
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(folder, name, '..'), { recursive: true })
    await writeFile(join(folder, name), text)
  }
  return folder
}

async function validate(folder: string) {
  const { result, places, texts } = await loadFolder(folder, now)
  return { ok: result.ok, found: placesOf(result.diagnostics, places), files: [...texts.keys()] }
}

const first = { severity: 'error', line: 1, column: 1 }

describe('what is a policy folder', () => {
  it('is a folder with YAML files at any depth', async () => {
    const folder = await folderWith({
      'organization.yaml': organization,
      'a/b/c/policy.YML': policy,
      'README.md': 'kind: x',
      'data.json': '{"kind": "x"}',
      '.github/workflow.yaml': 'on: push',
      '.hidden.yaml': 'x',
      'node_modules/x/y.yaml': 'x',
    })
    expect(await validate(folder)).toEqual({ ok: true, found: [], files: ['a/b/c/policy.YML', 'organization.yaml'] })
  })

  it.each([
    ['is not there', 'missing'],
    ['is a file', 'organization.yaml'],
    ['is below a file', 'organization.yaml/x'],
  ])('a folder that %s', async (_, name) => {
    const folder = await folderWith({ 'organization.yaml': organization })
    expect((await validate(join(folder, name))).found).toEqual([{ code: 'policy/not-a-folder', severity: 'error' }])
  })

  it('holds documents', async () => {
    expect((await validate(await folderWith({}))).found).toEqual([{ code: 'policy/no-documents', severity: 'error' }])
  })

  it('may be given as a link', async () => {
    const folder = await folderWith({ 'organization.yaml': organization })
    await symlink(folder, join(folder, '..', 'link'))
    expect(await validate(join(folder, '..', 'link'))).toMatchObject({ ok: true, files: ['organization.yaml'] })
  })
})

it.each([64 * 1024 - 1, 64 * 1024, 64 * 1024 + 1, 4 * 1024 * 1024])('a file of %d bytes is read whole', async size => {
  const end = '\nbillable: yes\n'
  const text = `${policy}#${'x'.repeat(size - policy.length - end.length - 1)}${end}`
  const folder = await folderWith({ 'organization.yaml': organization, 'policy.yaml': text })
  expect((await validate(folder)).found).toEqual([
    { severity: 'error', code: 'policy/wrong-type', file: 'policy.yaml', line: 6, column: 1 },
  ])
})

describe('files that are not read', () => {
  it('one of 50 MB', async () => {
    const folder = await folderWith({ 'organization.yaml': organization, 'big.yaml': '' })
    await truncate(join(folder, 'big.yaml'), 50 * 1024 * 1024)
    expect(await validate(folder)).toMatchObject({
      ok: false,
      found: [{ ...first, code: 'policy/too-large', file: 'big.yaml' }],
      files: ['organization.yaml'],
    })
  })

  // The superuser may read everything.
  it.skipIf(process.getuid?.() === 0)('one that nobody may read', async () => {
    const folder = await folderWith({ 'organization.yaml': organization, 'secret.yaml': '' })
    await chmod(join(folder, 'secret.yaml'), 0)
    expect((await validate(folder)).found).toEqual([{ ...first, code: 'policy/unreadable-file', file: 'secret.yaml' }])
  })

  it('a pipe, which nobody writes into', async () => {
    const folder = await folderWith({ 'organization.yaml': organization })
    execFileSync('mkfifo', [join(folder, 'pipe.yaml')])
    expect((await validate(folder)).found).toEqual([{ ...first, code: 'policy/unreadable-file', file: 'pipe.yaml' }])
  })

  it('all problems beside them are reported', async () => {
    const folder = await folderWith({ 'organization.yaml': organization, 'a.yaml': 'kind: x', 'big.yaml': '' })
    await truncate(join(folder, 'big.yaml'), 50 * 1024 * 1024)
    expect((await validate(folder)).found.map(({ code }) => code)).toEqual(['policy/unknown-kind', 'policy/too-large'])
  })
})

describe('symbolic links', () => {
  const links: readonly [name: string, links: Readonly<Record<string, string>>, expected: object][] = [
    ['to itself', { 'a.yaml': 'a.yaml' }, { found: [{ ...first, code: 'policy/symlink-loop', file: 'a.yaml' }] }],
    [
      'in a circle',
      { 'a.yaml': 'b.yaml', 'b.yaml': 'a.yaml' },
      {
        found: [
          { ...first, code: 'policy/symlink-loop', file: 'a.yaml' },
          { ...first, code: 'policy/symlink-loop', file: 'b.yaml' },
        ],
      },
    ],
    ['to the folder they are in', { loop: '.' }, { found: [{ ...first, code: 'policy/symlink-loop', file: 'loop' }] }],
    ['to a folder above', { 'sub/up': '..' }, { found: [{ ...first, code: 'policy/symlink-loop', file: 'sub/up' }] }],
    [
      'to folders that link to each other',
      { 'sub/other': '../x', 'x/sub': '../sub' },
      { ok: true, files: ['organization.yaml', 'sub/policy.yaml'] },
    ],
    [
      'out of the folder',
      { 'out.yaml': '../outside.yaml', 'out.txt': '../outside.yaml', outer: '..' },
      {
        found: [
          { ...first, code: 'policy/symlink-outside', file: 'out.yaml' },
          { ...first, code: 'policy/symlink-outside', file: 'outer' },
        ],
      },
    ],
    [
      'to a folder whose name begins like this one',
      { 'out.yaml': '../policies-of-others/x.yaml' },
      { found: [{ ...first, code: 'policy/symlink-outside', file: 'out.yaml' }] },
    ],
    [
      'to nothing',
      { 'gone.yaml': 'nowhere.yaml', 'gone.txt': 'nowhere' },
      { found: [{ ...first, code: 'policy/unreadable-file', file: 'gone.yaml' }] },
    ],
    [
      'to a file that is read anyway',
      { 'again.yaml': 'sub/policy.yaml', 'a.yaml': 'organization.yaml' },
      { ok: true, files: ['organization.yaml', 'sub/policy.yaml'] },
    ],
    [
      'to a folder that is read anyway',
      { again: 'sub', 'v1.2': 'sub' },
      { ok: true, files: ['organization.yaml', 'sub/policy.yaml'] },
    ],
    [
      'to a hidden file, as Kubernetes mounts them',
      { 'policy.yaml': '.data/policy.yaml' },
      { ok: true, files: ['organization.yaml', 'policy.yaml', 'sub/policy.yaml'] },
    ],
    [
      'to a hidden folder',
      { 'v1.2': '.data' },
      { ok: true, files: ['organization.yaml', 'sub/policy.yaml', 'v1.2/policy.yaml'] },
    ],
  ]
  it.each(links)('%s', async (_, made, expected) => {
    const folder = await folderWith({
      'organization.yaml': organization,
      'sub/policy.yaml': policy,
      '.data/policy.yaml': policy.replace('Local', 'Hidden').replace('true', 'false'),
      '../outside.yaml': 'secret: 7f3a',
      '../policies-of-others/x.yaml': 'secret: 7f3a',
      'x/README.md': '',
    })
    for (const [name, target] of Object.entries(made)) await symlink(target, join(folder, name))
    expect(await validate(folder)).toMatchObject(expected)
  })

  it('that double with each folder are followed once', async () => {
    const levels = 40
    const files = Array.from({ length: levels }, (_, level) => [`.d${level}/README.md`, ''] as const)
    const folder = await folderWith({ 'organization.yaml': organization, ...Object.fromEntries(files) })
    await symlink('.d0', join(folder, 'start'))
    for (let level = 1; level < levels; level++) {
      for (const name of ['a', 'b']) await symlink(`../.d${level}`, join(folder, `.d${level - 1}`, name))
    }
    expect(await validate(folder)).toMatchObject({ ok: true, files: ['organization.yaml'] })
  })
})
