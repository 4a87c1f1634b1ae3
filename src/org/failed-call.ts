import { diagnostic } from '../diagnostics/diagnostic.ts'
import type { CallFacts } from '../diagnostics/org-codes.ts'
import { scopesNotOffered } from './assumptions.ts'
import { callFacts } from './call-facts.ts'
import { ConnectionFailure } from './connection-failure.ts'
import { OrgError } from './org-error.ts'
import type { ApiCall, ApiResponse, Send } from './send.ts'
import { acceptableScopes } from './vendor-error.ts'

/** Lets only good answers through; everything else is thrown as an `OrgError` that names the call. */
export function withChecks(send: Send, origin: string): Send {
  return async call => {
    const response = await send(call).catch((error: unknown) => {
      throw error instanceof ConnectionFailure ? noAnswer(call, error, origin) : error
    })
    if (response.status < 200 || response.status > 299) throw refusal(call, response)
    if (response.content === 'other') throw unreadable(call, response, 'JSON')
    return response
  }
}

/** The error of an answer that lacks what it must hold. */
export const unreadable = (call: ApiCall, response: ApiResponse | undefined, expected: string): OrgError =>
  new OrgError(diagnostic('org/unreadable', { ...callFacts(call, response), expected }))

/** The error of a call that brought no answer. */
export function noAnswer(call: ApiCall, { facts }: ConnectionFailure, origin: string): OrgError {
  const of = { ...callFacts(call), ...(call.operation.effect === 'write' && { written: facts.sent }) }
  switch (facts.kind) {
    case 'network':
      return new OrgError(diagnostic('org/unreachable', { ...of, cause: facts.cause, url: origin }))
    case 'timeout':
      return new OrgError(diagnostic('org/timeout', { ...of, seconds: facts.seconds }))
    case 'stopped':
      return new OrgError(diagnostic('org/stopped', of))
  }
}

/** The error of an answer that is not a success. */
export function refusal(call: ApiCall, response: ApiResponse): OrgError {
  const of = callFacts(call, response)
  const { status, content } = response
  if (status >= 300 && status < 400) {
    return new OrgError(diagnostic('org/redirected', { ...of, to: originOf(response.headers['location']) }))
  }
  if (status >= 500 || status === 408) return new OrgError(diagnostic('org/server-error', of))
  // A page in place of JSON comes from another host or from a proxy (ref 4): it says nothing of the object asked for.
  if (content === 'other' && status !== 401 && status !== 403 && status !== 429) {
    return unreadable(call, response, 'JSON')
  }
  switch (status) {
    case 401:
      return new OrgError(diagnostic('org/key-refused', of))
    case 403:
      return forbidden(call, response)
    case 404:
      return new OrgError(diagnostic('org/not-found', of))
    case 410:
      return new OrgError(diagnostic(call.operation.retired === undefined ? 'org/feature-off' : 'org/not-found', of))
    case 429:
      return new OrgError(diagnostic('org/rate-limited', { ...of, waited: 0 }))
    default:
      return new OrgError(diagnostic('org/refused', of))
  }
}

// The body of a scope failure lists the scopes that would do. One without a list and without a code of Atlassian's comes
// from the gateway, which knows the key and not the admin: the scope is missing there too (ref 4, gateway).
function forbidden(call: ApiCall, response: ApiResponse): OrgError {
  const of = callFacts(call, response)
  const { scope, unscopedOnly = false } = call.operation
  const needed = scope === undefined ? [] : [scope]
  const acceptable = acceptableScopes(response.body)
  if (acceptable !== undefined) {
    const offered = acceptable.filter(each => !scopesNotOffered.has(each))
    const scopes = offered.length > 0 ? offered : needed
    const noneOffered = acceptable.length > 0 && offered.length === 0
    const facts = { ...of, scopes, listed: offered.length > 0 }
    return missingScope(facts, unscopedOnly || noneOffered || scopes.length === 0)
  }
  const byGateway = of.vendorCode === undefined && response.content !== 'other'
  if (byGateway && (unscopedOnly || needed.length > 0)) {
    return missingScope({ ...of, scopes: needed, listed: false }, unscopedOnly)
  }
  return new OrgError(diagnostic('org/forbidden', { ...of, scopes: needed }))
}

const missingScope = (
  facts: CallFacts & { readonly scopes: readonly string[]; readonly listed: boolean },
  unscopedOnly: boolean,
): OrgError => new OrgError(diagnostic('org/missing-scope', { ...facts, unscopedOnly }))

// Only where it points: the rest of a location may hold what a proxy put there.
const originOf = (location: string | undefined): string =>
  location !== undefined && URL.canParse(location) ? new URL(location).origin : 'another path'
