import { isObject, isStrings, type JsonObject } from '../model/json.ts'
import type { SectionName, Sections } from './contract.ts'
import { currentFormat, migrated, versionNumbers, type LedgerFormat } from './migrations.ts'
import { sectionShapes } from './section-shapes.ts'

/** Why stored text cannot be used: it is damaged, or written by a Postern that came later. */
export type TextProblem =
  { readonly problem: 'garbled'; readonly why: string } | { readonly problem: 'newer'; readonly version: string }

/** A section as it was stored. `written` are the marks of the last updates, the newest first, where the store keeps them. */
export interface StoredSection<Name extends SectionName> {
  readonly content: Sections[Name]
  readonly written: readonly string[]
}

const garbled = (why: string): TextProblem => ({ problem: 'garbled', why })

/** The members of a stored document whose format this Postern understands. */
export function parseStored(
  text: string,
  { version: current }: LedgerFormat = currentFormat,
): { readonly document: JsonObject; readonly version: string } | TextProblem {
  if (text.trim() === '') return garbled('it is empty')
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch {
    return garbled('it is not JSON')
  }
  const version = isObject(document) ? document['formatVersion'] : undefined
  const numbers = typeof version === 'string' ? versionNumbers(version) : undefined
  if (!isObject(document) || typeof version !== 'string' || numbers === undefined)
    return garbled('it has no format version')
  // Within one first number members are only added; another one may mean something else by the same words.
  if (numbers[0] > (versionNumbers(current)?.[0] ?? 0)) return { problem: 'newer', version }
  return { document, version }
}

/** The content of a stored section, migrated to the current format and looked through. */
export function parseSection<Name extends SectionName>(
  section: Name,
  text: string,
  format: LedgerFormat = currentFormat,
): StoredSection<Name> | TextProblem {
  const parsed = parseStored(text, format)
  if ('problem' in parsed) return parsed
  const { content, written } = parsed.document
  if (!isObject(content)) return garbled('it has no content')
  const current = migrated(section, parsed.version, content, format)
  if (!sectionShapes[section](current)) return garbled('it does not hold what it must')
  return { content: current as unknown as Sections[Name], written: isStrings(written) ? written : [] }
}

/** A section as it is stored. */
export const sectionText = (
  content: Sections[SectionName],
  format: LedgerFormat = currentFormat,
  written?: readonly string[],
): string =>
  `${JSON.stringify({ formatVersion: format.version, ...(written !== undefined && { written }), content }, null, 1)}\n`
