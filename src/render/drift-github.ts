import type { DiagnosticDocument } from '../model/diagnostic-document.ts'
import type { DriftReport } from '../model/drift.ts'
import { timeWords } from './coverage-words.ts'
import { diagnosticsGithub } from './diagnostics-github.ts'
import { differenceDiagnostic, driftTally, lastCompleteWords, noHistoryWords, openByClass } from './drift-words.ts'
import { readingWords } from './reading-words.ts'

/** Workflow commands: the summary, what was not read, each difference that nobody excepted at the line that governs it, the most urgent first, then the diagnostics. */
export function driftGithub(report: DriftReport, folder: string): string {
  const { organization, checkedAt, complete, history, notRead, differences, diagnostics } = report
  const read = readingWords(report)
  const severity = complete ? 'note' : 'error'
  const summary: DiagnosticDocument = {
    code: 'drift',
    severity,
    summary: `Drift of ${organization.name}, checked ${timeWords(checkedAt)}: ${driftTally(report)}. Last complete check: ${lastCompleteWords(report)}.${read === '' ? '' : ` ${read}`}${history ? '' : ` ${noHistoryWords}`}`,
  }
  const unread = notRead.map(({ what, why }): DiagnosticDocument => ({
    code: 'drift/not-read',
    severity,
    summary: `not read: ${what}: ${why}`,
  }))
  const open = openByClass(differences).flatMap(([, found]) => found)
  return diagnosticsGithub(
    [summary, ...unread, ...open.map(one => differenceDiagnostic(one, history)), ...diagnostics],
    folder,
  )
}
