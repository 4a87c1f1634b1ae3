import type { Json } from '../../../src/model/json.ts'
import type { HttpRequest, HttpResponse } from '../../../src/org/transport.ts'

/** A forge in the same process: a transport with a state behind it, and all that it was asked. */
export interface StandIn {
  readonly transport: (request: HttpRequest) => Promise<HttpResponse>
  readonly requests: readonly HttpRequest[]
  /** The token that it accepts. */
  readonly token: string
  /** Answers the next requests with these, one each, in place of what they ask for. */
  readonly answerNext: (...answers: readonly Answer[]) => void
}

/** An answer, or a connection that fails with a code, before or after the request was carried out. */
export type Answer = Partial<HttpResponse> | { readonly fails: string; readonly carriedOut?: true }

/** What a route answers. */
export const json = (status: number, body: Json, headers: Readonly<Record<string, string>> = {}): HttpResponse => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
})

export const empty = (status: number): HttpResponse => ({ status, headers: {}, body: '' })

/** The members of a request's body. */
export const bodyOf = ({ body }: HttpRequest): Readonly<Record<string, Json>> =>
  JSON.parse(body ?? '{}') as Readonly<Record<string, Json>>

/** A stand-in over its routes. */
export function standIn(token: string, route: (request: HttpRequest) => HttpResponse): StandIn {
  const requests: HttpRequest[] = []
  const answers: Answer[] = []
  return {
    token,
    requests,
    answerNext: (...next) => answers.push(...next),
    transport: request => {
      requests.push(request)
      const answer = answers.shift()
      if (answer === undefined) return Promise.resolve().then(() => route(request))
      if ('fails' in answer) {
        if (answer.carriedOut === true) route(request)
        return Promise.reject(Object.assign(new Error(`failed with ${token}`), { code: answer.fails }))
      }
      return Promise.resolve({ status: 200, headers: {}, body: '', ...answer })
    },
  }
}

/** One page of a listing, and whether there is more. */
export function pageOf<T>(all: readonly T[], page: number, size: number): { items: readonly T[]; more: boolean } {
  return { items: all.slice((page - 1) * size, page * size), more: page * size < all.length }
}
