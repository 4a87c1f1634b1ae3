import { accountByEmail, type Account } from '../../src/simulator/index.ts'
import type { Fact } from '../../src/model/evidence.ts'
import type { Started } from '../operations/start.ts'

/** One way in which a part of the organization can be. */
export interface Condition {
  /** Brings it about, as somebody does who is not Postern; undefined where nothing leads back to it. */
  readonly enter: (() => Promise<void>) | undefined
  /** What a check has to show of it, in the words of `shownIn`. */
  readonly shown?: readonly string[]
  /** What only the first check shows that sees everything. */
  readonly newcomer?: string
  /** Accounts that are counted because of it, or no more. */
  readonly accounts?: number
}

/** A part of the organization that changes; no two show the same. */
export interface Spot {
  readonly name: string
  /** How a check learns of it: at once from an event, or from what it reads; or only when it reads everything, since there is no event. */
  readonly known: 'by-event-alone' | 'by-event' | 'unlogged'
  /** The first is what was applied. */
  readonly conditions: readonly [Condition, ...(readonly Condition[])]
}

/** The organization of policies/, where its documents are, and what was attested of it. */
export interface Place {
  readonly started: Started
  readonly folder: string
  readonly facts: readonly Fact[]
}

/** An account of it. */
export const accountOf = ({ simulator }: Started, email: string): Account =>
  found(accountByEmail(simulator.state.accounts, email))

/** Something that is there as long as nobody changes policies/. */
export function found<T>(thing: T | undefined): T {
  if (thing === undefined) throw new Error('the organization is not the one of policies/')
  return thing
}

/** Does something by the public API, with the key of an admin. */
export async function asAdmin({ simulator }: Started, method: string, path: string, body?: object): Promise<void> {
  const response = await simulator.fetch(path.replace('ORG', simulator.organizationId), {
    method,
    headers: { authorization: `Bearer ${simulator.apiKey}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status}: ${await response.text()}`)
}
