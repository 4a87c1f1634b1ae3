import type { LockOut, Reached, Role, Watched } from '../lock-out/lock-out.ts'

/** The accounts that the simulation looked at in one role. */
export const watchedAs = ({ watched }: LockOut, role: Role): readonly Watched[] =>
  watched.filter(other => other.role === role)

/** Where an account is shut out, if some of the steps are carried out. */
export const shutOutAt = ({ reached }: Watched): Reached | undefined => reached.find(({ can }) => can === 'no')

export const everShutOut = (watched: Watched): boolean => shutOutAt(watched) !== undefined

/** Who can sign in now, or may, and could not after some step. */
export const isLost = (watched: Watched): boolean => watched.now.can !== 'no' && everShutOut(watched)

export const emailsOf = (watched: readonly Watched[]): readonly string[] => watched.map(({ account }) => account.email)

/** `alice@acme.com after console/update/…: the certificate of okta ended`, for each of the first five. */
export function lossesOf(lost: readonly Watched[], shown = 5): string {
  const told = lost.slice(0, shown).map(watched => {
    const at = shutOutAt(watched)
    return at === undefined ? '' : `\`${watched.account.email}\` after \`${at.step}\`: ${at.reason ?? ''}`
  })
  const rest = lost.length - told.length
  return told.join('; ') + (rest > 0 ? `; and ${rest} more` : '')
}
