import { mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { codeOf } from './file-problem.ts'

/** Makes a folder, with those above it, that only its owner may enter. */
export async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: 0o700 })
  if (first !== undefined) await syncFolder(dirname(first))
}

/** Makes the names in a folder survive a loss of power. Windows opens no folders: there the file system sees to it. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch((error: unknown) => {
    if (['EISDIR', 'EPERM', 'EACCES'].includes(codeOf(error) ?? '')) return undefined
    throw error
  })
  if (handle === undefined) return
  try {
    await handle.sync()
  } catch (error) {
    // Some network file systems have no such thing.
    if (!['EINVAL', 'ENOTSUP', 'EBADF'].includes(codeOf(error) ?? '')) throw error
  } finally {
    await handle.close()
  }
}
