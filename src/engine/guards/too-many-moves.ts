import { count } from '../../diagnostics/wording.ts'
import { accountsOf, tooMany } from './share.ts'
import type { Guard } from './guard.ts'

/** A selector that was widened by mistake moves more people than anybody meant to. */
export const tooManyMoves: Guard = {
  code: 'too-many-moves',
  liftable: true,
  counts: ({ action }) => action === 'move',
  judge({ steps, live, protections, desired }) {
    const moved = accountsOf(steps, 'move')
    const population = live.accounts.filter(({ active }) => active).length
    return tooMany(moved, population, protections.moves, {
      does: 'moves',
      of: count(population, 'active managed account'),
      field: 'guards.moves',
      file: desired.organization.locate(['guards', 'moves']).file,
    })
  },
}
