import type { ApiRequest } from '../../model/api-request.ts'

/** How an operation hands out its next page: `meta.next`, a URL in `links.next`, or a bare token there (ref 4). */
export type Pagination = 'control' | 'v1' | 'v2'

/** Calls that Atlassian admits in a span of time, for an operation that publishes a quota (ref 4). */
export interface Quota {
  readonly calls: number
  readonly seconds: number
}

/** One documented operation of the admin APIs, as data. */
export interface Operation {
  /** What it does, to follow “could not”: `search users`. */
  readonly words: string
  readonly method: ApiRequest['method']
  /** From the host on, with parameters in braces. */
  readonly path: string
  /** Absent where the API has none. */
  readonly version?: 'v1' | 'v2' | 'v3'
  /** The scope a scoped key needs; absent where none is documented. */
  readonly scope?: string
  readonly effect: 'read' | 'write'
  /** A write that leaves the same state when it is carried out twice. */
  readonly repeatable?: true
  readonly pagination?: Pagination
  /** Answers only a key without scopes (ref 3.1). */
  readonly unscopedOnly?: true
  /** What tells when an accepted write has taken effect. */
  readonly follow?: 'task' | 'resources'
  /** The last day on which it answers. */
  readonly retired?: string
  readonly quota?: Quota
}
