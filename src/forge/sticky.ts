import type { Board, Post, Posted } from './contract.ts'
import { forgeError } from './forge-error.ts'
import { withMarker, type Marker, type MarkerOptions } from './marker.ts'
import { ownPosts, type OwnPost } from './own-posts.ts'
import { ownWrites, type OwnWrites } from './own-writes.ts'

/** What is to stand on a board, once. */
export interface StickyPost extends MarkerOptions, Post {
  readonly marker: Marker
}

/** What became of it. */
export interface Stuck {
  readonly posted: Posted
  /** `left-newer`: a run that began later has posted already. */
  readonly what: 'created' | 'edited' | 'unchanged' | 'left-newer'
  /** What stood there had been changed by somebody else, who is named where the forge tells. */
  readonly replaced?: { readonly editedBy?: string }
}

/** Each round looks once and writes a little. Two runs at once take three. */
const rounds = 10

/**
 * Makes one comment, or issue, say this: edits ours in place, or creates it. It looks again after each write, until it sees
 * one of ours that says so. Forges neither edit nor delete on a condition, so these rules keep runs apart that post at once:
 *
 * - Of several, one of the newest run stays, the oldest of equals. Only the newest run writes into others, or removes them.
 * - A run that edited in place and then sees another beside it creates its own: somebody may be about to remove what it edited.
 * - A run that sees a newer one removes only what it created itself, and only where the newer one may not have seen it.
 *
 * So runs that find nothing at first end with one comment that says what the newest does, whatever their order. Where two
 * edit at the same moment what stood there before, the later write wins: only a concurrency group of the jobs prevents that.
 */
export async function postSticky(board: Board, { marker, title, body, ...options }: StickyPost): Promise<Stuck> {
  const text = withMarker(body, marker, options)
  const post = { ...(title !== undefined && { title }), body: text }
  const run = BigInt(marker.run)
  const writes = ownWrites(board)
  let result: Pick<Stuck, 'what' | 'replaced'> = { what: 'unchanged' }

  for (let round = 0; round < rounds; round++) {
    const own = ownPosts(await writes.list(), marker, options)
    const home = homeOf(own, writes)
    if (home === undefined || isThreatened(own, writes)) {
      await writes.create(post)
      result = { ...result, what: 'created' }
      continue
    }
    if (home.run > run) {
      await withdraw(own, home, run, writes)
      return { posted: home.posted, what: 'left-newer' }
    }
    const others = own.filter(each => each !== home)
    if (home.posted.body === text && others.length === 0) return { posted: home.posted, ...result }
    if (home.posted.body !== text) {
      await writes.edit(home.posted.id, post)
      if (result.what === 'unchanged') result = { what: 'edited', ...replaced(home) }
    }
    for (const { posted } of others) await writes.remove(posted.id)
  }
  throw forgeError('forge/contested', { rounds })
}

/** The one that stays: of the newest run, and of equals the oldest that this run did not only edit. */
function homeOf(own: readonly OwnPost[], writes: OwnWrites): OwnPost | undefined {
  const newest = own.filter(({ run }) => own.every(other => other.run <= run))
  return newest.find(({ posted }) => !writes.edited(posted.id)) ?? newest[0]
}

const isThreatened = (own: readonly OwnPost[], writes: OwnWrites): boolean =>
  own.length > 1 && writes.created() === undefined && own.some(({ posted }) => writes.edited(posted.id))

async function withdraw(own: readonly OwnPost[], newer: OwnPost, run: bigint, writes: OwnWrites): Promise<void> {
  // A younger one saw what was created here, and its run takes it away.
  const younger = own.slice(own.indexOf(newer)).find(({ posted }) => posted.id === writes.created())
  if (younger !== undefined && younger.run <= run) await writes.remove(younger.posted.id)
}

const replaced = ({ changed, posted: { editedBy } }: OwnPost): Pick<Stuck, 'replaced'> =>
  changed ? { replaced: editedBy === undefined ? {} : { editedBy } } : {}
