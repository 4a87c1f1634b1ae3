import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, rmdir, stat, unlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { diagnostic } from '../diagnostics/diagnostic.ts'
import { isObject } from '../model/json.ts'
import { makeFolder } from './durable-folder.ts'
import { codeOf } from './file-problem.ts'
import { inTurn } from './in-turn.ts'
import { LedgerError } from './ledger-error.ts'
import { isGone, thisProcess, type ProcessIdentity } from './process-identity.ts'
import { lockLost, replaceFile } from './replace-file.ts'

/*
 * How a file is locked. The lock of `evidence.json` is the folder `evidence.json.lock`, and whoever has files in it holds it. A process prepares a
 * folder of its own, with its identity and an empty file for the new content under a name that nobody else uses, and renames it into place: that
 * succeeds only where there is no lock or an empty one, and is done or not done, whenever the process is killed.
 *
 * Breaking it means to remove the files of the dead holder by their names. Two breakers may do so at once, or one long after a third process has
 * taken the lock: the names are then not there, and the folder, not being empty, stays. Nothing of a living holder is ever removed.
 *
 * The new content is written into that file and renamed over the old one. So a holder whose lock was broken while it stood still, which age alone
 * may do, finds its file gone, has changed nothing, and starts again.
 */

const patienceMilliseconds = 10_000
const longestWait = 40

/** A lock is held while one small file is read and written. An older one of which nobody can tell whose it is was left by a run that died. */
const staleMilliseconds = 30_000

/** Puts text in the place of the file, whole or not at all; what was there before is kept as `previous`, where that is given. */
export type Replace = (text: string, previous?: string) => Promise<void>

/** Files beside which this process has looked for what others left. */
const swept = new Set<string>()

/**
 * Does work while nobody else does the same for this file, so that what two runs add is not lost. Waits ten seconds at most, and not at all for a
 * holder that ran on this machine and is gone. Where the lock was lost meanwhile the work is done again.
 */
export function withFileLock<T>(file: string, work: (replace: Replace) => Promise<T>): Promise<T> {
  return inTurn(file, async () => {
    await makeFolder(dirname(file))
    if (!swept.has(file)) await sweep(`${file}.lock`)
    swept.add(file)
    for (;;) {
      const mark = randomUUID()
      const lock = `${file}.lock`
      try {
        await acquire(file, lock, mark)
        return await work((text, previous) => replaceFile(file, join(lock, `${mark}.next`), text, previous))
      } catch (error) {
        if (error !== lockLost) throw error
      } finally {
        await remove(lock, [`${mark}.next`, `${mark}.json`])
      }
    }
  })
}

async function acquire(file: string, lock: string, mark: string): Promise<void> {
  const own = `${lock}.${mark}`
  try {
    await mkdir(own, { mode: 0o700 })
    await writeNew(join(own, `${mark}.json`), JSON.stringify(thisProcess()))
    await writeNew(join(own, `${mark}.next`), '')
    for (let waited = 0, wait = 1; !(await isTaken(own, lock));) {
      if (await clearDead(lock)) continue
      if (waited >= patienceMilliseconds) throw new LedgerError(diagnostic('ledger/busy', { file, lock }))
      await delay(wait)
      waited += wait
      wait = Math.min(wait * 2, longestWait)
    }
  } catch (error) {
    await rm(own, { recursive: true, force: true }).catch(() => undefined)
    throw error
  }
}

async function writeNew(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600)
  try {
    await handle.writeFile(text)
  } finally {
    await handle.close()
  }
}

/** Tries to put the own folder in the place of the lock. Windows replaces no folders, not even empty ones. */
async function isTaken(own: string, lock: string): Promise<boolean> {
  const busy = process.platform === 'win32' ? ['EPERM', 'EACCES', 'EEXIST'] : ['ENOTEMPTY', 'EEXIST', 'ENOTDIR']
  try {
    await rename(own, lock)
    return true
  } catch (error) {
    if (busy.includes(codeOf(error) ?? '')) return false
    // Whoever stands still for long is taken for dead, and what it prepared is removed.
    throw codeOf(error) === 'ENOENT' ? lockLost : error
  }
}

/** Removes what a dead holder left. True where the lock may be free now. */
async function clearDead(lock: string): Promise<boolean> {
  let names: readonly string[]
  try {
    names = await readdir(lock)
  } catch (error) {
    if (codeOf(error) === 'ENOTDIR') return false
    if (codeOf(error) === 'ENOENT') return true
    throw error
  }
  const identity = names.find(name => name.endsWith('.json'))
  const dead =
    names.length === 0 ||
    (identity !== undefined && (await isHolderGone(join(lock, identity)))) ||
    (await isStale(join(lock, identity ?? names[0] ?? '')))
  if (!dead) return false
  // The identity last: without it nobody could tell whose the rest is.
  await remove(
    lock,
    [...names].sort((a, b) => Number(a === identity) - Number(b === identity)),
  )
  await sweep(lock)
  return true
}

/** Removes what processes left that died before they could take the lock. */
async function sweep(lock: string): Promise<void> {
  const folder = dirname(lock)
  const names = await readdir(folder).catch(() => [])
  for (const name of names) {
    if (!name.startsWith(`${basename(lock)}.`)) continue
    const identity = join(folder, name, `${name.slice(basename(lock).length + 1)}.json`)
    const dead = (await isHolderGone(identity)) || (await isStale(join(folder, name)))
    if (dead) await rm(join(folder, name), { recursive: true, force: true }).catch(() => undefined)
  }
}

/** Removes what dead holders left beside any file of a folder, also beside those that nobody writes a second time: once, or `again`, since a process that lives long sees others die. */
export async function clearAbandoned(folder: string, again = false): Promise<void> {
  if (swept.has(folder) && !again) return
  swept.add(folder)
  const locks = new Set(
    (await readdir(folder).catch(() => [])).flatMap(name => {
      const end = name.indexOf('.lock')
      return end === -1 ? [] : [join(folder, name.slice(0, end + '.lock'.length))]
    }),
  )
  for (const lock of locks) {
    await clearDead(lock)
    await sweep(lock)
  }
}

async function isHolderGone(identity: string): Promise<boolean> {
  try {
    const holder: unknown = JSON.parse(await readFile(identity, 'utf8'))
    return isObject(holder) && isGone(holder as unknown as ProcessIdentity)
  } catch {
    return false
  }
}

const isStale = async (path: string): Promise<boolean> => {
  const found = await stat(path).catch(() => undefined)
  return found !== undefined && Date.now() - found.mtimeMs > staleMilliseconds
}

/** Removes files of one holder, then the folder where nothing is left in it. What is gone already is fine: somebody else was quicker. */
async function remove(lock: string, names: readonly string[]): Promise<void> {
  for (const name of names) await unlink(join(lock, name)).catch(() => undefined)
  await rmdir(lock).catch(() => undefined)
}
