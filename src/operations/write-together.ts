import { constants } from 'node:fs'
import { chmod, copyFile, link, lstat, mkdir, open, readFile, realpath, rename, rm, rmdir } from 'node:fs/promises'
import { dirname, isAbsolute, join, relative, sep } from 'node:path'
import { diagnostic } from '../diagnostics/diagnostic.ts'
import { fileReason } from '../diagnostics/file-reason.ts'
import { failed, outcome, type Outcome } from '../diagnostics/outcome.ts'

/** A file that is to come, or to have another text. */
export interface NewFile {
  /** Absolute. Folders on the way that are missing are made. */
  readonly path: string
  readonly text: string
  /** The text that it replaces, without its byte-order mark. Absent where nothing may be there yet. */
  readonly before?: string
  /** The folder that no symbolic link may lead it out of; its own folder where it is left out. */
  readonly inside?: string
  /** How it is called in messages; its path where it is left out. */
  readonly shown?: string
}

/** What may stop the writing, and what a test may put in the place of the system. */
export interface WritingOptions {
  /** Stops it as long as nothing is in its place. */
  readonly signal?: AbortSignal | undefined
  readonly rename?: typeof rename
}

/** Why a file cannot be written, in words. */
interface Refusal {
  readonly why: string
}

/** One thing that was done to the disk, and how it is undone. */
interface Undo {
  /** What stays behind where it cannot be undone. */
  readonly left: string
  readonly undo: () => Promise<unknown>
}

const byteOrderMark = '\ufeff'

/**
 * Writes files all together or not at all. Every text is first written beside its place, then all are put in their places; a failure on the way
 * puts back what was there and removes what came, folders too. A file that is there keeps its mode and its byte-order mark, and one that was
 * changed since its text was read is not replaced.
 */
export async function writeTogether(
  files: readonly NewFile[],
  { signal, rename: move = rename }: WritingOptions = {},
): Promise<Outcome<undefined>> {
  const undoes: Undo[] = []
  const leftovers: string[] = []
  let current = files[0]
  try {
    const ready: { readonly file: NewFile; readonly place: string; readonly next: string }[] = []
    for (const file of files) {
      current = file
      const place = await placeOf(file, undoes)
      if (typeof place !== 'string') return await refuse(undoes, file, place.why)
      const found = await standing(place, file)
      if ('why' in found) return await refuse(undoes, file, found.why)
      const next = await writeBeside(place, found.mark + file.text, found.mode, undoes)
      ready.push({ file, place, next })
    }
    if (signal?.aborted === true) return await stopped(undoes)
    for (const { file, place, next } of ready) {
      current = file
      if (file.before === undefined) {
        await move(next, place)
        undoes.push({ left: place, undo: () => rm(place, { force: true }) })
      } else {
        const kept = await keepBeside(place)
        leftovers.push(kept)
        undoes.push({ left: `${place} (its old text is in ${kept})`, undo: () => putBack(kept, place) })
        await move(next, place)
      }
    }
  } catch (error) {
    const refused = await refuse(undoes, current, fileReason(error))
    if (codeOf(error) === undefined) throw error
    return refused
  }
  // All are in their places: what is still beside them is only in the way.
  await Promise.all(leftovers.map(kept => rm(kept, { force: true }).catch(() => undefined)))
  return outcome(undefined, [])
}

async function refuse(undoes: readonly Undo[], file: NewFile | undefined, why: string): Promise<Outcome<never>> {
  const left = await undoAll(undoes)
  return failed(diagnostic('run/unwritable', { file: file?.shown ?? file?.path ?? '', why }), ...notPutBack(left))
}

async function stopped(undoes: readonly Undo[]): Promise<Outcome<never>> {
  const left = await undoAll(undoes)
  return failed(diagnostic('import/stopped', {}), ...notPutBack(left))
}

const notPutBack = (left: readonly string[]) =>
  left.length === 0 ? [] : [diagnostic('import/not-put-back', { files: left })]

/** Undoes what was done, the last first; what could not be undone is named. */
async function undoAll(undoes: readonly Undo[]): Promise<readonly string[]> {
  const left: string[] = []
  for (const { left: name, undo } of [...undoes].reverse()) {
    try {
      await undo()
    } catch {
      left.push(name)
    }
  }
  return left
}

