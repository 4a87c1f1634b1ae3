import { isObject, type Json } from '../model/json.ts'
import { type KindName } from '../kinds/index.ts'
import validators from './generated/validators.js'
import type { Path, ReadDocument } from './read-node.ts'

/**
 * What is left of a document when everything its schema refuses is taken out, so that the rules between documents still see the rest and
 * every problem is reported in one run. Undefined where nothing usable is left. Places keep pointing into the text as written.
 */
export function salvage(kind: KindName, document: ReadDocument): ReadDocument | undefined {
  const validate = validators[kind]
  if (validate(document.value)) return document
  const errors = validate.errors ?? []
  if (
    errors.some(
      error => error.instancePath === '' && error.keyword !== 'additionalProperties' && !tolerable(kind, error.keyword),
    )
  )
    return undefined
  const refused = new Set(
    errors.map(({ keyword, instancePath, params }) =>
      keyword === 'additionalProperties'
        ? `${instancePath}/${escape(String((params as Record<string, unknown>)['additionalProperty']))}`
        : instancePath,
    ),
  )
  const kept = new Map<string, readonly number[]>()

  function prune(value: Json, pointer: string): Json {
    if (Array.isArray(value)) {
      const items = value as readonly Json[]
      const indexes = items.map((_, index) => index).filter(index => !refused.has(`${pointer}/${index}`))
      kept.set(pointer, indexes)
      return indexes.map(index => prune(items[index] ?? null, `${pointer}/${index}`))
    }
    if (!isObject(value)) return value
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key]) => !refused.has(`${pointer}/${escape(key)}`))
        .map(([key, inner]) => [key, prune(inner, `${pointer}/${escape(key)}`)]),
    )
  }

  const value = prune(document.value, '')
  return { value, locate: path => document.locate(asWritten(path, kept)) }
}

/** The rules need nothing that the Organization document must have, and without it none of them could say anything. */
const tolerable = (kind: KindName, keyword: string): boolean => kind === 'Organization' && keyword === 'required'

const escape = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1')

function asWritten(path: Path, kept: ReadonlyMap<string, readonly number[]>): Path {
  let pointer = ''
  return path.map(step => {
    const original = typeof step === 'number' ? (kept.get(pointer)?.[step] ?? step) : step
    pointer += `/${typeof original === 'string' ? escape(original) : original}`
    return original
  })
}
