import { formatDuration } from '../../model/duration.ts'
import type { Guard, RunInput } from './guard.ts'

/** Clocks of two machines may differ by so many milliseconds. */
const clockSkew = 5 * 60_000

/** An organization moves on: an old plan is about one that is no more. */
export const stalePlan: Guard<RunInput> = {
  code: 'stale-plan',
  liftable: true,
  judge({ createdAt, validUntil, now, protections: { planMinutes } }) {
    const made = Date.parse(createdAt)
    const end = Math.min(Date.parse(validUntil), made + planMinutes * 60_000)
    if (!Number.isFinite(end)) return { status: 'blocks', summary: 'the plan does not tell when it was made' }
    if (made > now.getTime() + clockSkew)
      return {
        status: 'blocks',
        summary: `the plan was made at ${createdAt}, which is still to come: is the clock of this machine right?`,
      }
    const until = new Date(end).toISOString()
    return now.getTime() <= end
      ? { status: 'passed', summary: `the plan may be carried out until ${until}` }
      : {
          status: 'blocks',
          summary: `the plan was made at ${createdAt} and could be carried out for ${formatDuration(planMinutes)}, until ${until}`,
          otherwise: 'plan again',
        }
  },
}
