import type { ErrorObject } from 'ajv'
import { isObject, type Json } from '../model/json.ts'
import { type KindName } from '../kinds/index.ts'
import validators from './generated/validators.js'
import type { Path } from './locate.ts'
import type { ReadDocument } from './read-node.ts'

/** A document without what its schema refuses. */
export interface Salvaged extends ReadDocument {
  /** Whether something is written at a path, refused or not: what is only refused must not be called missing. */
  readonly wrote: (path: Path) => boolean
  /** Nothing of it was refused. */
  readonly whole: boolean
  /** It is as its schema says: nothing of it is refused, and nothing is missing. */
  readonly fits: boolean
}

/**
 * What is left of a document when everything its schema refuses is taken out, so that the rules between documents still see the rest and
 * every problem is reported in one run. Of what is left only members of the document itself may be missing; whatever is inside them is as its
 * schema says. Places keep pointing into the text as written.
 */
export function salvage(kind: KindName, { value, locate }: ReadDocument): Salvaged {
  const validate = validators[kind]
  // What most documents are: no copy, and places that need no translation.
  if (validate(value)) return { value, locate, wrote: path => isWritten(value, path), whole: true, fits: true }
  const refused = new Set<string>()
  for (;;) {
    const { rest, kept } = without(value, refused)
    const before = refused.size
    // An item may be left without what it needs when a member of it is taken out: then it goes too.
    if (!validate(rest)) for (const error of validate.errors ?? []) refuse(refused, error, kept)
    if (refused.size > before) continue
    return {
      value: rest,
      locate: path => locate(asWritten(path, kept)),
      wrote: path => isWritten(value, asWritten(path, kept)),
      whole: refused.size === 0,
      fits: false,
    }
  }
}

/** Indexes into a list as written, by the pointer to it, of the items that were kept. */
type Kept = ReadonlyMap<string, readonly number[]>

function refuse(refused: Set<string>, { keyword, instancePath, params }: ErrorObject, kept: Kept): void {
  const steps = instancePath.split('/').slice(1)
  const pointer = pointerTo(asWritten(steps.map(unescape), kept))
  if (keyword === 'additionalProperties')
    refused.add(`${pointer}/${escape(String((params as Record<string, unknown>)['additionalProperty']))}`)
  else if (pointer !== '') refused.add(pointer)
}

function without(value: Json, refused: ReadonlySet<string>): { readonly rest: Json; readonly kept: Kept } {
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

  return refused.size === 0 ? { rest: value, kept } : { rest: prune(value, ''), kept }
}

const escape = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1')

const unescape = (step: string): string => step.replaceAll('~1', '/').replaceAll('~0', '~')

const pointerTo = (path: Path): string => path.map(step => `/${escape(String(step))}`).join('')

function asWritten(path: Path, kept: Kept): Path {
  let pointer = ''
  return path.map(step => {
    const original = kept.get(pointer)?.[Number(step)] ?? step
    pointer += `/${escape(String(original))}`
    return original
  })
}

function isWritten(value: Json, path: Path): boolean {
  let inside: Json | undefined = value
  for (const step of path) {
    if (typeof inside !== 'object' || inside === null || !Object.hasOwn(inside, step)) return false
    inside = (inside as Readonly<Record<string | number, Json>>)[step]
  }
  return true
}
