import type { Context, Hono } from 'hono'
import { checkOrganization, checkScope, keyOf } from './access.ts'
import { connectionReset } from './connection.ts'
import type { Effects } from './faults.ts'
import { iso } from './moments.ts'
import type { Standing } from './rate-limits.ts'
import { readBody, readQuery, type RecordedRequest } from './recorded-request.ts'
import { Refusal, refuse, refuseAtGateway } from './refusal.ts'
import type { Answer, Route } from './route.ts'
import { routes } from './routes/index.ts'
import { settle } from './settle.ts'
import type { Switches } from './switches.ts'
import { withVendorNovelties } from './vendor-members.ts'
import { nextId, type World } from './world.ts'

/** Answers one request, or throws a Refusal. */
type Respond = (exchange: Exchange) => Answer

interface Exchange {
  readonly context: Context
  readonly request: RecordedRequest
  readonly effects: Effects
  /** Headers that go along with the answer, whatever it is. */
  readonly headers: Headers
}

/** The public surface: what answers at api.atlassian.com. */
export function publicApi(app: Hono, world: World): void {
  for (const route of routes) app.on(route.method, route.path, c => serve(world, c, respondFor(world, route)))
  const wrongMethod = (): never => {
    throw refuse(405, 'ADMIN-405-1', 'Method not allowed')
  }
  for (const path of new Set(routes.map(route => route.path))) app.all(path, c => serve(world, c, wrongMethod))
  const wrongPath = (): never => {
    throw refuseAtGateway(404, 'Request failed to match any route')
  }
  app.notFound(c => serve(world, c, wrongPath))
}

/** Records a request, lets the faults strike it, and answers it. */
async function serve(world: World, context: Context, respond: Respond): Promise<Response> {
  const url = new URL(context.req.url)
  const request: RecordedRequest = {
    method: context.req.method,
    path: url.pathname,
    query: readQuery(url.searchParams),
    body: readBody(await context.req.text()),
    status: undefined,
  }
  world.requests.push(request)
  const effects = world.faults.strike(request.method, request.path)
  if (effects.latency > 0) await world.sleep(effects.latency)
  const response = effects.reset
    ? connectionReset()
    : (forcedAnswer(effects) ?? carryOut(world, respond, { context, request, effects, headers: new Headers() }))
  const broken = effects.reset || effects.lost
  request.status = broken ? 'reset' : response.status
  return broken ? connectionReset() : response
}

function forcedAnswer({ answer }: Effects): Response | undefined {
  if (answer === undefined) return undefined
  const { status, headers, body } = answer
  const withBody = body !== undefined && status !== 204 && status !== 304
  return withBody
    ? Response.json(body, { status, ...(headers && { headers }) })
    : new Response(null, { status, ...(headers && { headers }) })
}

function carryOut(world: World, respond: Respond, exchange: Exchange): Response {
  settle(world)
  const { status, body } = answerOf(world, respond, exchange)
  const { headers, effects, request } = exchange
  if (body === undefined) return new Response(null, { status, headers })
  return Response.json(effects.vendor ? withVendorNovelties(body, request.path) : body, { status, headers })
}

function answerOf(world: World, respond: Respond, exchange: Exchange): Answer {
  try {
    return respond(exchange)
  } catch (error) {
    if (error instanceof Refusal) return { status: error.status, body: error.body(nextId(world, 'error')) }
    throw error
  }
}

/** Key, limit, organization and scope are checked in this order; then the route answers. */
const respondFor =
  (world: World, route: Route): Respond =>
  ({ context, request, effects, headers }) => {
    const now = world.now()
    const { state } = world
    const key = keyOf(world, context.req.header('authorization'), now)
    const standing = world.limiter.count(route.path, key.ownerId ?? key.id, now)
    if (standing !== undefined) tellStanding(headers, standing, world.switches)
    if (standing?.exceeded === true) {
      headers.set('Retry-After', String(Math.max(1, Math.ceil((standing.resetAt - now) / 1000))))
      throw refuse(429, 'ADMIN-429-1', 'Rate limit exceeded')
    }
    checkOrganization(route, context.req.param('orgId'), state, world.switches)
    checkScope(route, key, world.switches)
    const { searchParams: query } = new URL(context.req.url)
    const param = (name: string): string => context.req.param(name) ?? ''
    return route.answer({ world, state, now, key, param, path: request.path, query, body: request.body, effects })
  }

function tellStanding(headers: Headers, { limit, remaining, resetAt }: Standing, { rateLimitHeaders }: Switches): void {
  headers.set(rateLimitHeaders.limit, String(limit))
  headers.set(rateLimitHeaders.remaining, String(remaining))
  headers.set(rateLimitHeaders.reset, iso(resetAt))
}
