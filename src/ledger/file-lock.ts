import { open, stat, unlink, type FileHandle } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { diagnostic } from '../diagnostics/diagnostic.ts'
import { LedgerError } from './ledger-error.ts'

const retryMilliseconds = 25
const attempts = 200

/** A lock is held while one small file is read and written. One that is older was left by a run that died. */
const staleMilliseconds = 30_000

/** Does work while no other process does the same for this file, so that what two runs add is not lost. Waits five seconds at most. */
export async function withFileLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const lock = `${file}.lock`
  const handle = await acquire(lock, file)
  try {
    return await work()
  } finally {
    await handle.close()
    await unlink(lock).catch(() => undefined)
  }
}

async function acquire(lock: string, file: string): Promise<FileHandle> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await open(lock, 'wx', 0o600)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      if (await isStale(lock)) await unlink(lock).catch(() => undefined)
      else if (attempt >= attempts) throw new LedgerError(diagnostic('ledger/busy', { file, lock }))
      else await delay(retryMilliseconds)
    }
  }
}

const isStale = async (lock: string): Promise<boolean> => {
  const found = await stat(lock).catch(() => undefined)
  return found !== undefined && Date.now() - found.mtimeMs > staleMilliseconds
}
