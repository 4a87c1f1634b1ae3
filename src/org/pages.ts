import type { Json } from '../model/json.ts'
import type { Pagination } from './catalogue/operation.ts'
import { withCursor } from './api-call.ts'
import { unreadable } from './failed-call.ts'
import { listAt, textAt } from './members.ts'
import type { ApiCall, Send } from './send.ts'
import { readItems, type Shape } from './shape.ts'

/** Items of a listing, and where their list stands in the answer (by default in `data`). */
export interface Listing<T> extends Shape<T> {
  readonly list?: (body: Json) => Json | undefined
}

export interface Page<T> {
  readonly items: readonly T[]
  /** Stands for the next page; absent on the last. */
  readonly next?: string
}

// A listing may thin a page out by its filters, but none does so for ever.
const mostEmptyPages = 100

/** Fetches one page. An answer without a list, or with an item that lacks the essential, is `org/unreadable`. */
export async function fetchPage<T>(send: Send, call: ApiCall, listing: Listing<T>): Promise<Page<T>> {
  const { next, items } = await fetchRaw(send, call, listing)
  return next === undefined ? { items: items() } : { items: items(), next }
}

/** Fetches one page and looks only for the cursor: reading its items can wait until the next page is on its way. */
async function fetchRaw<T>(send: Send, call: ApiCall, { expected, read, list }: Listing<T>): Promise<RawPage<T>> {
  const response = await send(call)
  const { body } = response
  const raw = body === undefined ? undefined : list === undefined ? listAt(body, 'data') : list(body)
  if (body === undefined || !Array.isArray(raw)) throw unreadable(call, response, `a list of ${expected}`)
  const next = cursorOf(body, call.operation.pagination)
  if (next === 'unreadable') throw unreadable(call, response, 'a page with a cursor to the next')
  return {
    next: next?.cursor,
    count: raw.length,
    items: () => {
      const items = readItems(raw, read)
      if (items === undefined) throw unreadable(call, response, `a list of ${expected}`)
      return items
    },
  }
}

interface RawPage<T> {
  readonly next: string | undefined
  readonly count: number
  /** Throws where an item lacks the essential. */
  readonly items: () => readonly T[]
}

/**
 * All pages of a listing, the next being fetched while the last is worked on. A listing that comes back to a page it
 * already gave is `org/unreadable`, not a loop.
 */
export async function* pages<T>(send: Send, first: ApiCall, listing: Listing<T>): AsyncGenerator<readonly T[], void> {
  const seen = new Set<string>()
  let empty = 0
  let coming: Promise<RawPage<T>> | undefined = fetchRaw(send, first, listing)
  while (coming !== undefined) {
    const { items, count, next }: RawPage<T> = await coming
    empty = count === 0 ? empty + 1 : 0
    if (next !== undefined && (seen.has(next) || empty > mostEmptyPages)) throw endless(first)
    if (next === undefined) coming = undefined
    else {
      seen.add(next)
      coming = fetchRaw(send, withCursor(first, next), listing)
      // It is awaited in the next round; the consumer may stop before, and then nobody asks for it.
      coming.catch(() => undefined)
    }
    if (count > 0) yield items()
  }
}

/** All items of a listing that is short. */
export async function allItems<T>(send: Send, first: ApiCall, listing: Listing<T>): Promise<readonly T[]> {
  const items: T[] = []
  for await (const page of pages(send, first, listing)) items.push(...page)
  return items
}

const endless = (call: ApiCall) => unreadable(call, undefined, 'a listing that ends')

// The three styles differ in where the cursor stands. One that stands in the other place must not make this page look like
// the last, so both are looked at (ref 4).
function cursorOf(body: Json, style: Pagination | undefined): { readonly cursor: string } | 'unreadable' | undefined {
  if (style === undefined) return undefined
  const meta = textAt(body, 'meta', 'next')
  const link = textAt(body, 'links', 'next')
  const next = style === 'control' ? (meta ?? link) : (link ?? meta)
  if (next === undefined) return undefined
  const cursor = cursorIn(next, style)
  return cursor === undefined ? 'unreadable' : { cursor }
}

// Only the cursor is taken out of a URL: it is never called, since the key must not go where an answer points. A token may
// itself begin with a slash.
function cursorIn(text: string, style: Pagination): string | undefined {
  const isUrl = /^(https?:\/\/|[/?])/.test(text) && URL.canParse(text, 'https://host')
  const inUrl = isUrl ? new URL(text, 'https://host').searchParams.get('cursor') : null
  if (inUrl !== null && inUrl !== '') return inUrl
  return isUrl && (style === 'v1' || text.startsWith('http')) ? undefined : text
}
