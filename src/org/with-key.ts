import { isObject, type Json } from '../model/json.ts'
import type { Send } from './send.ts'
import type { Transport } from './transport.ts'

/** Adds the key to what is sent. Everything above this wrapper never meets it. */
export const withKey =
  (transport: Transport, key: string): Transport =>
  request =>
    transport({ ...request, headers: { ...request.headers, authorization: `Bearer ${key}` } })

/** Takes the key out of what may become part of an error: a server or a proxy may echo what it was sent. */
export function withoutEcho(send: Send, key: string): Send {
  const clean = (text: string): string => text.replaceAll(key, '[key]')
  return async call => {
    const { headers, body, ...response } = await send(call)
    // The body of a good answer is data, and no error quotes it.
    const quoted = response.status < 200 || response.status > 299
    return {
      ...response,
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, clean(value)])),
      ...(body !== undefined && { body: quoted ? cleanTexts(body, clean) : body }),
    }
  }
}

function cleanTexts(value: Json, clean: (text: string) => string): Json {
  if (typeof value === 'string') return clean(value)
  if (Array.isArray(value)) return (value as readonly Json[]).map(item => cleanTexts(item, clean))
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, cleanTexts(member, clean)]))
}
