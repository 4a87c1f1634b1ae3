import { isObject, isStrings, textOf, type Json } from '../../src/model/json.ts'
import type { RecordedRequest, Simulator } from '../../src/simulator/index.ts'
import { isReading } from '../../src/org/with-read-only.ts'

/** One thing that a request did: a move of a batch did one for each account. */
export interface Effect {
  readonly what: string
  /** Whether doing it again changes nothing. */
  readonly harmless: boolean
}

export const isWrite = ({ method, path }: Pick<RecordedRequest, 'method' | 'path'>): boolean =>
  !isReading({ method: method as 'GET', path })

/** What a request does. */
export function effectsOf({
  method,
  path,
  body,
}: Pick<RecordedRequest, 'method' | 'path' | 'body'>): readonly Effect[] {
  const policy = /\/auth-policy\/([^/]+)\/add-users$/.exec(path)?.[1]
  if (policy !== undefined && isObject(body) && isStrings(body['users']))
    return body['users'].map(email => ({ what: `move ${email} into ${policy}`, harmless: true }))
  if (method === 'POST' && path.endsWith('/policies')) return [{ what: `create ${nameIn(body)}`, harmless: false }]
  return [{ what: `${method} ${path} ${JSON.stringify(body ?? null)}`, harmless: true }]
}

/** The name of the policy that a body is to make; empty where it is none. */
export function nameIn(body: Json | undefined): string {
  const data = isObject(body) ? body['data'] : undefined
  const attributes = isObject(data) ? data['attributes'] : undefined
  return isObject(attributes) ? textOf(attributes['name'] ?? null) : ''
}

/** The effects that were brought about more than once by requests that were carried out. */
export function repeated(requests: readonly RecordedRequest[]): readonly Effect[] {
  const seen = new Set<string>()
  const again = new Map<string, Effect>()
  for (const request of requests.filter(isWrite)) {
    if (typeof request.status !== 'number' || request.status >= 300) continue
    for (const effect of effectsOf(request)) {
      if (seen.has(effect.what)) again.set(effect.what, effect)
      seen.add(effect.what)
    }
  }
  return [...again.values()]
}

/**
 * Names of objects that were created more than once, or deleted so, as the audit log of the simulator tells: it holds what was carried out, whatever the answer came
 * to.
 */
export function doneTwice({ state }: Pick<Simulator, 'state'>): readonly string[] {
  const seen = new Set<string>()
  const twice = new Set<string>()
  for (const { action, context } of state.events) {
    if (action !== 'policy_created' && action !== 'policy_deleted') continue
    for (const { attributes } of context) {
      const what = `${action} ${isObject(attributes) ? textOf(attributes['name'] ?? null) : ''}`
      if (seen.has(what)) twice.add(what)
      seen.add(what)
    }
  }
  return [...twice].sort()
}
