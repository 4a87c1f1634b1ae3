import type { Board, Posted } from './contract.ts'
import type { Marker, MarkerOptions } from './marker.ts'
import { ownPosts } from './own-posts.ts'
import { postSticky, type Stuck } from './sticky.ts'

/** What one issue is to say. Without a body there is nothing to report. */
export interface IssueReport extends MarkerOptions {
  readonly marker: Marker
  readonly title: string
  readonly body: string | undefined
}

/** What became of it. */
export type Reported =
  Stuck | { readonly what: 'closed'; readonly closed: readonly Posted[] } | { readonly what: 'nothing' }

/** Opens or updates the one issue that reports this. Where there is nothing to report it closes ours, unless a newer run wrote it. */
export async function reportIssue(board: Board, { body, ...report }: IssueReport): Promise<Reported> {
  if (body !== undefined) return await postSticky(board, { ...report, body })
  const { marker, ...options } = report
  const own = ownPosts(await board.list(), marker, options).filter(({ run }) => run <= BigInt(marker.run))
  for (const { posted } of own) await board.remove(posted.id)
  return own.length === 0 ? { what: 'nothing' } : { what: 'closed', closed: own.map(({ posted }) => posted) }
}
