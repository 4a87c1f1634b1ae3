import { count } from '../diagnostics/wording.ts'
import { keptCollections, type DriftReport } from '../model/drift.ts'
import { timeWords } from './coverage-words.ts'
import { digits } from './digits.ts'
import { age } from './evidence-words.ts'

// What stands here is plain text: whoever prints it makes it harmless for the output.

/** What has to stand beside every word that calls an incremental check complete or in sync; empty for one that read everything. */
export const asFarAs = ({ reading }: Pick<DriftReport, 'reading'>): string =>
  reading.kind === 'incremental' ? ' as far as the audit log tells' : ''

/** When everything was last read, where that was not now. Without a time to compare it with it is shown as it is. */
export function lastReadWords({ reading: { kind, fullAt } }: Pick<DriftReport, 'reading'>, now?: Date): string {
  if (kind === 'full') return ''
  const ago = now === undefined || Number.isNaN(Date.parse(fullAt)) ? 'now' : age(fullAt, now)
  return `everything was last read ${timeWords(fullAt)}${ago === 'now' ? '' : `, ${ago} ago`}`
}

/** What was not read again and what that saved, or why everything was read; empty where there is nothing to say. */
export function readingWords({ reading, requests }: Pick<DriftReport, 'reading' | 'requests'>): string {
  const why = reading.because.map(({ summary }) => summary).join('; ')
  const { kept } = reading
  if (kept === undefined) return why === '' ? '' : `Everything was read: ${why}.`
  const again = kept.accountsReadAgain === 0 ? '' : `, but for ${count(kept.accountsReadAgain, 'account')}`
  const what = kept.collections.map(name => keptCollections[name]).join(', ')
  return `Not read again: ${what}${again}; --full reads everything. ${digits(requests.reads)} requests in place of ${digits(kept.fullRequests)}.${why === '' ? '' : ` Read all the same: ${why}.`}`
}
