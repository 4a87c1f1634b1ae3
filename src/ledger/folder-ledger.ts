import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Ledger, SectionName, Sections } from './contract.ts'
import { clearAbandoned, withFileLock } from './file-lock.ts'
import { ifThere, withFile } from './file-problem.ts'
import { folderJournal } from './folder-journal.ts'
import { folderRecords } from './folder-records.ts'
import { currentFormat, type LedgerFormat } from './migrations.ts'
import { refusedText, type KeptContent } from './refused-text.ts'
import { parseSection, sectionText } from './section-text.ts'

/** A ledger in a folder: one JSON file for each section, written whole and readable by its owner only. */
export function folderLedger(folder: string, format: LedgerFormat = currentFormat): Ledger {
  const fileOf = (section: SectionName) => join(folder, `${section}.json`)
  const previousOf = (section: SectionName) => join(folder, 'previous', `${section}.json`)

  async function read<Name extends SectionName>(section: Name): Promise<Sections[Name] | undefined> {
    const file = fileOf(section)
    const text = await withFile(file, 'ledger/unreadable', () => ifThere(readFile(file, 'utf8')))
    if (text === undefined) return undefined
    const parsed = parseSection(section, text, format)
    if ('problem' in parsed) throw refusedText(file, parsed, await keptOf(section))
    return parsed.content
  }

  /** What a damaged section was before, where that is whole itself. */
  async function keptOf(section: SectionName): Promise<KeptContent | undefined> {
    const file = previousOf(section)
    try {
      if ('problem' in parseSection(section, await readFile(file, 'utf8'), format)) return undefined
      return { file, at: (await stat(file)).mtime.toISOString() }
    } catch {
      return undefined
    }
  }

  return {
    place: folder,
    read,
    async update(section, change) {
      const file = fileOf(section)
      await withFile(file, 'ledger/unwritable', async () => {
        // A run that goes on after a killed one may write other sections than that one was about to: each run begins with the lock.
        await clearAbandoned(folder, section === 'lock')
        await withFileLock(file, async replace => {
          const content = change(await read(section))
          await replace(sectionText(content, format), previousOf(section))
        })
      })
    },
    journal: folderJournal(folder),
    records: folderRecords(folder),
  }
}
