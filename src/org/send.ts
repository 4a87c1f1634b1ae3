import type { ApiRequest } from '../model/api-request.ts'
import type { Json } from '../model/json.ts'
import type { Operation } from './catalogue/operation.ts'

/** One call of a catalogued operation. `path` starts at the host and holds the query. */
export interface ApiCall extends ApiRequest {
  readonly operation: Operation
  /** Counts from 1; absent before the call reaches the retry. */
  readonly attempt?: number
}

/** The answer to a call. `other` content is not JSON: a page of a proxy, or an answer that was cut off. */
export interface ApiResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly content: 'json' | 'empty' | 'other'
  /** Present exactly where the content is JSON. */
  readonly body?: Json
  /** An earlier attempt at this write may have been carried out. */
  readonly repeated?: true
}

/** Carries out one call. Every wrapper around it promises the same and adds one thing. */
export type Send = (call: ApiCall) => Promise<ApiResponse>
