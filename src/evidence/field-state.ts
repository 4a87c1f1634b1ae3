import type { Evidence, Fact, LiveField } from '../model/evidence.ts'
import { parseDuration } from '../model/duration.ts'

/** How long a fact counts, and what time it is. */
export interface Validity {
  readonly now: Date
  /** A duration such as `90d`. */
  readonly expiresAfter: string
}

/** Clocks of two machines may differ by this much without a fact being from the future. */
export const clockTolerance = 5 * 60_000

/** What the facts about one field of one object say: the newest wins, at equal time an export over an attestation. */
export function fieldState(facts: readonly Fact[], { now, expiresAfter }: Validity): LiveField {
  const [newest] = facts.filter(fact => !isFromTheFuture(fact, now)).sort(newestFirst)
  if (newest === undefined) return { state: 'unknown' }
  const { value } = newest
  const evidence = evidenceOf(newest)
  const life = (parseDuration(expiresAfter) ?? 0) * 60_000
  return now.getTime() - Date.parse(newest.at) > life
    ? { state: 'stale', value, evidence, because: { reason: 'expired', after: expiresAfter } }
    : { state: 'known', value, evidence }
}

/** A fact that cannot have been seen yet. A time that is none counts as such: it would never expire. */
export const isFromTheFuture = ({ at }: Pick<Fact, 'at'>, now: Date): boolean =>
  !(Date.parse(at) <= now.getTime() + clockTolerance)

const strength = { export: 0, attestation: 1, declaration: 2, api: 3 } as const

export const newestFirst = (a: Fact, b: Fact): number =>
  Date.parse(b.at) - Date.parse(a.at) || strength[a.from] - strength[b.from]

const evidenceOf = ({ path, from, at, by, since }: Fact): Evidence => ({
  path,
  from,
  at,
  ...(by !== undefined && { by }),
  ...(since !== undefined && { since }),
})

/**
 * Adds facts to those that are stored: of one source, the newest about a field replaces the older ones. One from the future, which a wrong clock left,
 * gives way to any other: else nothing could ever be newer.
 */
export function mergeFacts(stored: readonly Fact[], added: readonly Fact[], now: Date): readonly Fact[] {
  const newest = new Map<string, Fact>()
  for (const fact of [...stored, ...added]) {
    const key = JSON.stringify([fact.address.kind, fact.address.name, fact.path, fact.from])
    const before = newest.get(key)
    if (before === undefined || isFromTheFuture(before, now)) newest.set(key, fact)
    else if (Date.parse(fact.at) >= Date.parse(before.at))
      newest.set(key, fact === before ? fact : { ...fact, ...unchanged(before, fact) })
  }
  return [...newest].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, fact]) => fact)
}

/** Seen again with the same value, it has held since it was first seen. */
const unchanged = (before: Fact, after: Fact): Pick<Fact, 'since'> =>
  JSON.stringify(before.value) === JSON.stringify(after.value) && before.at !== after.at
    ? { since: before.since ?? before.at }
    : {}
