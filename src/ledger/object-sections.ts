import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Ledger, SectionName } from './contract.ts'
import { LedgerError } from './ledger-error.ts'
import type { LedgerFormat } from './migrations.ts'
import type { Pause } from './object-ledger.ts'
import type { ObjectStore } from './object-store.ts'
import { refusedText } from './refused-text.ts'
import { parseSection, sectionText, type StoredSection } from './section-text.ts'

const attempts = 25

/** How many marks an object carries: so many others may replace it before a write whose answer was lost asks whether it took effect. */
const marksKept = 64

/**
 * The sections of a ledger in a bucket. Each replacement names the tag of what it replaces, so that of two at a time one is refused and begins anew. Each puts a mark of its own into the object, which
 * the ones after it carry on: a write whose answer was lost is found again by it, though the repetition was refused and others have written since.
 */
export function objectSections(
  store: ObjectStore,
  { mark, pause, format }: { readonly mark: () => string; readonly pause: Pause; readonly format: LedgerFormat },
): Pick<Ledger, 'read' | 'update'> {
  const keyOf = (section: SectionName) => `${section}.json`

  async function stored<Name extends SectionName>(
    section: Name,
  ): Promise<(StoredSection<Name> & { readonly tag: string }) | undefined> {
    const found = await store.get(keyOf(section))
    if (found === undefined) return undefined
    const parsed = parseSection(section, found.text, format)
    if ('problem' in parsed) throw refusedText(store.at(keyOf(section)), parsed, 'versions')
    return { ...parsed, tag: found.tag }
  }

  return {
    async read(section) {
      return (await stored(section))?.content
    },
    async update(section, change) {
      const key = keyOf(section)
      const marks = new Set<string>()
      let unknown: Diagnostic | undefined
      for (let attempt = 0; ; attempt++) {
        const before = await stored(section).catch((error: unknown) => {
          // That it cannot be read now says less than that something may have been written.
          throw unknown === undefined ? error : new LedgerError(unknown)
        })
        if (before?.written.some(other => marks.has(other)) === true) return
        if (attempt === attempts) throw new LedgerError(unknown ?? diagnostic('ledger/busy', { file: store.at(key) }))
        const content = change(before?.content)
        const own = mark()
        marks.add(own)
        const text = sectionText(content, format, [own, ...(before?.written ?? [])].slice(0, marksKept))
        const put = await store.put(key, text, before === undefined ? { absent: true } : { tag: before.tag })
        if (put.end === 'written') return
        if (put.end === 'unknown') unknown = put.problem
        await pause(attempt)
      }
    },
  }
}
