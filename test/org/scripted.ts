import type { Json } from '../../src/model/json.ts'
import { attempt } from '../../src/operations/attempt.ts'
import { createClient, type ClientOptions, type OrgClient } from '../../src/org/client.ts'
import type { OrgEvent } from '../../src/org/events.ts'
import type { Time } from '../../src/org/time.ts'
import type { HttpRequest, HttpResponse, Transport } from '../../src/org/transport.ts'

/** One scripted answer: JSON, text, a connection that fails with a code, or no answer at all. */
export interface Answer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly json?: Json
  readonly text?: string
  readonly fails?: string
  readonly hangs?: true
}

export const orgId = '11111111-2222-4333-8444-555555555555'
export const apiKey = 'ATCTT-very-secret-key-0123456789=AB'
export const start = Date.parse('2026-11-24T12:00:00Z')

/** A transport that answers from a script, the last answer again and again, and remembers what it was asked. */
export function scripted(answers: readonly Answer[]): { transport: Transport; requests: HttpRequest[] } {
  const requests: HttpRequest[] = []
  const transport: Transport = async request => {
    const answer = answers[Math.min(requests.length, answers.length - 1)] ?? {}
    requests.push(request)
    return await respond(answer)
  }
  return { transport, requests }
}

/** The HTTP answer, or failure, of a scripted one. */
export function respond({ status = 200, headers = {}, json, text, fails, hangs }: Answer): Promise<HttpResponse> {
  if (hangs === true) return new Promise(() => undefined)
  if (fails !== undefined) return Promise.reject(Object.assign(new Error(`failed with ${apiKey}`), { code: fails }))
  return Promise.resolve({ status, headers, body: text ?? (json === undefined ? '' : JSON.stringify(json)) })
}

/** Time that passes only by sleeping. Timers never ring by themselves. */
export function fakeTime(
  random = 0.5,
): Time & { readonly slept: number[]; readonly ring: () => void; readonly pending: () => number } {
  let now = start
  const slept: number[] = []
  const timers = new Set<() => void>()
  return {
    slept,
    clock: () => now,
    sleep: milliseconds => {
      slept.push(milliseconds)
      now += milliseconds
      return Promise.resolve()
    },
    random: () => random,
    timer: (_, ring) => {
      timers.add(ring)
      return () => timers.delete(ring)
    },
    pending: () => timers.size,
    ring: () => {
      for (const ring of [...timers]) ring()
    },
  }
}

/** A client over a script, and everything that can be seen of its work. */
export function scriptedClient(answers: readonly Answer[], options: Partial<ClientOptions> = {}) {
  const { transport, requests } = scripted(answers)
  const time = fakeTime()
  const events: OrgEvent[] = []
  const client = createClient({
    apiUrl: 'https://api.atlassian.com',
    apiKey,
    orgId,
    readOnly: false,
    transport,
    ...time,
    onEvent: event => events.push(event),
    ...options,
  })
  return { client, requests, time, events }
}

/** The one diagnostic of work that fails. */
export async function failure(work: () => Promise<unknown>) {
  const { ok, diagnostics } = await attempt(work)
  const [diagnostic] = diagnostics
  if (ok || diagnostic === undefined) throw new Error('it did not fail')
  return { code: diagnostic.code, facts: diagnostic.facts as Readonly<Record<string, unknown>> }
}

/** All items of a listing in pages. */
export async function collect<T>(listing: AsyncIterable<readonly T[]>): Promise<readonly T[]> {
  const items: T[] = []
  for await (const page of listing) items.push(...page)
  return items
}

/** The path and query that were asked for. */
export const paths = (requests: readonly HttpRequest[]): readonly string[] =>
  requests.map(
    ({ method, url }) => `${method} ${url.replace('https://api.atlassian.com', '').replaceAll(orgId, 'ORG')}`,
  )

/** A body that was sent. */
export const bodyOf = (request: HttpRequest | undefined): unknown => JSON.parse(request?.body ?? 'null')

/** Lets every promise that can go on do so. */
export const settle = () => new Promise<void>(resolve => setImmediate(resolve))

export type { OrgClient }
