import type { EventFault, ForgeFacts } from '../diagnostics/forge-codes.ts'
import { isObject, type Json, type JsonObject } from '../model/json.ts'

/** An event that cannot be understood. */
export class BadEvent extends Error {
  override readonly name = 'BadEvent'
  readonly facts: ForgeFacts['forge/bad-event']

  constructor(why: EventFault, member?: string) {
    super(why)
    this.facts = { variable: 'GITHUB_EVENT_PATH', why, ...(member !== undefined && { member }) }
  }
}

/** The event that started a job of GitHub, read member by member. */
export interface EventPayload {
  readonly text: (path: string) => string
  /** A whole number above zero. */
  readonly number: (path: string) => number
  /** Undefined where it is missing or null. */
  readonly optional: (path: string) => Json | undefined
}

/** Reads an event. Members are named by their path: `pull_request.head.sha`. What is missing is thrown as a `BadEvent`. */
export function eventPayload(read: () => string): EventPayload {
  const event = parsed(textOf(read))
  const optional = (path: string): Json | undefined =>
    path.split('.').reduce<Json | undefined>((at, name) => (isObject(at) ? at[name] : undefined), event) ?? undefined
  return {
    optional,
    text: path => {
      const value = optional(path)
      if (typeof value !== 'string' || value === '') throw new BadEvent('other-shape', path)
      return value
    },
    number: path => {
      const value = optional(path)
      if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 1)
        throw new BadEvent('other-shape', path)
      return value
    },
  }
}

function textOf(read: () => string): string {
  try {
    return read()
  } catch {
    throw new BadEvent('unreadable')
  }
}

function parsed(text: string): JsonObject {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new BadEvent('not-json')
  }
  if (!isObject(value)) throw new BadEvent('other-shape')
  return value
}
