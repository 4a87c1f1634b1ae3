import { isObject, type Json } from '../model/json.ts'

/**
 * What a forge says of a failure, as one short line that can do nothing to a terminal; undefined where it says nothing.
 *
 * GitHub: `message`, and `message` of each of `errors` (https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api).
 * GitLab: `message`, a text or lists of texts, or `error` and `error_description` (https://docs.gitlab.com/api/rest/troubleshooting/).
 * Bitbucket: `message` and `detail` of `error` (https://developer.atlassian.com/cloud/bitbucket/rest/intro/#standardized-error-responses).
 */
export function saidBy(body: Json | undefined): string | undefined {
  if (!isObject(body)) return undefined
  const error = body['error']
  const errors: readonly unknown[] = Array.isArray(body['errors']) ? body['errors'] : []
  const parts = isObject(error)
    ? [error['message'], error['detail']]
    : [
        body['message'],
        error,
        body['error_description'],
        ...errors.map(each => (isObject(each) ? each['message'] : each)),
      ]
  return oneLine(parts.flatMap(textsOf).join(': '))
}

function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.trim() === '' ? [] : [value]
  if (Array.isArray(value)) return value.flatMap(textsOf)
  return isObject(value)
    ? Object.entries(value).flatMap(([name, of]) => textsOf(of).map(text => `${name} ${text}`))
    : []
}

const longest = 200

function oneLine(text: string): string | undefined {
  const line = text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\s]+/gu, ' ').trim()
  return line === '' ? undefined : line.length > longest ? `${line.slice(0, longest)}…` : line
}
