import { chmod, copyFile, link, open, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { makeFolder, syncFolder } from './durable-folder.ts'
import { codeOf, ifThere } from './file-problem.ts'

/** Says that the lock was broken while its holder stood still. */
export const lockLost = new Error('the lock is another’s')

/**
 * Puts text in the place of a file, by way of `next`, an empty file beside it: whole or not at all, and on the disk once this resolves. What was there before is kept as `previous`. Where `next` is
 * gone it throws `lockLost`, and nothing was changed.
 */
export async function replaceFile(
  file: string,
  next: string,
  text: string,
  previous: string | undefined,
): Promise<void> {
  try {
    // Not made anew: where it is gone the lock is another's. `writeFile` of a handle goes on until all is written or the disk is full.
    const handle = await open(next, 'r+')
    try {
      await handle.writeFile(text)
      await handle.sync()
    } finally {
      await handle.close()
    }
    if (previous !== undefined) await keep(file, previous)
    await rename(next, file)
  } catch (error) {
    if (codeOf(error) === 'ENOENT' && (await ifThere(stat(next))) === undefined) throw lockLost
    throw error
  }
  await syncFolder(dirname(file))
}

/** Keeps a file under a second name, with the time at which it was written. The file itself is replaced, not changed, so a link is enough. */
async function keep(file: string, previous: string): Promise<void> {
  if ((await ifThere(stat(file))) === undefined) return
  await makeFolder(dirname(previous))
  const step = `${previous}.new`
  await rm(step, { force: true })
  await link(file, step).catch(() => copyFile(file, step))
  await chmod(step, 0o600)
  await rename(step, previous)
  // Renaming one name of a file over another of the same does nothing.
  await rm(step, { force: true })
}
