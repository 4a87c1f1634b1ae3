import type { Fault, FaultRule, RecordedRequest, Simulator } from '../../src/simulator/index.ts'

const strikes = (times: number, then: Fault, path = ''): FaultRule => ({ match: { path }, times, then })

/** What goes wrong: what a check gets over by trying again, and what it does not. */
const rules: readonly FaultRule[] = [
  strikes(1, { status: 500 }),
  strikes(1, { status: 503, headers: { 'Retry-After': '2' } }, '/users/search'),
  strikes(2, { status: 429, headers: { 'Retry-After': '7' } }),
  strikes(1, { status: 429, headers: { 'Retry-After': '30' } }, 'bulk-fetch'),
  strikes(1, { reset: true }),
  strikes(1, { reset: true }, '/groups/search'),
  strikes(1, { lost: true }),
  strikes(2, { lost: true }, 'last-active-dates'),
  strikes(3, { vendor: true }),
  // So often a call is made in all.
  strikes(5, { status: 500 }, '/domains'),
  strikes(5, { reset: true }, '/users/search'),
  // The log alone: the check is not complete.
  strikes(5, { status: 502 }, '/events-stream'),
  // Nothing to be tried again.
  strikes(1, { status: 401 }, '/control/v1'),
  strikes(1, { status: 400 }, '/api-tokens'),
]

/** Lets the next of the faults strike: they take turns, over and over. */
export function strike(simulator: Simulator, turn: number): void {
  const rule = rules[turn % rules.length]
  if (rule !== undefined) simulator.fault(rule)
}

/** Whether something went wrong with any of these requests. */
export const isStruck = (requests: readonly RecordedRequest[]): boolean =>
  requests.some(({ status }) => status === 'reset' || status === undefined || status >= 400)
