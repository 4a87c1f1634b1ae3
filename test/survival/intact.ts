import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { SectionName } from '../../src/ledger/contract.ts'
import { folderLedger } from '../../src/ledger/folder-ledger.ts'
import { LedgerError } from '../../src/ledger/ledger-error.ts'
import { sectionShapes } from '../../src/ledger/section-shapes.ts'

/**
 * What is wrong with a ledger in a folder: files that are no JSON, sections and journals without their shape, what dead processes left beside the files, a lock that is still held, a run that is
 * still open.
 */
export async function damage(folder: string): Promise<readonly string[]> {
  const found: string[] = []
  const all = await readdir(folder, { recursive: true, withFileTypes: true })
  const nameless = await namelessLocks(folder)
  const files = all.filter(file => !nameless.some(lock => join(file.parentPath, file.name).startsWith(lock)))
  for (const file of files) {
    const path = join(file.parentPath, file.name)
    if (file.isFile() && !/\.(json|jsonl|md)$/.test(file.name)) found.push(`${file.name} was left behind`)
    if (file.name.includes('.lock')) found.push(`${file.name} was left behind`)
    if (!file.isFile() || !file.name.endsWith('.json')) continue
    try {
      JSON.parse(await readFile(path, 'utf8'))
    } catch {
      found.push(`${file.name} is no JSON`)
    }
  }
  const ledger = folderLedger(folder)
  const reading = async (what: string, work: () => Promise<unknown>): Promise<void> => {
    try {
      await work()
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error
      found.push(`${what}: ${error.diagnostic.code}`)
    }
  }
  for (const section of Object.keys(sectionShapes) as SectionName[]) await reading(section, () => ledger.read(section))
  for (const { name } of files.filter(file => file.name.endsWith('.jsonl')))
    await reading(name, () => ledger.journal.read(name.replace(/\.jsonl$/, '')))
  await reading('runs', async () => {
    const open = (await ledger.read('runs'))?.open
    if (open !== undefined) found.push(`the run ${open} is still open`)
  })
  await reading('lock', async () => {
    const lock = await ledger.read('lock')
    if (lock !== undefined && lock.holder !== null) found.push(`the lock is held by ${lock.holder.run}`)
  })
  return found
}

/**
 * Locks that a process only prepared, and was killed before it had written whose they are. They lock nothing, and only their age tells that nobody comes back to them: the first look after half a
 * minute removes them.
 */
async function namelessLocks(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder).catch(() => [])).filter(name => /\.lock\.[0-9a-f-]{36}$/.test(name))
  const locks = await Promise.all(
    names.map(async name => {
      const lock = join(folder, name)
      const inside = await Promise.all((await readdir(lock)).map(file => stat(join(lock, file))))
      return inside.every(({ size }) => size === 0) ? [lock] : []
    }),
  )
  return locks.flat()
}
