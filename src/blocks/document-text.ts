import canonicalize from 'canonicalize'
import { isKindName, type KindName } from '../kinds/index.ts'
import { isObject, type JsonObject } from '../model/json.ts'

/** One document, apart from where it stands. Account lists are put into the policies that name them. */
export interface DocumentValue {
  readonly kind: KindName
  readonly name: string
  readonly spec: JsonObject
}

/** A document as one text: JSON with sorted members (RFC 8785), so that the same document is always the same text. */
export const documentText = (spec: JsonObject): string => canonicalize(spec) ?? '{}'

/** The document that a text holds; undefined where it is not JSON, or has no kind and name. Whether it is valid is asked elsewhere. */
export function documentOfText(text: string): DocumentValue | undefined {
  const spec = parsed(text)
  if (!isObject(spec)) return undefined
  const { kind, name } = spec
  if (typeof kind !== 'string' || !isKindName(kind) || typeof name !== 'string') return undefined
  return { kind, name, spec }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
