import { parseDuration } from '../model/duration.ts'
import { isObject } from '../model/json.ts'

/** Throws an Error that names the path where a value is not what it should be. */
export type Check = (value: unknown, path: string) => void

/** Refuses a value, naming its place. */
export function wrong(path: string, expected: string): never {
  throw new Error(`${path === '' ? 'the scenario' : path} ${expected}`)
}

/** A string that is not empty. */
export const text: Check = (value, path) => {
  if (typeof value !== 'string' || value.trim() === '') wrong(path, 'must be a text that is not empty')
}

export const boolean: Check = (value, path) => {
  if (typeof value !== 'boolean') wrong(path, 'must be true or false')
}

export const anyObject: Check = (value, path) => {
  if (!isObject(value)) wrong(path, 'must be an object')
}

/** One of these texts. */
export const oneOf =
  (...values: readonly string[]): Check =>
  (value, path) => {
    if (!values.includes(value as string)) wrong(path, `must be one of ${values.join(', ')}`)
  }

/** A text of this form. */
export const matching =
  (pattern: RegExp, what: string): Check =>
  (value, path) => {
    if (typeof value !== 'string' || !pattern.test(value)) wrong(path, `must be ${what}`)
  }

export const email = matching(/^[^@\s]+@[^@\s]+$/, 'an email address')

/** A duration such as `15m`, `8h` or `30d`, or one of the words given. */
export const durationOr =
  (...words: readonly string[]): Check =>
  (value, path) => {
    if (typeof value === 'string' && (words.includes(value) || parseDuration(value) !== undefined)) return
    wrong(path, `must be a duration such as 15m, 8h or 30d${words.map(word => `, or ${word}`).join('')}`)
  }

/** A time, or a duration from the start. */
export const moment: Check = (value, path) => {
  if (typeof value === 'string' && (parseDuration(value) !== undefined || !Number.isNaN(Date.parse(value)))) return
  wrong(path, 'must be a time such as 2026-11-24T08:00:00Z or a duration such as 12d')
}

export const nullOr =
  (check: Check): Check =>
  (value, path) => {
    if (value !== null) check(value, path)
  }

export const listOf =
  (check: Check): Check =>
  (value, path) => {
    if (!Array.isArray(value)) wrong(path, 'must be a list')
    value.forEach((item, index) => {
      check(item, `${path}[${index}]`)
    })
  }

/** An object with these members and no others. */
export const object =
  (required: Readonly<Record<string, Check>>, optional: Readonly<Record<string, Check>> = {}): Check =>
  (value, path) => {
    if (!isObject(value)) wrong(path, 'must be an object')
    const prefix = path === '' ? '' : `${path}.`
    for (const [name, member] of Object.entries(value)) {
      const check = required[name] ?? optional[name]
      if (check === undefined) wrong(`${prefix}${name}`, 'is unknown')
      check(member, `${prefix}${name}`)
    }
    for (const name of Object.keys(required)) if (!Object.hasOwn(value, name)) wrong(`${prefix}${name}`, 'is missing')
  }
