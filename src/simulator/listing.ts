import { isObject } from '../model/json.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { badBody, refuse } from './refusal.ts'
import type { Call } from './route.ts'

/** A part of a listing, and the cursor of the part after it. */
export interface Part<T> {
  readonly items: readonly T[]
  readonly cursor: string | undefined
  readonly next: string | undefined
}

/** What a page is cut from. */
export interface Cut<T> {
  readonly items: readonly T[]
  readonly keep?: (item: T) => boolean
  readonly size: number
}

/**
 * The part of a listing that the cursor of a call points to. Positions are those of the whole list, so that what is
 * filtered out, or added at the end, between two calls moves nothing.
 */
export function partOf<T>(call: Call, { items, keep, size }: Cut<T>): Part<T> {
  const filters = filtersOf(call)
  const cursor = cursorOf(call)
  const found: T[] = []
  let index = decodeCursor(cursor, filters)
  for (; index < items.length; index++) {
    const item = items[index]
    if (item === undefined || !(keep?.(item) ?? true)) continue
    if (found.length === size) break
    found.push(item)
  }
  return { items: found, cursor, next: index < items.length ? encodeCursor(index, filters) : undefined }
}

/** The cursor of a call: in the query of a GET, in the body of a POST. */
function cursorOf({ query, body }: Call): string | undefined {
  const cursor = isObject(body) ? body['cursor'] : undefined
  if (cursor !== undefined && typeof cursor !== 'string') throw refuse(400, 'ADMIN-400-1', 'Invalid page cursor')
  return cursor ?? query.get('cursor') ?? undefined
}

/** All that a call asks for besides the place in the listing: a cursor is bound to it (ref 4). */
export function filtersOf({ path, query, body }: Call): string {
  const asked = [...query].filter(([name]) => name !== 'cursor' && name !== 'limit' && name !== 'pageSize')
  const wanted = isObject(body) ? Object.entries(body).filter(([name]) => name !== 'cursor' && name !== 'limit') : []
  return JSON.stringify([path, asked.sort(), wanted.sort(([a], [b]) => (a < b ? -1 : 1))])
}

/** The number of items asked for: `limit` of the query or the body, within the bounds. */
export function limitOf({ query, body }: Call, normal: number, maximum: number, name = 'limit'): number {
  const inBody = isObject(body) ? body[name] : undefined
  const asked = inBody ?? query.get(name)
  if (asked === null) return normal
  const limit = Number(asked)
  if (!Number.isInteger(limit) || limit < 1 || limit > maximum) throw badBody(`${name} must be from 1 to ${maximum}`)
  return limit
}

/** A v1 page: `links.next` is a URL (ref 4). */
export function pageV1<T>(call: Call, part: Part<T>, toJson: (item: T) => object): object {
  const at = (cursor: string | undefined): string => {
    const query = new URLSearchParams(call.query)
    query.delete('cursor')
    if (cursor !== undefined) query.set('cursor', cursor)
    return `${call.world.url}${call.path}${query.size === 0 ? '' : `?${query.toString()}`}`
  }
  return {
    data: part.items.map(toJson),
    links: { self: at(part.cursor), ...(part.next !== undefined && { next: at(part.next) }) },
  }
}

/** A v2 page: `links.next` is a bare token (ref 4). */
export const pageV2 = <T>(part: Part<T>, toJson: (item: T) => object): object => ({
  data: part.items.map(toJson),
  links: { self: part.cursor ?? '', ...(part.next !== undefined && { next: part.next }) },
})

/** A page of the Control API: `meta.next` is the token (ref 1.3). */
export const pageControl = <T>(part: Part<T>, size: number, toJson: (item: T) => object): object => ({
  data: part.items.map(toJson),
  meta: { ...(part.next !== undefined && { next: part.next }), page_size: size },
  links: { self: part.cursor ?? '', ...(part.next !== undefined && { next: part.next }) },
})
