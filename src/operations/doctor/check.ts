import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import { wordsOf } from '../../diagnostics/to-document.ts'
import type { DoctorCheck } from '../../model/doctor-report.ts'

export const ok = (check: string, summary: string): DoctorCheck => ({ check, status: 'ok', summary })

export const warning = (check: string, summary: string, fix?: string): DoctorCheck => ({
  check,
  status: 'warning',
  summary,
  ...(fix !== undefined && { fix }),
})

export const failed = (check: string, summary: string, fix?: string): DoctorCheck => ({
  ...warning(check, summary, fix),
  status: 'failed',
})

export const notChecked = (check: string, why: string, fix?: string): DoctorCheck => ({
  ...warning(check, why, fix),
  status: 'not-checked',
})

/** A check that a diagnostic decides, in its words. */
export function because(check: string, status: 'warning' | 'failed', diagnostic: Diagnostic): DoctorCheck {
  const { summary, hint } = wordsOf(diagnostic)
  return { ...warning(check, summary, hint), status }
}

/** `a`, `a and b`, `a, b and c`. */
export const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`
