import { withCursor } from './api-call.ts'
import { auditEventShape, type AuditEvent } from './answers/audit-event.ts'
import { fetchPage, type Page } from './pages.ts'
import type { ApiCall, Send } from './send.ts'

/**
 * The pages of the event stream. It hands a cursor out on its last page too, for those who wait for news (ref 2.5), so it
 * ends with an empty page, or where the page or the cursor is the one before. There is no fetching ahead: each call counts
 * against a narrow quota.
 */
export async function* streamEvents(send: Send, first: ApiCall): AsyncGenerator<readonly AuditEvent[], void> {
  let page = await fetchPage(send, first, auditEventShape)
  for (let before: Page<AuditEvent> | undefined; page.items.length > 0 && !isSame(page, before);) {
    yield page.items
    if (page.next === undefined || page.next === before?.next) return
    before = page
    page = await fetchPage(send, withCursor(first, page.next), auditEventShape)
  }
}

const isSame = ({ items }: Page<AuditEvent>, before: Page<AuditEvent> | undefined): boolean =>
  before?.items.length === items.length && items.every(({ id }, index) => id === before.items[index]?.id)
