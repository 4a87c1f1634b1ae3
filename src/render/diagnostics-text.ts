import { lineIndex, type LineIndex } from '../diagnostics/line-index.ts'
import type { DiagnosticDocument } from '../model/diagnostic-document.ts'
import { explainedIn } from './explained-at.ts'
import { forTerminal } from './harmless.ts'
import { placeOf } from './place.ts'
import { sourceExcerpt } from './source-excerpt.ts'
import { paragraph, type Style } from './style.ts'

/** What it takes to show diagnostics to a person. */
export interface DiagnosticContext {
  readonly style: Style
  /** The folder that files are relative to, as it was given: `policies`. */
  readonly folder: string
  /** The texts of the files, for the lines shown. */
  readonly texts: ReadonlyMap<string, string>
  /** Whether each says where its code is explained. */
  readonly explained?: boolean
}

/** Diagnostics for a terminal: severity, what is wrong, code; place and line; how to mend it. */
export function diagnosticsText(diagnostics: readonly DiagnosticDocument[], context: DiagnosticContext): string {
  const indexes = new Map<string, LineIndex>()
  const linesOf = (file = ''): LineIndex | undefined => {
    const text = context.texts.get(file)
    const lines = indexes.get(file) ?? (text === undefined ? undefined : lineIndex(text))
    if (lines !== undefined) indexes.set(file, lines)
    return lines
  }
  return diagnostics.map(found => one(found, linesOf(found.file), context)).join('\n')
}

function one(
  found: DiagnosticDocument,
  lines: LineIndex | undefined,
  { style, folder, explained = false }: Omit<DiagnosticContext, 'texts'>,
): string {
  const paint = { error: style.red, warning: style.yellow, note: style.cyan }[found.severity]
  const head = `${found.severity}[${found.code}]: `
  const [first = '', ...rest] = paragraph(forTerminal(found.summary), style.width, head, '  ')
  const gutter = String(found.line ?? '').length + 1
  const margin = style.dim(`${' '.repeat(gutter)}|`)
  const [line, carets] = sourceExcerpt(lines, found, Math.max(30, Math.min(100, style.width - gutter - 2)))
  return [
    paint(style.bold(head.trimEnd())) + first.slice(head.length - 1),
    ...rest,
    ...(found.file === undefined ? [] : [style.dim(`${' '.repeat(gutter - 1)}--> `) + placeOf(folder, found)]),
    ...(line === undefined || carets === undefined
      ? []
      : [margin, `${style.dim(`${found.line ?? ''} |`)} ${line}`, `${margin} ${paint(carets)}`]),
    ...(found.related ?? []).flatMap(other =>
      paragraph(
        `${placeOf(folder, other)}: ${forTerminal(other.summary)}`,
        style.width,
        `${' '.repeat(gutter)}${style.dim('=')} `,
        ' '.repeat(gutter + 2),
      ),
    ),
    ...(found.hint === undefined
      ? []
      : paragraph(
          forTerminal(found.hint),
          style.width,
          `${' '.repeat(gutter)}${style.dim('=')} `,
          ' '.repeat(gutter + 2),
        )),
    // Not broken: half of an address cannot be copied.
    ...(explained ? [style.dim(`${' '.repeat(gutter)}= ${forTerminal(explainedIn(found.code))}`)] : []),
    '',
  ].join('\n')
}

/** `2 errors, 1 warning`; empty where there is nothing. */
export function tally(diagnostics: readonly DiagnosticDocument[]): string {
  const parts = (['error', 'warning', 'note'] as const).flatMap(severity => {
    const number = diagnostics.filter(found => found.severity === severity).length
    return number === 0 ? [] : [`${number} ${severity}${number === 1 ? '' : 's'}`]
  })
  return parts.join(', ')
}
