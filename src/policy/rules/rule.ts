import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import { diagnostic } from '../../diagnostics/diagnostic.ts'
import type { Code, Facts } from '../../diagnostics/catalogue.ts'
import type { Resource, Resources } from '../../kinds/resource.ts'
import type { Span } from '../../model/span.ts'

/** What a rule may look at: the documents that are left when their schemas have refused what they must. */
export interface Folder extends Resources {
  /** Absent where there is none or more than one. */
  readonly organization?: Resource<'Organization'>
  /** The day it is, in UTC: `2026-11-24`. */
  readonly today: string
}

/** One thing that documents refuse, in one file. */
export type Rule = (folder: Folder) => readonly Diagnostic[]

/** Orders places by path (byte order), then position. */
export function compareSpan(a: Span, b: Span): number {
  return compareBytes(a.file, b.file) || a.start - b.start
}

/** Orders as UTF-8 would, which is by code point. */
export function compareBytes(a: string, b: string): number {
  const [left, right] = [Array.from(a), Array.from(b)]
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const difference = (left[index]?.codePointAt(0) ?? 0) - (right[index]?.codePointAt(0) ?? 0)
    if (difference !== 0) return difference
  }
  return left.length - right.length
}

/** A contradiction between places is reported at the last of them; the others are related. */
export function conflict<C extends Code>(
  code: C,
  facts: Facts[C],
  places: readonly { readonly span: Span; readonly summary: string }[],
): Diagnostic {
  const sorted = [...places].sort((a, b) => compareSpan(a.span, b.span))
  const last = sorted.at(-1)
  return diagnostic(code, facts, { span: last?.span, related: sorted.slice(0, -1) })
}
