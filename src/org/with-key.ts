import { isObject, type Json } from '../model/json.ts'
import { hideSecret, tellTale } from './hide-secret.ts'
import type { Send } from './send.ts'
import type { Transport } from './transport.ts'

/** Adds the key to what is sent, and takes it out of the body of a good answer. Everything above this wrapper never meets it. */
export function withKey(transport: Transport, key: string): Transport {
  const clean = hideSecret(key)
  const sign = tellTale(key)
  return async request => {
    const answer = await transport({ ...request, headers: { ...request.headers, authorization: `Bearer ${key}` } })
    // Listings are long: they are searched piece by piece only where one look finds something.
    const echoes = sign !== undefined && isGood(answer) && answer.body.includes(sign)
    return echoes ? { ...answer, body: clean(answer.body) } : answer
  }
}

/** Takes the key out of what may become part of an error: a server or a proxy may echo what it was sent. */
export function withoutEcho(send: Send, key: string): Send {
  const clean = hideSecret(key)
  return async call => {
    const { headers, body, ...response } = await send(call)
    return {
      ...response,
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, clean(value)])),
      ...(body !== undefined && { body: isGood(response) ? body : cleanTexts(body, clean) }),
    }
  }
}

const isGood = ({ status }: { readonly status: number }): boolean => status >= 200 && status <= 299

function cleanTexts(value: Json, clean: (text: string) => string): Json {
  if (typeof value === 'string') return clean(value)
  if (Array.isArray(value)) return (value as readonly Json[]).map(item => cleanTexts(item, clean))
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, cleanTexts(member, clean)]))
}
