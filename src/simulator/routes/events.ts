import { compareText } from '../../model/address.ts'
import { auditActions, type AuditActionId } from '../audit-actions.ts'
import { decodeCursor, encodeCursor } from '../cursor.ts'
import { filtersOf, limitOf } from '../listing.ts'
import { iso } from '../moments.ts'
import { forbidden, notFound, refuse } from '../refusal.ts'
import { ok, type Answer, type Call, type Route } from '../route.ts'
import type { AuditEvent } from '../state.ts'

const events = '/admin/v1/orgs/:orgId/events'
const retentionMilliseconds = 180 * 86_400_000

/** The audit log needs Guard Standard; how its absence is answered is not documented: a 403 that no scope mends [inferred]. */
function needAuditLog({ state, world }: Call): void {
  if (!state.guard || world.audit === 'none') throw forbidden('the audit log is not available to this organization')
}

/** Where every event of the simulator comes from. */
const location = { ip: '198.51.100.7', geo: '52.5,13.4', countryName: 'Germany', regionName: 'Berlin', city: 'Berlin' }

function eventJson(call: Call, event: AuditEvent, stream: boolean): object {
  const { id, name, email, tokenLabel } = event.actor
  return {
    id: event.id,
    type: 'events',
    attributes: {
      time: iso(event.time),
      ...(stream && { processedAt: iso(event.time + call.world.switches.eventDelayMilliseconds) }),
      action: event.action,
      actor: {
        id,
        name,
        email,
        ...(tokenLabel !== undefined && { auth: { authType: 'api-token', tokenLabel } }),
      },
      context: event.context,
      container: [{ id: call.state.organization.id, type: 'orgs', attributes: { name: call.state.organization.name } }],
      location,
    },
    ...(event.message !== undefined && { message: { content: event.message, format: 'SIMPLE' } }),
    links: { self: `${call.world.url}/admin/v1/orgs/${call.state.organization.id}/events/${event.id}` },
  }
}

function timeOf({ query }: Call, name: string): number | undefined {
  const value = query.get(name)
  if (value === null) return undefined
  if (!/^\d{1,16}$/.test(value)) throw refuse(400, 'ADMIN-400-3', 'Invalid time', `${name} must be milliseconds`)
  return Number(value)
}

/** Whether a call may see an event: processed, kept for 180 days (ref 2.5), within `from` and `to`. */
function visible(call: Call): (event: AuditEvent) => boolean {
  needAuditLog(call)
  const [from = 0, to = Infinity] = [timeOf(call, 'from'), timeOf(call, 'to')]
  const oldest = Math.max(from, call.now - retentionMilliseconds)
  const newest = Math.min(to, call.now - call.world.switches.eventDelayMilliseconds)
  return ({ time }) => time >= oldest && time <= newest
}

function filtered({ query }: Call): (event: AuditEvent) => boolean {
  const q = query.get('q')?.toLowerCase()
  const action = query.get('action')
  const [actors = [], ips = [], products = []] = ['actor', 'ip', 'product'].map(name => query.getAll(name))
  return event =>
    (q === undefined || JSON.stringify([event.action, event.actor, event.context]).toLowerCase().includes(q)) &&
    (action === null || event.action === action) &&
    (actors.length === 0 || actors.includes(event.actor.id) || actors.includes(event.actor.email)) &&
    (ips.length === 0 || ips.includes(location.ip)) &&
    // None of the simulator's events belongs to one of the apps that can be asked for (ref 2.5).
    products.length === 0
}

/** Events in one direction from a boundary between two of them, and the boundary that the next page starts at. */
interface Walk {
  readonly events: readonly AuditEvent[]
  readonly boundary: number
  /** Whether more of them are known to follow. */
  readonly more: boolean
}

/** Events are only ever added at the end, in the order of time: a boundary stays where it is. */
function walk(
  all: readonly AuditEvent[],
  {
    from,
    newestFirst,
    size,
    keep,
  }: { from: number; newestFirst: boolean; size: number; keep: (event: AuditEvent) => boolean },
): Walk {
  const found: AuditEvent[] = []
  let boundary = from
  for (let at = newestFirst ? from - 1 : from; at >= 0 && at < all.length; at += newestFirst ? -1 : 1) {
    const event = all[at]
    if (event === undefined || !keep(event)) continue
    if (found.length === size) return { events: found, boundary, more: true }
    found.push(event)
    boundary = newestFirst ? at : at + 1
  }
  return { events: found, boundary, more: false }
}

function page(call: Call, stream: boolean, newestFirst: boolean, keep: (event: AuditEvent) => boolean): Answer {
  const { state, query, world } = call
  const size = limitOf(call, world.switches.pageSizes.events, 500)
  const filters = filtersOf(call)
  const cursor = query.get('cursor')
  const from = cursor === null ? (newestFirst ? state.events.length : 0) : decodeCursor(cursor, filters)
  const { events, boundary, more } = walk(state.events, { from, newestFirst, size, keep })
  // The stream hands out a cursor even at the end: a client stops at an empty page (ref 2.5).
  const next = more || stream ? { next: encodeCursor(boundary, filters) } : {}
  return ok({
    data: events.map(event => eventJson(call, event, stream)),
    meta: { ...next, page_size: size },
    links: { self: cursor ?? '', ...next },
  })
}

/** The newest first. */
function list(call: Call): Answer {
  const [seen, wanted] = [visible(call), filtered(call)]
  return page(call, false, true, event => seen(event) && wanted(event))
}

/** By processing time, in the order asked for. */
function stream(call: Call): Answer {
  const order = call.query.get('sortOrder') ?? 'asc'
  if (order !== 'asc' && order !== 'desc') throw refuse(400, 'ADMIN-400-4', 'Invalid sortOrder', 'asc or desc')
  return page(call, true, order === 'desc', visible(call))
}

/** The audit log (ref 2.1, 2.5). */
export const eventRoutes: readonly Route[] = [
  { method: 'GET', path: events, scope: 'read:events:admin', answer: list }, // ref 2.5: /events
  { method: 'GET', path: `${events}-stream`, scope: 'read:events:admin', answer: stream }, // ref 2.5: /events-stream
  {
    method: 'GET', // ref 2.1: one event
    path: `${events}/:eventId`,
    scope: 'read:events:admin',
    answer: call => {
      const seen = visible(call)
      const event = call.state.events.find(({ id }) => id === call.param('eventId'))
      if (event === undefined || !seen(event)) throw notFound('ADMIN-404-4', 'no such event')
      return ok({ data: eventJson(call, event, false) })
    },
  },
  {
    method: 'GET', // ref 2.5: where clients learn the ids of actions
    path: '/admin/v1/orgs/:orgId/event-actions',
    scope: 'read:events:admin',
    answer: call => {
      needAuditLog(call)
      const missing: ReadonlySet<string> = new Set<AuditActionId>(call.world.switches.eventActionsMissing)
      const data = Object.entries(auditActions)
        .filter(([id]) => !missing.has(id))
        .sort(([a], [b]) => compareText(a, b))
        .map(([id, { displayName, group }]) => ({
          id,
          type: 'event-actions',
          attributes: { displayName, groupDisplayName: group, groupDisplayNames: [group] },
        }))
      return ok({ data })
    },
  },
]
