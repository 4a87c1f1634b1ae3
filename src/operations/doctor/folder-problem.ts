import { randomUUID } from 'node:crypto'
import { access, constants, open, stat, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileReason } from '../../diagnostics/file-reason.ts'

/** Why a folder cannot be written to, or made; undefined where it can. Nothing stays behind. */
export async function folderProblem(folder: string): Promise<string | undefined> {
  try {
    const there = await isFolder(folder)
    if (there === 'folder') await writeAndForget(folder)
    else if (there === 'file') return 'a file stands where a folder must'
    // It is made by the first run that records something.
    else await access(await nearestFolder(folder), constants.W_OK | constants.X_OK)
    return undefined
  } catch (error) {
    return fileReason(error)
  }
}

async function isFolder(path: string): Promise<'folder' | 'file' | 'nothing'> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file'
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'nothing'
    throw error
  }
}

async function nearestFolder(path: string): Promise<string> {
  const above = dirname(path)
  return above === path || (await isFolder(above)) !== 'nothing' ? above : nearestFolder(above)
}

/** Rights alone do not tell of a full disk: a file is written that loses its name before it has content. */
async function writeAndForget(folder: string): Promise<void> {
  const file = join(folder, `.doctor-${randomUUID()}`)
  const handle = await open(file, 'wx', 0o600)
  try {
    await unlink(file)
    await handle.writeFile('{}\n')
    await handle.sync()
  } finally {
    await handle.close()
  }
}
