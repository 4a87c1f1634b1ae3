import type { Json, JsonObject } from '../model/json.ts'
import type { HttpRequest } from '../org/transport.ts'

/** One call to the API of a forge. */
export interface ForgeCall {
  readonly method: HttpRequest['method']
  /** Below the address of the API, or the whole address of a next page. */
  readonly path: string
  readonly body?: JsonObject
  /** What it does, in words that follow “could not”. */
  readonly operation: string
  /** The permissions that its documentation asks for, any of which would do, in the words in which they are granted. */
  readonly needs: readonly string[]
  /** For a POST that only reads. Other calls are known by their method. */
  readonly reads?: true
  /** What has to be installed for the forge to answer. */
  readonly app?: string
}

/** A good answer. The body is undefined where there is none. */
export interface ForgeAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Json | undefined
}

/** Carries out one call. What is no success is thrown as a `ForgeError`. */
export type ForgeSend = (call: ForgeCall) => Promise<ForgeAnswer>

/** True for a call that changes nothing. */
export const isRead = ({ method, reads }: ForgeCall): boolean => method === 'GET' || reads === true

/** True for a call that may be made twice: it reads, or it sets a state and does not add to it. */
export const isRepeatable = (call: ForgeCall): boolean => isRead(call) || call.method !== 'POST'
