import type { Json } from '../model/json.ts'

/** One request to the public API, without its headers: the key is never kept. */
export interface RecordedRequest {
  readonly method: string
  /** From the host on, as it was sent, without the query. */
  readonly path: string
  readonly query: Readonly<Record<string, readonly string[]>>
  /** The body as JSON, as text where it is none, undefined where there was none. */
  readonly body: Json | undefined
  /** What the caller saw: `reset` where the connection broke, undefined while the answer is on its way. */
  status: number | 'reset' | undefined
}

/** Reads a body: JSON where it is JSON, else the text. */
export function readBody(text: string): Json | undefined {
  if (text === '') return undefined
  try {
    return JSON.parse(text) as Json
  } catch {
    return text
  }
}

/** A query as a record: every name with all of its values. */
export function readQuery(parameters: URLSearchParams): Record<string, string[]> {
  const query: Record<string, string[]> = {}
  for (const name of new Set(parameters.keys())) query[name] = parameters.getAll(name)
  return query
}
