import { isObject, isStrings, type Json, type JsonObject } from '../model/json.ts'
import type { Effects } from './faults.ts'
import { badBody } from './refusal.ts'
import type { ApiKey, State } from './state.ts'
import type { World } from './world.ts'

/** One operation of the public API. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Parameters are written `:name`; `:orgId` is checked before the route answers. */
  readonly path: string
  /** The scope that a scoped key needs; without one, any key will do. */
  readonly scope?: string
  /** A scope that the reference lists for the twin of this operation only: see `Switches.unlistedScopes`. */
  readonly inferredScope?: string
  /** Takes keys without scopes only (ref 3.1). */
  readonly unscopedOnly?: true
  readonly answer: (call: Call) => Answer
}

/** One call of an operation, past the key, the scope and the organization. */
export interface Call {
  readonly world: World
  readonly state: State
  readonly now: number
  readonly key: ApiKey
  /** A parameter of the path, decoded. */
  readonly param: (name: string) => string
  readonly path: string
  readonly query: URLSearchParams
  readonly body: Json | undefined
  readonly effects: Effects
}

/** Status and JSON body. */
export interface Answer {
  readonly status: number
  readonly body?: object
}

/** 200 with a body. */
export const ok = (body: object): Answer => ({ status: 200, body })

/** 202 with a body: accepted, and carried out later. */
export const accepted = (body: object = {}): Answer => ({ status: 202, body })

/** The body as an object. A call without a body refuses unless the body is optional. */
export function bodyObject({ body }: Call, optional: 'optional' | 'required' = 'required'): JsonObject {
  if (body === undefined && optional === 'optional') return {}
  if (!isObject(body)) throw badBody('the body must be a JSON object')
  return body
}

/** A member that is a text, undefined where it is absent. */
export function textOf(body: JsonObject, name: string): string | undefined {
  const value = body[name]
  if (value !== undefined && typeof value !== 'string') throw badBody(`${name} must be a string`)
  return value
}

/** A member that must be a text. */
export function requiredText(body: JsonObject, name: string): string {
  const value = textOf(body, name)
  if (value === undefined || value === '') throw badBody(`${name} is required`)
  return value
}

/** A member that is a list of texts, undefined where it is absent. */
export function textsOf(body: JsonObject, name: string): readonly string[] | undefined {
  const value = body[name]
  if (value !== undefined && !isStrings(value)) throw badBody(`${name} must be an array of strings`)
  return value
}

/** A member that must be a list of texts. */
export function requiredTexts(body: JsonObject, name: string): readonly string[] {
  const value = textsOf(body, name)
  if (value === undefined) throw badBody(`${name} is required`)
  return value
}
