import type { Json } from '../model/json.ts'
import { isObject } from '../model/json.ts'
import { queryPairs } from './assumptions.ts'
import { operationNamed, type OperationName, type Operations } from './operations.ts'
import type { ApiCall } from './send.ts'

type Braced<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}` ? Name | Braced<Rest> : never

/** The parameters in the path of an operation, but for the organization, which the client knows. */
export type Params<N extends OperationName> = Readonly<Record<Exclude<Braced<Operations[N]['path']>, 'orgId'>, string>>

/** Filters in a query. Absent values are left out. */
export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>

/** What a call carries besides the parameters of its path. */
export interface CallContent {
  readonly query?: Query
  readonly body?: Json
}

/** The call of a catalogued operation. Throws a `RangeError` for a parameter that cannot stand in a path. */
export function apiCall<N extends OperationName>(
  name: N,
  params: Params<N> & { readonly orgId: string },
  { query = {}, body }: CallContent = {},
): ApiCall {
  const operation = operationNamed(name)
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, parameter: string) =>
    segment((params as Readonly<Record<string, string>>)[parameter]),
  )
  return { operation, method: operation.method, path: path + search(query), ...(body !== undefined && { body }) }
}

/** The same call for the page that a cursor stands for: filters are sent along again (ref 4). */
export function withCursor(call: ApiCall, cursor: string): ApiCall {
  if (call.method === 'POST') return { ...call, body: { ...(isObject(call.body) ? call.body : {}), cursor } }
  const [path = '', query = ''] = call.path.split('?')
  const pairs = new URLSearchParams(query)
  pairs.set('cursor', cursor)
  return { ...call, path: `${path}?${pairs.toString()}` }
}

// An id from an answer or a document must not be able to leave its place in the path.
function segment(value: string | undefined): string {
  if (value === undefined || value === '' || value === '.' || value === '..') {
    throw new RangeError(`${JSON.stringify(value)} cannot stand in a path`)
  }
  return encodeURIComponent(value).replaceAll('%3A', ':')
}

function search(query: Query): string {
  const pairs = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue
    if (typeof value === 'object') for (const [each, item] of queryPairs(name, value)) pairs.append(each, item)
    else pairs.append(name, String(value))
  }
  return pairs.size === 0 ? '' : `?${pairs.toString()}`
}
