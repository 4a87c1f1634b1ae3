import { chmod, lstat, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { writeWhole } from '../../src/operations/write-whole.ts'
import { temporaryFolder } from './start.ts'

const modeOf = async (file: string): Promise<number> => (await stat(file)).mode & 0o777

describe('a file that is written whole', () => {
  it('is made with the mode that was asked for, and nothing is left beside it', async () => {
    const folder = await temporaryFolder()
    await writeWhole(join(folder, 'plan.json'), 'text', 0o600)
    expect(await readdir(folder)).toEqual(['plan.json'])
    expect(await readFile(join(folder, 'plan.json'), 'utf8')).toBe('text')
    expect(await modeOf(join(folder, 'plan.json'))).toBe(0o600)
  })

  it('keeps the mode of the file that it replaces', async () => {
    const file = join(await temporaryFolder(), 'policy.yaml')
    await writeFile(file, 'before')
    await chmod(file, 0o640)
    await writeWhole(file, 'after')
    expect([await readFile(file, 'utf8'), await modeOf(file)]).toEqual(['after', 0o640])
  })

  it('replaces what a link points to, and leaves the link', async () => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, 'real'), 'before')
    await symlink(join(folder, 'real'), join(folder, 'link'))
    await writeWhole(join(folder, 'link'), 'after')
    expect(await readFile(join(folder, 'real'), 'utf8')).toBe('after')
    expect((await lstat(join(folder, 'link'))).isSymbolicLink()).toBe(true)
  })

  it('leaves nothing where it cannot be put in place', async () => {
    const folder = await temporaryFolder()
    await mkdir(join(folder, 'taken'))
    await expect(writeWhole(join(folder, 'taken'), 'text')).rejects.toThrow()
    expect(await readdir(folder)).toEqual(['taken'])
  })

  it('writes to what is no file as it is', async () => {
    await writeWhole('/dev/null', 'text')
    expect((await stat('/dev/null')).isCharacterDevice()).toBe(true)
  })
})
