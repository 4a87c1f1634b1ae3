import type { ForgeCallFacts } from '../diagnostics/forge-codes.ts'
import type { ForgeCall } from './call.ts'
import { forgeError, type ForgeError } from './forge-error.ts'
import { acceptedPermissions } from './granted.ts'

/** The error of an answer that is no success. */
export function refusal(
  facts: ForgeCallFacts & { readonly status: number },
  call: ForgeCall,
  { headers, variable }: { readonly headers: Readonly<Record<string, string>>; readonly variable: string },
): ForgeError {
  const { status } = facts
  if (status === 401) return forgeError('forge/unauthorized', { ...facts, variable })
  if (status === 403) return refused(facts, call, acceptedPermissions(headers))
  // What a token may not see is answered like what is not there, so that nobody learns of it: https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api#404-not-found-for-an-existing-resource
  if (status === 404 || status === 410) return notFound(facts, call)
  return forgeError('forge/unexpected', { ...facts, ...(status >= 300 && status < 400 && { fault: 'redirect' }) })
}

/** The error of a token that may not do this. */
export const refused = (facts: ForgeCallFacts, { needs }: ForgeCall, listed?: readonly string[]): ForgeError =>
  forgeError('forge/refused', { ...facts, permissions: listed ?? needs, listed: listed !== undefined })

/** The error of something that is not there, or not for this token. */
export const notFound = (facts: ForgeCallFacts, { needs, app }: ForgeCall): ForgeError =>
  forgeError('forge/not-found', { ...facts, permissions: needs, ...(app !== undefined && { app }) })
