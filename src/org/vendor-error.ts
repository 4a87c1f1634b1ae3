import { isObject, type Json } from '../model/json.ts'
import type { ApiResponse } from './send.ts'

/** What Atlassian says of a failure. */
export interface VendorError {
  /** Such as `ADMIN-403-3`. */
  readonly vendorCode?: string
  readonly title?: string
  readonly requestId?: string
}

/**
 * Reads the error that an answer other than a success carries: the first of `errors` as documented (ref 4), else the members that the gateway
 * uses. Missing members are left out, unknown ones ignored; text is made one short line.
 */
export function vendorError({ status, headers, body }: ApiResponse): VendorError {
  const error = status >= 200 && status <= 299 ? undefined : firstError(body)
  const vendorCode = line(error?.['code'], 60)
  const title = line([error?.['title'], error?.['detail']].filter(isText).join(': ')) ?? line(error?.['message'])
  const requestId = line(error?.['id'], 100) ?? traceId(headers)
  return {
    ...(vendorCode !== undefined && { vendorCode }),
    ...(title !== undefined && { title }),
    ...(requestId !== undefined && { requestId }),
  }
}

/** The scopes that would have admitted the call, wherever the body lists them; undefined where it does not (ref 3.1, 4). */
export function acceptableScopes(body: Json | undefined, depth = 0): readonly string[] | undefined {
  if (depth > 4 || typeof body !== 'object' || body === null) return undefined
  if (isObject(body) && Array.isArray(body['acceptableScopes'])) return body['acceptableScopes'].filter(isText)
  for (const value of Object.values(body)) {
    const scopes = acceptableScopes(value, depth + 1)
    if (scopes !== undefined) return scopes
  }
  return undefined
}

function firstError(body: Json | undefined) {
  if (!isObject(body)) return undefined
  const errors = body['errors']
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined
  return isObject(first) ? first : isObject(body['error']) ? body['error'] : body
}

// No trace header is documented: the known one, else any that looks like one (ref 4).
function traceId(headers: Readonly<Record<string, string>>): string | undefined {
  const name = Object.keys(headers)
    .filter(name => name === 'atl-traceid' || /^x-.*trace/.test(name))
    .sort()[0]
  return name === undefined ? undefined : line(headers[name], 100)
}

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== ''

function line(value: unknown, longest = 200): string | undefined {
  if (!isText(value)) return undefined
  // Control characters could rewrite a terminal.
  const text = value.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim()
  return text === '' ? undefined : text.length > longest ? `${text.slice(0, longest)}…` : text
}
