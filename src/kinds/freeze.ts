import type { Organization } from './organization.ts'
import type { FreezeWindow } from './protections.ts'

type Freeze = NonNullable<Organization['freeze']>

const dayLength = 86_400_000

/** Milliseconds since 1970 of a day (its beginning, UTC) or a moment; undefined for one that no calendar or clock has. */
export function momentOf(text: string): number | undefined {
  const [day = ''] = text.split('T')
  const start = Date.parse(`${day}T00:00:00Z`)
  // Engines carry 30 February over into March.
  if (Number.isNaN(start) || new Date(start).toISOString().slice(0, 10) !== day) return undefined
  const moment = Date.parse(text)
  return Number.isNaN(moment) ? undefined : moment
}

/** The first moment after a day or a moment: a day counts whole. */
export function endOf(text: string): number | undefined {
  const moment = momentOf(text)
  return moment === undefined || text.includes('T') ? moment : moment + dayLength
}

/** The times in which nothing is applied. One that no calendar has is left to the rule that refuses it. */
export const freezeWindows = (freeze: Freeze): readonly FreezeWindow[] =>
  freeze.flatMap(({ from, until, reason }) => {
    const [start, end] = [momentOf(from), endOf(until)]
    return start === undefined || end === undefined
      ? []
      : [{ from: start, until: end, ...(reason !== undefined && { reason }) }]
  })
