import type { Posted } from './contract.ts'
import { markerIn, type Marker, type MarkerOptions } from './marker.ts'

/** A comment or an issue of ours, with what its marker says. */
export interface OwnPost {
  readonly posted: Posted
  /** The run that wrote it; below every run where its marker can no longer be believed. */
  readonly run: bigint
  /** Somebody else changed it, as the forge or the seal tells: with a key, what has none is not ours as it stands. */
  readonly changed: boolean
}

/**
 * What this token posted about the same thing and the same folder, in the order given. A marker that somebody copied into a
 * text of theirs does not count. Where somebody changed the text, the run in its marker may be made up, and is not believed.
 */
export function ownPosts(
  posts: readonly Posted[],
  { what, folder }: Pick<Marker, 'what' | 'folder'>,
  options: MarkerOptions,
): readonly OwnPost[] {
  return posts.flatMap(posted => {
    const found = posted.mine ? markerIn(posted.body, options) : undefined
    if (found?.marker.what !== what || found.marker.folder !== folder) return []
    const changed = posted.editedBy !== undefined || (options.sealKey !== undefined && found.sealed !== 'intact')
    return [{ posted, run: changed ? -1n : BigInt(found.marker.run), changed }]
  })
}
