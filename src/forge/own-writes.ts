import type { Board, Post, Posted } from './contract.ts'
import { isForgeError } from './forge-error.ts'

/** A board for one writer, who sees what it wrote at once: a listing may lag behind a write. */
export interface OwnWrites {
  readonly list: () => Promise<readonly Posted[]>
  readonly create: (post: Post) => Promise<void>
  /** Does nothing where it is gone by now. */
  readonly edit: (id: string, post: Post) => Promise<void>
  readonly remove: (id: string) => Promise<void>
  /** Ids of what was created and what was edited here. */
  readonly created: () => string | undefined
  readonly edited: (id: string) => boolean
}

/**
 * Keeps in mind what was written to a board. A write that is refused is let pass where the board, asked again, no longer
 * takes the post for ours: only by trying can some tokens find out. Else the refusal is thrown at the next look.
 */
export function ownWrites(board: Board): OwnWrites {
  let created: Posted | undefined
  let refusal: { readonly id: string; readonly error: unknown } | undefined
  const edits = new Map<string, { readonly before: string | undefined; readonly after: Posted }>()
  const removed = new Set<string>()
  const bodies = new Map<string, string>()

  const unlessRefused = async (id: string, write: () => Promise<void>): Promise<void> => {
    try {
      await write()
    } catch (error) {
      if (!isForgeError(error, 'forge/refused')) throw error
      refusal = { id, error }
    }
  }

  const asWritten = (posted: Posted): Posted => {
    const edit = edits.get(posted.id)
    return edit?.before === posted.body ? edit.after : posted
  }

  return {
    list: async () => {
      const listed = await board.list()
      if (refusal !== undefined && listed.some(({ id, mine }) => mine && id === refusal?.id)) throw refusal.error
      for (const { id, body } of listed) bodies.set(id, body)
      const seen = listed.filter(({ id }) => !removed.has(id)).map(asWritten)
      const missing = created !== undefined && !removed.has(created.id) && seen.every(({ id }) => id !== created?.id)
      return missing && created !== undefined ? [...seen, created] : seen
    },
    create: async post => {
      created = await board.create(post)
    },
    edit: (id, post) =>
      unlessRefused(id, async () => {
        try {
          edits.set(id, { before: bodies.get(id), after: await board.edit(id, post) })
        } catch (error) {
          if (!isForgeError(error, 'forge/not-found')) throw error
          removed.add(id)
        }
      }),
    remove: id =>
      unlessRefused(id, async () => {
        await board.remove(id)
        removed.add(id)
      }),
    created: () => created?.id,
    edited: id => edits.has(id),
  }
}
