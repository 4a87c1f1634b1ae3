import canonicalize from 'canonicalize'
import type { Diagnostic } from '../../diagnostics/diagnostic.ts'

/** Diagnostics, and the texts of the files that they point into. */
export interface Noticed {
  readonly diagnostics: readonly Diagnostic[]
  readonly texts: ReadonlyMap<string, string>
}

/**
 * The positions of the diagnostics of `head` that `base` has, too: of one code, with the same facts, at a line that reads the same, wherever it stands. In the same file first: a file may be renamed,
 * and what one copies from it is new. Each of `base` counts once.
 */
export function knownBefore(head: Noticed, base: Noticed): readonly number[] {
  /** The files of what `base` has and nothing was matched with yet, by what makes it the same. */
  const left = new Map<string, (string | undefined)[]>()
  for (const found of base.diagnostics) {
    const key = keyOf(found, base.texts)
    left.set(key, [...(left.get(key) ?? []), found.span?.file])
  }
  const wanted = head.diagnostics.map(found => ({ file: found.span?.file, key: keyOf(found, head.texts) }))
  const known = new Set<number>()
  for (const isSameFile of [true, false]) {
    for (const [position, { file, key }] of wanted.entries()) {
      const files = left.get(key)
      if (known.has(position) || files === undefined || files.length === 0) continue
      const match = isSameFile ? files.indexOf(file) : 0
      if (match === -1) continue
      files.splice(match, 1)
      known.add(position)
    }
  }
  return [...known].sort((a, b) => a - b)
}

const keyOf = ({ code, severity, facts, span }: Diagnostic, texts: ReadonlyMap<string, string>): string =>
  canonicalize([code, severity, facts, span === undefined ? null : lineAt(texts.get(span.file) ?? '', span.start)]) ??
  code

/** The line around an offset, without what an editor may have put around it. */
function lineAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  const end = text.indexOf('\n', offset)
  return text.slice(start, end === -1 ? undefined : end).trim()
}
