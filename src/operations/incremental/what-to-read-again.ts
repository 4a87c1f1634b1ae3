import { touchedBy, type EventEffect } from '../../drift/event-effects.ts'
import type { KeptCollection, ReadingReason } from '../../model/drift.ts'
import type { Changes, Happened } from '../read-audit-log.ts'
import { reasons } from './reading-reasons.ts'

/** What of a kept reading has to be asked for again. */
export interface ReadAgain {
  /** As a whole. */
  readonly again: Readonly<Record<KeptCollection, boolean>>
  /** Ids of single accounts, sorted. */
  readonly accounts: readonly string[]
  readonly because: readonly ReadingReason[]
}

/** What the events since a reading, and the actions that the log does not have, leave of it; only reasons where they leave nothing. */
export function whatToReadAgain(
  { happened, unlogged }: Changes,
  handled: ReadonlySet<string>,
): ReadAgain | { readonly because: readonly ReadingReason[] } {
  const events = happened.filter(({ id }) => !handled.has(id))
  const actionsOf = (isOf: (event: Happened) => boolean): readonly string[] =>
    [...new Set(events.filter(isOf).map(({ action }) => action))].sort()
  const unknown = actionsOf(({ effect }) => effect === 'unknown')
  const everyone = actionsOf(({ effect }) => effect !== 'unknown' && touchedBy[effect].accounts === 'all')
  const nameless = actionsOf(({ effect, accounts }) => isAboutAccounts(effect) && accounts.length === 0)
  if (unknown.length + everyone.length + nameless.length > 0)
    return {
      because: [
        ...(unknown.length > 0 ? [reasons.unknownAction(unknown)] : []),
        ...(everyone.length > 0 ? [reasons.everyone(everyone)] : []),
        ...(nameless.length > 0 ? [reasons.namesNoAccount(nameless)] : []),
      ],
    }
  const isTouched = (collection: 'policies' | 'groups'): boolean =>
    events.some(({ effect }) => touchedBy[effect][collection])
  const again = {
    accounts: unlogged.accounts.length > 0,
    policies: unlogged.policies.length > 0 || isTouched('policies'),
    groups: unlogged.groups.length > 0 || isTouched('groups'),
  }
  const because = (['accounts', 'policies', 'groups'] as const).flatMap(collection =>
    unlogged[collection].length === 0 ? [] : [reasons.actionsMissing(collection, unlogged[collection])],
  )
  if (again.accounts && again.policies && again.groups)
    return { because: because.length > 0 ? because : [reasons.everythingChanged()] }
  const accounts = events.flatMap(({ effect, accounts: named }) => (isAboutAccounts(effect) ? named : []))
  return { again, accounts: [...new Set(accounts)].sort(), because }
}

const isAboutAccounts = (effect: EventEffect): boolean => touchedBy[effect].accounts === 'named'
