import type { ApiRequest } from '../model/api-request.ts'

/** An HTTP request in its last form. */
export interface HttpRequest {
  readonly method: ApiRequest['method']
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** Ends the request early. */
  readonly signal?: AbortSignal
}

/** An HTTP answer, read to its end. Header names are in lower case. */
export interface HttpResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/**
 * Carries one request to the server and its answer back: once, without following redirects. It rejects where no whole
 * answer came, with an error whose `code`, or that of a cause, says why.
 */
export interface Transport {
  (request: HttpRequest): Promise<HttpResponse>
  /** Lets go of idle connections. */
  readonly close?: () => Promise<void>
}
