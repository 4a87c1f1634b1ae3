import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts'
import type { JournalEntry } from '../model/journal.ts'
import { isRunName, type Ledger } from './contract.ts'
import { inTurn } from './in-turn.ts'
import { isJournalEntry } from './journal-text.ts'
import { LedgerError } from './ledger-error.ts'
import { currentFormat } from './migrations.ts'
import type { Pause } from './object-ledger.ts'
import type { ObjectStore } from './object-store.ts'
import { refusedText } from './refused-text.ts'
import { runNamed } from './run-name.ts'
import { parseStored } from './section-text.ts'

const attempts = 25

/** How many objects of a journal are read at a time. */
const together = 16

/** Journals in a bucket: each addition is an object of its own, numbered without gaps, and never replaced. */
export function objectJournal(
  store: ObjectStore,
  { mark, pause }: { readonly mark: () => string; readonly pause: Pause },
): Ledger['journal'] {
  const next = new Map<string, number>()

  async function add(run: string, entries: readonly JournalEntry[]): Promise<void> {
    const own = mark()
    const text = `${JSON.stringify({ formatVersion: currentFormat.version, written: own, entries })}\n`
    // Most runs begin a journal: whether there is one already shows when the first number is taken.
    let number = next.get(run) ?? 1
    let unknown: Diagnostic | undefined
    for (let attempt = 0; attempt < attempts; attempt++) {
      const key = keyOf(run, number)
      const put = await store.put(key, text, { absent: true })
      if (put.end === 'written' || (await isOwn(key, own, unknown))) {
        next.set(run, number + 1)
        return
      }
      // Refused and not one's own: it was taken before, or somebody else took it.
      if (put.end === 'refused') number = Math.max(number, (await store.list(folderOf(run))).length) + 1
      else unknown = put.problem
      await pause(attempt)
    }
    throw new LedgerError(unknown ?? diagnostic('ledger/busy', { file: store.at(folderOf(run)) }))
  }

  async function isOwn(key: string, own: string, unknown: Diagnostic | undefined): Promise<boolean> {
    try {
      const found = await store.get(key)
      return found !== undefined && partOf(store.at(key), found.text).written === own
    } catch (error) {
      throw unknown === undefined ? error : new LedgerError(unknown)
    }
  }

  return {
    async append(run, entries) {
      const folder = folderOf(runNamed(run))
      if (entries.length > 0) await inTurn(store.at(folder), () => add(run, entries))
    },
    async read(run) {
      if (!isRunName(run)) return []
      const keys = await store.list(folderOf(run))
      const entries: JournalEntry[] = []
      for (let start = 0; start < keys.length; start += together) {
        const texts = await Promise.all(keys.slice(start, start + together).map(key => store.get(key)))
        texts.forEach((found, index) => {
          const key = keyOf(run, start + index + 1)
          if (found === undefined || keys[start + index] !== key)
            throw refusedText(store.at(key), { problem: 'garbled', why: 'it is missing' }, 'versions')
          entries.push(...partOf(store.at(key), found.text).entries)
        })
      }
      return entries
    },
  }
}

const folderOf = (run: string): string => `journal/${run}/`

const keyOf = (run: string, number: number): string => `${folderOf(run)}${String(number).padStart(10, '0')}.json`

function partOf(file: string, text: string): { readonly written: unknown; readonly entries: readonly JournalEntry[] } {
  const parsed = parseStored(text)
  if ('problem' in parsed) throw refusedText(file, parsed, 'versions')
  const { written, entries } = parsed.document
  if (!Array.isArray(entries) || !entries.every(isJournalEntry))
    throw refusedText(file, { problem: 'garbled', why: 'it does not hold what it must' }, 'versions')
  return { written, entries }
}
