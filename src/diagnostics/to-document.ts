import type { DiagnosticDocument } from '../model/diagnostic-document.ts'
import type { Source, Span } from '../model/span.ts'
import { wording, type Code, type Facts } from './catalogue.ts'
import type { Diagnostic } from './diagnostic.ts'
import { lineIndex, type LineIndex } from './line-index.ts'
import type { Wording } from './wording.ts'

/** The words of a diagnostic, bounded: what they quote may be as long as a file. */
export function wordsOf<C extends Code>({ code, facts }: Diagnostic<C>): Wording {
  const { summary, hint } = (wording[code] as unknown as (facts: Facts[C]) => Wording)(facts)
  return { summary: bounded(summary), ...(hint !== undefined && { hint: bounded(hint) }) }
}

const longestText = 4000

function bounded(text: string): string {
  const words = text.replace(/\S{200,}/g, word => `${word.slice(0, 199)}…`)
  return words.length > longestText ? `${words.slice(0, longestText)}…` : words
}

/** Turns offsets into lines and columns, indexing each text once and only when it is asked for. */
export class Places {
  readonly #texts: ReadonlyMap<string, string>
  readonly #indexes = new Map<string, LineIndex>()

  constructor(texts: ReadonlyMap<string, string>) {
    this.#texts = texts
  }

  source({ file, start }: Span): Source {
    return { file, ...this.#index(file).position(start) }
  }

  document(found: Diagnostic): DiagnosticDocument {
    const { code, severity, span, related } = found
    const { summary, hint } = wordsOf(found)
    return {
      code,
      severity,
      summary,
      ...(hint !== undefined && { hint }),
      ...(span !== undefined && this.#range(span)),
      ...(related !== undefined && {
        related: related.map(other => ({ ...this.source(other.span), summary: other.summary })),
      }),
    }
  }

  #range(span: Span) {
    const { line, column } = this.source(span)
    const end = this.#index(span.file).position(span.end)
    return { file: span.file, line, column, endLine: end.line, endColumn: end.column }
  }

  #index(file: string): LineIndex {
    const known = this.#indexes.get(file)
    if (known !== undefined) return known
    const index = lineIndex(this.#texts.get(file) ?? '')
    this.#indexes.set(file, index)
    return index
  }
}
