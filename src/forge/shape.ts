import { isObject, type Json, type JsonObject } from '../model/json.ts'
import type { ForgeCall } from './call.ts'
import { forgeError } from './forge-error.ts'

/** Reads members that documentation promises. What is missing is thrown as a `ForgeError` that names the call. */
export interface Shape {
  readonly object: (value: unknown) => JsonObject
  readonly list: (value: unknown) => readonly Json[]
  readonly text: (value: unknown) => string
  /** An id: a number, or a text. */
  readonly id: (value: unknown) => string
  /** Throws that the answer is not what was promised. */
  readonly other: () => never
}

/** The reader of the answers to a call. */
export function shapeOf(forge: string, { operation }: Pick<ForgeCall, 'operation'>): Shape {
  const other = (): never => {
    throw forgeError('forge/unexpected', { forge, operation, status: 200, fault: 'other-shape' })
  }
  return {
    other,
    object: value => (isObject(value) ? value : other()),
    list: value => (Array.isArray(value) ? (value as readonly Json[]) : other()),
    text: value => (typeof value === 'string' ? value : other()),
    id: value =>
      typeof value === 'number' ? String(value) : typeof value === 'string' && value !== '' ? value : other(),
  }
}
