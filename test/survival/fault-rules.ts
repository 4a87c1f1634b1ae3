import fc from 'fast-check'
import type { Fault, FaultRule } from '../../src/simulator/index.ts'
import type { Story } from './stories.ts'

/** What goes wrong in one scenario, and how often the apply is run while it does. */
export interface Trouble {
  readonly rules: readonly FaultRule[]
  readonly applies: number
}

/** Every kind of fault of the simulator, drawn at random; each ends after some strikes. */
export const troubleFor = ({ scenario }: Story): fc.Arbitrary<Trouble> => {
  const emails = (scenario.accounts ?? []).map(({ email }) => email)
  return fc.record({
    rules: fc.array(ruleFor(emails), { minLength: 2, maxLength: 6 }),
    applies: fc.integer({ min: 1, max: 3 }),
  })
}

const once = (method: string, path: string, then: Fault, nth = 1): FaultRule => ({
  match: { method, path, nth },
  times: 1,
  then,
})

/** What leaves most in doubt, and is tried whatever chance draws. */
export const knownTrouble: readonly Trouble[] = [
  { rules: [once('POST', '/policies', { lost: true }), once('POST', '/suspend', { lost: true })], applies: 1 },
  { rules: [once('POST', 'add-users', { lost: true }), once('POST', '/resources', { lost: true }, 2)], applies: 1 },
  { rules: [once('POST', '/policies', { lost: true }), once('GET', '/policies', { status: 500 }, 3)], applies: 2 },
  { rules: [once('POST', 'add-users', { slowTasks: 700_000 }), once('DELETE', '', { lost: true })], applies: 2 },
  { rules: [once('POST', '', { reset: true }), once('PUT', '', { status: 500 })], applies: 1 },
]

/** What the applies of the stories send: a rule for anything else would never strike. */
const calls: readonly NonNullable<FaultRule['match']>[] = [
  {},
  { method: 'GET' },
  { method: 'POST', path: 'add-users' },
  { method: 'GET', path: '/task/' },
  { method: 'GET', path: '/policies' },
  { method: 'POST', path: '/policies' },
  { method: 'PUT', path: '/policies' },
  { method: 'DELETE', path: '/policies' },
  { method: 'GET', path: '/resources' },
  { method: 'POST', path: '/resources' },
  { method: 'DELETE', path: '/resources' },
  { method: 'POST', path: '/suspend' },
  { method: 'POST', path: '/restore' },
  { method: 'POST', path: '/users/search' },
  { method: 'POST', path: 'bulk-fetch' },
  { method: 'GET', path: 'last-active-dates' },
]

const match: fc.Arbitrary<NonNullable<FaultRule['match']>> = fc
  .tuple(fc.constantFrom(...calls), fc.constantFrom(1, 1, 1, 2, 3, 5))
  .map(([call, nth]) => ({ ...call, nth }))

const milliseconds = (max: number): fc.Arbitrary<number> => fc.integer({ min: 1, max })

const faultFor = (emails: readonly string[]): fc.Arbitrary<Fault> =>
  fc.oneof(
    fc.constantFrom<Fault>(
      { status: 429 },
      { status: 500 },
      { status: 503 },
      { reset: true },
      { lost: true },
      { vendor: true },
    ),
    // Twice as often as the others: the answers that leave most in doubt.
    fc.constantFrom<Fault>({ lost: true }, { status: 500 }),
    fc
      .integer({ min: 0, max: 400 })
      .map((seconds): Fault => ({ status: 429, headers: { 'Retry-After': String(seconds) } })),
    milliseconds(45_000).map((latency): Fault => ({ latency })),
    milliseconds(1_500_000).map((slowTasks): Fault => ({ slowTasks })),
    milliseconds(120_000).map((stale): Fault => ({ stale })),
    fc
      .record({
        failing: fc.subarray([...emails], { minLength: 1 }),
        status: fc.constantFrom(400, 404, 409, 500),
      })
      .map(({ failing, status }): Fault => ({
        failAccounts: failing.map(email => ({ email, status, title: 'Not moved' })),
      })),
  )

const ruleFor = (emails: readonly string[]): fc.Arbitrary<FaultRule> =>
  fc.record({ match, times: fc.integer({ min: 1, max: 9 }), then: faultFor(emails) })