/** Where a file really is. The folders on the way are made; none of them may lead out of the folder that it stays in. */
async function placeOf({ path, inside = dirname(path) }: NewFile, undoes: Undo[]): Promise<string | Refusal> {
  await makeFolders(inside, undoes)
  const root = await realpath(inside)
  const steps = relative(inside, path).split(sep)
  const name = steps.pop() ?? ''
  let folder = root
  for (const step of steps) {
    const next = await resolved(join(folder, step))
    if (next === undefined) await makeFolders(join(folder, step), undoes)
    folder = next ?? join(folder, step)
    if (isOutside(root, folder)) return leadsOut
    if (!(await lstat(folder)).isDirectory()) return { why: 'a file stands where a folder must' }
  }
  const place = (await resolved(join(folder, name))) ?? join(folder, name)
  return isOutside(root, place) ? leadsOut : place
}

const leadsOut: Refusal = { why: 'a symbolic link leads it out of the folder' }

function isOutside(root: string, path: string): boolean {
  const way = relative(root, path)
  return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)
}

/** Where a path leads to, links followed; undefined where nothing is there. A link to nothing leads to what is not there: an error. */
async function resolved(path: string): Promise<string | undefined> {
  const found = await ifThere(lstat(path))
  return found === undefined ? undefined : await realpath(path)
}

/** Makes a folder and those above it that are missing, each of which an undo removes as long as it is empty. */
async function makeFolders(folder: string, undoes: Undo[]): Promise<void> {
  const missing: string[] = []
  for (let at = folder; (await ifThere(lstat(at))) === undefined; at = dirname(at)) missing.push(at)
  for (const at of missing.reverse()) {
    await mkdir(at)
    undoes.push({ left: at, undo: () => rmdir(at) })
  }
}

/** What stands in the place of a file: its mode and its mark, or why nothing may be put there. */
async function standing(
  place: string,
  { before }: NewFile,
): Promise<{ readonly mode: number | undefined; readonly mark: string } | Refusal> {
  const found = await ifThere(lstat(place))
  if (found === undefined)
    return before === undefined ? { mode: undefined, mark: '' } : { why: 'it was removed while this ran' }
  if (found.isDirectory()) return { why: 'it is a folder' }
  if (!found.isFile()) return { why: 'it is not a regular file' }
  if (before === undefined) return { why: 'it is there already' }
  const text = await readFile(place, 'utf8')
  const mark = text.startsWith(byteOrderMark) ? byteOrderMark : ''
  // As documents are read: a carriage return on its own ends a line.
  return text.slice(mark.length).replace(/\r(?!\n)/g, '\n') === before
    ? { mode: found.mode & 0o777, mark }
    : { why: 'it was changed while this ran' }
}

/** Writes a text to a new file beside a place, and on to the disk. */
async function writeBeside(place: string, text: string, mode: number | undefined, undoes: Undo[]): Promise<string> {
  const next = await freeName(place, 'new', async name => (await open(name, 'wx', mode ?? 0o644)).close())
  undoes.push({ left: next, undo: () => rm(next, { force: true }) })
  const handle = await open(next, 'r+')
  try {
    await handle.writeFile(text)
    if (mode !== undefined) await handle.chmod(mode)
    await handle.sync()
  } finally {
    await handle.close()
  }
  return next
}

/** A second name for what stands in a place; a copy where the file system has no links. */
const keepBeside = (place: string): Promise<string> =>
  freeName(place, 'old', async name => {
    await link(place, name).catch(async (error: unknown) => {
      if (codeOf(error) === 'EEXIST') throw error
      await copyFile(place, name, constants.COPYFILE_EXCL)
      await chmod(name, (await lstat(place)).mode & 0o777)
    })
  })

/** Renaming one name of a file over another of the same does nothing. */
async function putBack(kept: string, place: string): Promise<void> {
  await rename(kept, place)
  await rm(kept, { force: true })
}

/** A name beside a place that nobody has. Its ending keeps it from being read as a document. */
async function freeName(place: string, ending: string, take: (name: string) => Promise<void>): Promise<string> {
  for (let attempt = 0; ; attempt++) {
    const name = `${place}.${process.pid}-${attempt}.${ending}`
    try {
      await take(name)
      return name
    } catch (error) {
      if (codeOf(error) !== 'EEXIST' || attempt >= 100) throw error
    }
  }
}

async function ifThere<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException | undefined)?.code
