import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import writeFileAtomic from 'write-file-atomic'
import { diagnostic } from '../diagnostics/diagnostic.ts'
import { fileReason } from '../diagnostics/file-reason.ts'
import { isObject } from '../model/json.ts'
import type { Ledger, SectionName, Sections } from './contract.ts'
import { withFileLock } from './file-lock.ts'
import { LedgerError } from './ledger-error.ts'
import { sectionShapes } from './section-shapes.ts'

const formatVersion = '1.0'

/** A ledger in a folder: one JSON file for each section, written whole and readable by its owner only. */
export function folderLedger(folder: string): Ledger {
  const fileOf = (section: SectionName) => join(folder, `${section}.json`)

  async function read<Name extends SectionName>(section: Name): Promise<Sections[Name] | undefined> {
    const file = fileOf(section)
    let text: string
    try {
      text = await readFile(file, 'utf8')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
      throw new LedgerError(diagnostic('ledger/unreadable', { file, why: fileReason(error) }))
    }
    return parse(section, file, text) as Sections[Name]
  }

  return {
    place: folder,
    read,
    async update(section, change) {
      const file = fileOf(section)
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 })
        await withFileLock(file, async () => {
          const content = change(await read(section))
          await writeFileAtomic(file, `${JSON.stringify({ formatVersion, content }, null, 1)}\n`, { mode: 0o600 })
        })
      } catch (error) {
        // What the change itself throws is a bug of its own, not a ledger that cannot be written.
        if (error instanceof LedgerError || (error as NodeJS.ErrnoException).code === undefined) throw error
        throw new LedgerError(diagnostic('ledger/unwritable', { file, why: fileReason(error) }))
      }
    },
  }
}

function parse(section: SectionName, file: string, text: string): unknown {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new LedgerError(
      diagnostic('ledger/garbled', { file, why: text.trim() === '' ? 'it is empty' : 'it is not JSON' }),
    )
  }
  if (!isObject(value) || typeof value['formatVersion'] !== 'string' || !isObject(value['content'])) {
    throw new LedgerError(diagnostic('ledger/garbled', { file, why: 'it has no format version' }))
  }
  // Within 1.x members are only added; another first number may mean something else by the same words.
  if (!value['formatVersion'].startsWith('1.')) {
    throw new LedgerError(diagnostic('ledger/newer', { file, version: value['formatVersion'] }))
  }
  if (!sectionShapes[section](value['content'])) {
    throw new LedgerError(diagnostic('ledger/garbled', { file, why: 'it does not hold what this file must' }))
  }
  return value['content']
}
