import { Composer, type CST, type Document } from 'yaml'

/** Errors after which the rest of a file is not composed. A hostile text has one in every second byte, and each costs its time. */
export const maximumErrors = 10_000

/** Something that the YAML library refuses, or warns of: both are refused here. */
export interface YamlProblem {
  readonly code: string
  readonly message: string
  readonly pos: readonly [start: number, end: number]
}

/** A document, or why there is none. */
export interface Composed {
  readonly document?: Document.Parsed
  readonly problem?: YamlProblem
}

/** The documents in a stream of tokens, in order. */
export function* composeDocuments(tokens: readonly CST.Token[], length: number): Generator<Composed> {
  const composer = new Composer({
    version: '1.2',
    schema: 'core',
    // Without this `!!binary` and `!!set` are taken, which no kind knows.
    resolveKnownTags: false,
    merge: false,
    // The library compares each key with each other one.
    uniqueKeys: false,
    stringKeys: true,
    logLevel: 'silent',
  })
  const first = limitErrors(composer)
  try {
    for (const document of composer.compose(tokens, true, length)) {
      const problem = document.errors[0] ?? document.warnings[0]
      yield problem === undefined ? { document } : { problem }
      first.problem = undefined
    }
  } catch (error) {
    if (!(error instanceof TooManyErrors)) throw error
    if (first.problem !== undefined) yield { problem: first.problem }
  }
}

class TooManyErrors extends Error {}

type Report = (source: ErrorSource, code: string, message: string, warning?: boolean) => void
type ErrorSource = number | readonly [number, number] | { readonly offset: number }

/** Throws at the last error that is allowed. `onError` is private to the library, whose version is pinned; a test keeps the limit. */
function limitErrors(composer: Composer): { problem: YamlProblem | undefined } {
  const first: { problem: YamlProblem | undefined } = { problem: undefined }
  const { onError } = composer as unknown as { readonly onError: Report }
  let left = maximumErrors
  const report: Report = (source, code, message, warning) => {
    first.problem ??= { code, message, pos: positionOf(source) }
    if (--left < 0) throw new TooManyErrors()
    onError(source, code, message, warning)
  }
  Object.assign(composer, { onError: report })
  return first
}

function positionOf(source: ErrorSource): readonly [number, number] {
  if (typeof source === 'number') return [source, source + 1]
  return 'offset' in source ? [source.offset, source.offset + 1] : source
}
