import { Hono } from 'hono'
import { setTimeout } from 'node:timers/promises'
import { publicApi } from './api.ts'
import { buildState } from './build-state.ts'
import { connectionOf, inProcess, type Connection } from './serve.ts'
import { consolePages } from './console/index.ts'
import { faultBook, type FaultRule } from './faults.ts'
import { parseScenario } from './parse-scenario.ts'
import { documentedRateLimits, rateLimiter, type RateLimit } from './rate-limits.ts'
import type { RecordedRequest } from './recorded-request.ts'
import type { Scenario } from './scenario.ts'
import { scenarioNamed } from './scenarios/built-in.ts'
import { settle } from './settle.ts'
import { sideDoor } from './side-door.ts'
import type { State } from './state.ts'
import { defaultSwitches, type Switches } from './switches.ts'
import type { AuditMode, World } from './world.ts'

/** How a simulator is to be; every member has a default. */
export interface SimulatorOptions {
  /** Name of a built-in scenario, `acme` by default, or the data itself. */
  readonly scenario?: string | Scenario
  /** Grows the scenario to this many accounts with generated ones. */
  readonly accounts?: number
  /** Ids and generated data derive from it: the same seed and clock make the same bytes. */
  readonly seed?: number
  /** The real clock by default. */
  readonly clock?: {
    /** Milliseconds since 1970. */
    readonly now: () => number
  }
  /** How latency faults wait; real timers by default. */
  readonly sleep?: (milliseconds: number) => Promise<void>
  /** Value of the key without scopes; a well-known fake by default. */
  readonly apiKey?: string
  /** `full` by default. */
  readonly audit?: AuditMode
  /** What the documentation leaves open, where it shall not be as `defaultSwitches` says. */
  readonly switches?: Partial<Switches>
  /** The documented limits by default; `off` for none; or others. */
  readonly rateLimits?: 'documented' | 'off' | readonly RateLimit[]
  /** A free one by default. Always on 127.0.0.1. */
  readonly port?: number
  /** False: no socket, only `fetch`. */
  readonly listen?: boolean
}

/** A running simulator. */
export interface Simulator {
  /** Stands for `https://api.atlassian.com`: no path, no slash at the end. */
  readonly url: string
  readonly consoleUrl: string
  readonly organizationId: string
  /** Value of the key without scopes. */
  readonly apiKey: string
  /**
   * Answers in process, without a socket; a path alone will do for a URL. Does not follow redirects. A broken connection
   * rejects with an error whose `cause.code` is ECONNRESET.
   */
  readonly fetch: (request: Request | string | URL, init?: RequestInit) => Promise<Response>
  /** The organization, with everything done that has fallen due by the clock. */
  readonly state: State
  /** Requests to the public API, in the order they came. */
  readonly requests: readonly RecordedRequest[]
  /** Adds a fault to the script. */
  readonly fault: (rule: FaultRule) => void
  /** Starts over: the scenario as it was, no faults, no requests. */
  readonly reset: () => void
  /** Ends it: the socket is closed once this resolves. */
  readonly close: () => Promise<void>
}

/** Starts a simulated organization behind the public API. */
export async function simulate(options: SimulatorOptions = {}): Promise<Simulator> {
  const world = worldOf(options)
  const app = new Hono()
  for (const mount of [publicApi, consolePages, sideDoor]) mount(app, world)
  const answer = async (request: Request): Promise<Response> => app.fetch(request)
  const connection: Connection = await connectionOf(answer, options)
  world.url = connection.url
  return {
    url: world.url,
    consoleUrl: `${world.url}/console`,
    organizationId: world.state.organization.id,
    apiKey: world.state.apiKeys[0]?.key ?? '',
    fetch: inProcess(answer, world.url),
    get state() {
      settle(world)
      return world.state
    },
    requests: world.requests,
    fault: world.faults.add,
    reset: world.reset,
    close: connection.close,
  }
}

function worldOf({ seed = 1, audit = 'full', clock = Date, sleep, ...options }: SimulatorOptions): World {
  const { scenario = 'acme', accounts, apiKey } = options
  const data = typeof scenario === 'string' ? scenarioNamed(scenario) : parseScenario(scenario)
  const now = (): number => clock.now()
  const fresh = (): State => buildState(data, { seed, now: now(), apiKey, accounts })
  const faults = faultBook()
  const limiter = rateLimiter(limitsOf(options.rateLimits))
  const world: World = {
    url: '',
    state: fresh(),
    seed,
    audit,
    switches: { ...defaultSwitches, ...options.switches },
    now,
    sleep: sleep ?? (milliseconds => setTimeout(milliseconds)),
    faults,
    limiter,
    requests: [],
    reset: () => {
      world.state = fresh()
      faults.clear()
      limiter.clear()
      world.requests.length = 0
    },
  }
  return world
}

function limitsOf(limits: SimulatorOptions['rateLimits'] = 'documented'): readonly RateLimit[] {
  if (limits === 'documented') return documentedRateLimits
  return limits === 'off' ? [] : limits
}
