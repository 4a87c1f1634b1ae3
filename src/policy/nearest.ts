import { closest, distance } from 'fastest-levenshtein'

/** The name that was probably meant; undefined where none is near enough to be worth suggesting. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined
  const folded = new Map(known.map(candidate => [candidate.toLowerCase(), candidate]))
  const best = closest(name.toLowerCase(), [...folded.keys()])
  const tolerance = Math.max(1, Math.floor(Math.max(name.length, best.length) / 3))
  return distance(name.toLowerCase(), best) <= tolerance ? folded.get(best) : undefined
}
