import { open, realpath, rename, rm, stat, writeFile, type FileHandle } from 'node:fs/promises'

/**
 * Writes a file whole or not at all, by way of another one beside it. A file that is there keeps its mode, and a link stays one. On a full disk it fails: a handle goes on writing until everything is
 * written, which the common libraries do not. What is no file, such as `/dev/stdout`, is written to as it is.
 */
export async function writeWhole(path: string, text: string | Iterable<string>, mode = 0o666): Promise<void> {
  const file = await realpath(path).catch(() => path)
  const found = await stat(file).catch(() => undefined)
  if (found !== undefined && !found.isFile()) return writeFile(file, text)
  const { name, handle } = await beside(file, found === undefined ? mode : found.mode & 0o777)
  try {
    try {
      await writeFile(handle, text)
      if (found !== undefined) await handle.chmod(found.mode & 0o777)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(name, file)
  } catch (error) {
    await rm(name, { force: true })
    throw error
  }
}

/** A new file beside another one, under a name that nobody has. */
async function beside(file: string, mode: number): Promise<{ readonly name: string; readonly handle: FileHandle }> {
  for (let attempt = 0; ; attempt++) {
    const name = `${file}.${process.pid}-${attempt}.new`
    try {
      return { name, handle: await open(name, 'wx', mode) }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt >= 100) throw error
    }
  }
}
