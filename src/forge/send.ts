import type { ForgeCallFacts } from '../diagnostics/forge-codes.ts'
import { isObject, type Json } from '../model/json.ts'
import { ConnectionFailure } from '../org/connection-failure.ts'
import { hideSecret } from '../org/hide-secret.ts'
import { retryAfter, untilReset } from '../org/rate-limit-headers.ts'
import type { Time } from '../org/time.ts'
import type { HttpResponse, Transport } from '../org/transport.ts'
import { fullJitter } from '../org/with-retry.ts'
import { withTimeOut } from '../org/with-time-out.ts'
import { isRead, isRepeatable, type ForgeCall, type ForgeSend } from './call.ts'
import { forgeError, type ForgeError } from './forge-error.ts'
import { refusal } from './refusal.ts'
import { saidBy } from './said.ts'

/** What sending needs of the outside world. */
export interface ForgeWorld extends Time {
  readonly transport: Transport
}

/** What a client of a forge is given. */
export interface ForgeAccess {
  readonly token: string
  /** The variable that the token came from. */
  readonly variable: string
  readonly world: ForgeWorld
}

/** The API of a forge, and how a token is shown to it. */
export interface ForgeApi extends ForgeAccess {
  /** As people call it: `GitHub`. */
  readonly forge: string
  /** Where the API is, without a slash at the end. */
  readonly base: string
  readonly headers: Readonly<Record<string, string>>
}

const requestSeconds = 30
const attempts = 4
/** Milliseconds that all waits of one call may come to: a job that waits costs money. */
const budget = 180_000
/** What GitHub asks to wait for after a refusal that names no wait: https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit */
const afterRefusal = 60_000
const shortestAfterRefusal = 1000
const wait = fullJitter({ first: 500, longest: 8000 })
const passing: ReadonlySet<number> = new Set([502, 503, 504])

type Result = { readonly response: HttpResponse } | { readonly failure: ConnectionFailure }

/**
 * The one sender to the API of a forge. A call is made again after a refusal for its rate, and after a fault that passes where
 * it reads or repeating it leaves the same state, within a few attempts and minutes. The token goes to the origin of the
 * API only, and no message holds it.
 */
export function forgeSend({ forge, base, token, variable, world, headers: shown }: ForgeApi): ForgeSend {
  const { clock, random, sleep, timer } = world
  const transport = withTimeOut(world.transport, { seconds: requestSeconds, timer })
  const hide = token === '' ? (text: string) => text : hideSecret(token)

  const once = async ({ method, path, body }: ForgeCall, url: string): Promise<Result> => {
    try {
      const headers = {
        'user-agent': 'postern',
        ...shown,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      }
      return {
        response: await transport({ method, url, headers, ...(body !== undefined && { body: JSON.stringify(body) }) }),
      }
    } catch (error) {
      if (error instanceof ConnectionFailure) return { failure: error }
      throw new Error(`could not send ${method} ${path}`, { cause: error })
    }
  }

  return async call => {
    const facts: ForgeCallFacts = { forge, operation: call.operation }
    const url = addressOf(base, call.path)
    if (url === undefined) throw forgeError('forge/unexpected', { ...facts, fault: 'foreign-link' })
    let waited = 0
    let doubtful = false
    for (let attempt = 1; ; attempt++) {
      const result = await once(call, url)
      const limited = 'response' in result && isLimited(result.response)
      const asked = 'response' in result ? askedWait(result.response, limited, clock()) : undefined
      const pause = limited ? Math.max(asked ?? afterRefusal, shortestAfterRefusal) : (asked ?? wait(attempt, random))
      const again = limited || (mayPass(result) && (isRepeatable(call) || !mayHaveWorked(result)))
      doubtful ||= mayHaveWorked(result)
      if (again && attempt < attempts && waited + pause <= budget) {
        await sleep(pause)
        waited += pause
        continue
      }
      const effect = isRead(call) ? {} : ({ written: doubtful ? 'maybe' : 'no' } as const)
      if ('failure' in result) throw noAnswer({ ...facts, ...effect }, result.failure, base)
      const { status, headers, body: text } = result.response
      const { body, isJson } = parsed(text)
      const said = saidBy(body)
      const told = { ...facts, status, ...effect, ...(said !== undefined && { said: hide(said) }) }
      if (limited) {
        const rest = {
          waited: Math.round(waited / 1000),
          ...(asked !== undefined && { asked: Math.ceil(asked / 1000) }),
        }
        throw forgeError('forge/rate-limited', { ...told, ...rest })
      }
      if (status < 200 || status > 299) throw refusal(told, call, { headers, variable })
      if (!isJson) throw forgeError('forge/unexpected', { ...told, fault: 'not-json' })
      return { status, headers, body }
    }
  }
}

function noAnswer(facts: ForgeCallFacts, { facts: of }: ConnectionFailure, base: string): ForgeError {
  const cause = of.kind === 'network' ? of.cause : `no answer in ${requestSeconds} s`
  return forgeError('forge/unreachable', { ...facts, cause, url: new URL(base).origin })
}

/** The whole address of a call; undefined where a link leads to another origin, or out of the API. */
function addressOf(base: string, path: string): string | undefined {
  const url = path === '' || /^\/(?!\/)/.test(path) ? base + path : path
  if (!URL.canParse(url)) return undefined
  const { origin, pathname } = new URL(url)
  const api = new URL(base)
  return origin === api.origin && pathname.startsWith(api.pathname) ? url : undefined
}

// GitHub refuses for the rate with 403 too, and its GraphQL with 200: https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api#exceeding-the-rate-limit
function isLimited({ status, headers, body }: HttpResponse): boolean {
  if (status === 429) return true
  const spent = headers['x-ratelimit-remaining'] === '0'
  if (status === 403) return spent || headers['retry-after'] !== undefined
  return status === 200 && spent && graphErrors(parsed(body).body).includes('RATE_LIMITED')
}

/** The types of the errors that an answer of GraphQL carries. */
export const graphErrors = (body: Json | undefined): readonly string[] =>
  isObject(body) && Array.isArray(body['errors'])
    ? body['errors'].map((each: unknown) => (isObject(each) && typeof each['type'] === 'string' ? each['type'] : ''))
    : []

// GitLab names its reset `RateLimit-Reset`: https://docs.gitlab.com/administration/settings/user_and_ip_rate_limits/#response-headers
function askedWait({ headers }: HttpResponse, limited: boolean, now: number): number | undefined {
  const reset = headers['x-ratelimit-reset'] ?? headers['ratelimit-reset']
  const named = reset === undefined ? headers : { ...headers, 'x-ratelimit-reset': reset }
  return retryAfter(headers, now) ?? (limited ? untilReset(named, now) : undefined)
}

const mayPass = (result: Result): boolean =>
  'response' in result ? passing.has(result.response.status) : result.failure.facts.lasting !== true

// Only a refusal says that a write was not carried out.
const mayHaveWorked = (result: Result): boolean =>
  'response' in result
    ? result.response.status < 400 || result.response.status >= 500 || result.response.status === 408
    : result.failure.facts.sent === 'maybe'

function parsed(text: string): { readonly body: Json | undefined; readonly isJson: boolean } {
  if (text.trim() === '') return { body: undefined, isJson: true }
  try {
    return { body: JSON.parse(text) as Json, isJson: true }
  } catch {
    return { body: undefined, isJson: false }
  }
}
