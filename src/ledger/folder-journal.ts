import { open, readFile, type FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { JournalEntry } from '../model/journal.ts'
import { isRunName, type Ledger } from './contract.ts'
import { makeFolder, syncFolder } from './durable-folder.ts'
import { ifThere, withFile } from './file-problem.ts'
import { inTurn } from './in-turn.ts'
import { isJournalEntry } from './journal-text.ts'
import { currentFormat } from './migrations.ts'
import { runNamed } from './run-name.ts'
import { parseStored } from './section-text.ts'
import { refusedText } from './refused-text.ts'

/**
 * Journals in a folder: a file for each run, a line for each entry, the first line being the format. No lock: the run lock sees to it that one process
 * writes to the journal of a run, and that its end is repaired by the next one only.
 */
export function folderJournal(folder: string): Ledger['journal'] {
  const fileOf = (run: string) => join(folder, 'journal', `${run}.jsonl`)
  return {
    async append(run, entries) {
      const file = fileOf(runNamed(run))
      if (entries.length === 0) return
      await inTurn(file, () => withFile(file, 'ledger/unwritable', () => appendLines(file, entries)))
    },
    async read(run) {
      if (!isRunName(run)) return []
      const file = fileOf(run)
      const text = await withFile(file, 'ledger/unreadable', () => ifThere(readFile(file, 'utf8')))
      return text === undefined ? [] : parseJournal(file, text)
    },
  }
}

async function appendLines(file: string, entries: readonly JournalEntry[]): Promise<void> {
  const folder = dirname(file)
  await makeFolder(folder)
  const handle = await open(file, 'a+', 0o600)
  try {
    const { size } = await handle.stat()
    const end = await endOfLastLine(handle, size)
    if (end < size) await handle.truncate(end)
    const lines = end === 0 ? [{ formatVersion: currentFormat.version }, ...entries] : entries
    await appendWhole(handle, end, lines.map(line => `${JSON.stringify(line)}\n`).join(''))
    await handle.datasync()
    if (end === 0) await syncFolder(folder)
  } finally {
    await handle.close()
  }
}

/** Adds text in one write. Of what a full disk takes only in part nothing is left. */
async function appendWhole(handle: FileHandle, end: number, text: string): Promise<void> {
  const bytes = Buffer.from(text)
  try {
    for (let done = 0; done < bytes.length;) done += (await handle.write(bytes, done)).bytesWritten
  } catch (error) {
    await handle.truncate(end).catch(() => undefined)
    throw error
  }
}

/** Where the last whole line ends: a crash may have cut off the one after it. */
async function endOfLastLine(handle: FileHandle, size: number): Promise<number> {
  const chunk = Buffer.alloc(65_536)
  for (let end = size; end > 0;) {
    const start = Math.max(0, end - chunk.length)
    const { bytesRead } = await handle.read(chunk, 0, end - start, start)
    const at = chunk.subarray(0, bytesRead).lastIndexOf(0x0a)
    if (at >= 0) return start + at + 1
    end = start
  }
  return 0
}

function parseJournal(file: string, text: string): readonly JournalEntry[] {
  const lines = text.slice(0, text.lastIndexOf('\n') + 1).split('\n')
  lines.pop()
  const [head, ...rest] = lines
  if (head === undefined) return []
  const format = parseStored(head)
  if ('problem' in format) throw refusedText(file, format)
  return rest.map((line, index) => {
    const entry = parseLine(line)
    if (!isJournalEntry(entry))
      throw refusedText(file, { problem: 'garbled', why: `its line ${index + 2} is no entry` })
    return entry
  })
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
