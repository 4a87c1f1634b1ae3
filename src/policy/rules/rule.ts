import { diagnostic, type Diagnostic } from '../../diagnostics/diagnostic.ts'
import type { Code, Facts } from '../../diagnostics/catalogue.ts'
import type { KindName, Specs } from '../../kinds/index.ts'
import type { Resource } from '../../kinds/resource.ts'
import type { Address } from '../../model/address.ts'
import type { Span } from '../../model/span.ts'
import type { Path } from '../locate.ts'

/** A document as rules see it: what its schema refuses is taken out, so that any of its members may be missing. */
export interface Draft<K extends KindName = KindName> extends Omit<Resource<K>, 'spec'> {
  readonly spec: Partial<Specs[K]>
  /** Whether something is written at a path, refused or not: what is only refused must not be called missing. */
  readonly wrote: (path: Path) => boolean
  /** Whether its schema refuses nothing of it. */
  readonly whole: boolean
  /** The file that it stands in. */
  readonly file: string
}

export type Drafts = { readonly [K in KindName]: readonly Draft<K>[] }

/** What a rule may look at. */
export interface Folder extends Drafts {
  /** Absent where there is none or more than one. */
  readonly organization?: Draft<'Organization'>
  /** The day it is, in UTC: `2026-11-24`. */
  readonly today: string
  /** All documents by kind and name, whatever is wrong with them. */
  readonly names: readonly Address[]
  /** Texts in which some document could not be read. */
  readonly unread: readonly string[]
}

/** One thing that documents refuse, in one file. */
export type Rule = (folder: Folder) => readonly Diagnostic[]

/** Orders places by path (byte order), then position. */
export function compareSpan(a: Span, b: Span): number {
  return compareBytes(a.file, b.file) || a.start - b.start
}

/** Orders as UTF-8 would, which is by code point. */
export function compareBytes(a: string, b: string): number {
  if (a === b) return 0
  const shorter = Math.min(a.length, b.length)
  for (let index = 0; index < shorter; index++) {
    const difference = rank(a.charCodeAt(index)) - rank(b.charCodeAt(index))
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

/** Halves of code points above U+FFFF come after all that is not halved. */
const rank = (unit: number): number => (unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800)

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
