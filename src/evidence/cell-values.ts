import { formatDuration } from '../model/duration.ts'
import type { Json } from '../model/json.ts'

/**
 * What the cells of the console exports mean. **Inferred**: the columns are documented, their values are not (ref 2.4), so this one table holds every
 * assumption about them. A cell that is not understood proves nothing and is reported. The column for two-step verification is not in it: a "yes"
 * there may be the member's own choice, and proves neither `mandatory` nor `identity-provider`.
 */
export const cellMeaning: Readonly<
  Record<string, { readonly path: string; readonly meaning: (cell: string) => Json | undefined }>
> = {
  singleSignOn: {
    path: 'settings.singleSignOn',
    meaning: oneOf({
      enforced: ['enforced', 'yes', 'true', 'on', 'enabled'],
      off: ['notenforced', 'no', 'false', 'off', 'disabled', 'notenabled'],
    }),
  },
  policyType: { path: 'billable', meaning: cell => ({ billable: true, nonbillable: false })[letters(cell)] },
  passwordRequirements: {
    path: 'settings.password.minimumStrength',
    meaning: oneOf({
      weak: ['weak'],
      fair: ['fair'],
      good: ['good'],
      strong: ['strong'],
      'very-strong': ['verystrong'],
    }),
  },
  idleSession: { path: 'settings.idleSession', meaning: durationInWords },
}

const letters = (cell: string): string => cell.toLowerCase().replace(/[^a-z]/g, '')

function oneOf(values: Readonly<Record<string, readonly string[]>>): (cell: string) => string | undefined {
  return cell => Object.keys(values).find(value => values[value]?.includes(letters(cell)))
}

/** `8 hours`, `30 days`, `15 minutes`, `8h`. */
function durationInWords(cell: string): string | undefined {
  const match = /^\s*(\d+)\s*(m|min|mins|minutes?|h|hrs?|hours?|d|days?|w|weeks?)\s*$/i.exec(cell)
  if (match === null) return undefined
  const unit = { m: 1, h: 60, d: 1440, w: 10080 }[(match[2] ?? '').charAt(0).toLowerCase()] ?? 0
  return unit === 0 || Number(match[1]) === 0 ? undefined : formatDuration(Number(match[1]) * unit)
}
