import { isObject } from '../model/json.ts'
import type { FaultRule } from './faults.ts'
import { anyObject, email, listOf, object, text, wrong, type Check } from './json-check.ts'

const number: Check = (value, path) => {
  if (typeof value !== 'number' || value < 0) wrong(path, 'must be a number that is not negative')
}

const yes: Check = (value, path) => {
  if (value !== true) wrong(path, 'must be true')
}

const any: Check = () => undefined

const faults: readonly (readonly [string, Check])[] = [
  ['status', object({ status: number }, { headers: anyObject, body: any })],
  ['reset', object({ reset: yes })],
  ['lost', object({ lost: yes })],
  ['latency', object({ latency: number })],
  ['slowTasks', object({ slowTasks: number })],
  ['failAccounts', object({ failAccounts: listOf(object({ email, status: number, title: text })) })],
  ['stale', object({ stale: number })],
  ['vendor', object({ vendor: yes })],
]

const then: Check = (value, path) => {
  const named = isObject(value) ? faults.find(([name]) => Object.hasOwn(value, name)) : undefined
  if (named === undefined) wrong(path, `must have one of ${faults.map(([name]) => name).join(', ')}`)
  named[1](value, path)
}

const rule = object({ then }, { match: object({}, { method: text, path: text, nth: number }), times: number })

/** The fault rule in a JSON value. Throws an Error whose message names the path of what is wrong. */
export function parseFault(json: unknown): FaultRule {
  rule(json, 'rule')
  return json as FaultRule
}
