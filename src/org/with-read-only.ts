import { OrgError } from './org-error.ts'
import { diagnostic } from '../diagnostics/diagnostic.ts'
import { callFacts } from './call-facts.ts'
import type { ApiCall, Send } from './send.ts'

// Written apart from the catalogue on purpose: a mistake there must not let a write through.
const org = '/admin/v2/orgs/[^/]+'
const readingPosts: readonly RegExp[] = [
  `${org}/directories/[^/]+/users/search`,
  `${org}/directories/[^/]+/groups/search`,
  `${org}/workspaces`,
  '/admin/control/v1/orgs/[^/]+/users/auth-policies/bulk-fetch',
  '/admin/api-access/v1/orgs/[^/]+/service-accounts/count',
].map(path => new RegExp(`^${path}$`))

/** True for a request that only reads: any GET but one that queues a validation (ref 1.1), and the POSTs that read. */
export function isReading({ method, path }: Pick<ApiCall, 'method' | 'path'>): boolean {
  // Put together as it is sent, so that both see the same path.
  const { pathname } = new URL(`https://host${path}`)
  if (method === 'GET') return !queuesWork(pathname)
  return method === 'POST' && readingPosts.some(pattern => pattern.test(pathname))
}

// A server may decode an escape before it routes.
function queuesWork(pathname: string): boolean {
  try {
    return /\/validate\/?$/i.test(decodeURIComponent(pathname))
  } catch {
    return true
  }
}

/** Refuses everything that could change something, with `org/write-in-read-only`, before it is sent. */
export function withReadOnly(send: Send): Send {
  return async call => {
    if (!isReading(call)) throw new OrgError(diagnostic('org/write-in-read-only', callFacts(call)))
    return await send(call)
  }
}
