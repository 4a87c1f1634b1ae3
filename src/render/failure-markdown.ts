import type { DiagnosticDocument } from '../model/diagnostic-document.ts'
import { tally } from './diagnostics-text.ts'
import { fitted } from './review/fit.ts'
import { penFor } from './review/pen.ts'
import { messages } from './review/rest-sections.ts'
import type { ReviewView } from './review/view.ts'

/** That there is no plan, or nothing was applied, and why. */
export function failureMarkdown(title: string, diagnostics: readonly DiagnosticDocument[], view: ReviewView): string {
  const pen = penFor(view)
  const head = diagnostics.length === 0 ? title : `${title}: ${tally(diagnostics)}`
  return fitted(`### ${pen.prose(head)}`, messages(diagnostics, pen), view)
}
