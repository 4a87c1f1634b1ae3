import { touchedBy, type EventEffect } from '../../drift/event-effects.ts'
import type { ReadingPosition } from '../../ledger/contract.ts'
import type { KeptCollection, ReadingReason } from '../../model/drift.ts'
import type { Changes, Happened } from '../read-audit-log.ts'
import { reasons } from './reading-reasons.ts'

/** What of a kept reading has to be asked for again. */
export interface ReadAgain {
  /** As a whole. */
  readonly again: Readonly<Record<KeptCollection, boolean>>
  /** Ids of single accounts, sorted. */
  readonly accounts: readonly string[]
  /** Those of them that an earlier check asked for already: where they are gone, that is no news. */
  readonly mayBeGone: ReadonlySet<string>
  readonly because: readonly ReadingReason[]
}

/** How soon after an event even an answer about everything may not show its change yet: roles take 30 s (ref 2.1). */
const settling = 5 * 60_000

/**
 * What the events since a reading, and the actions that the log does not have, leave of it; only reasons where they leave nothing. An event that an earlier check dealt with is dealt with again as long as
 * it is told of, since answers may lag behind it; but everything is not read a second time for one that was no longer new then.
 */
export function whatToReadAgain(
  { happened: events, unlogged }: Changes,
  { through, handled }: Pick<ReadingPosition, 'through' | 'handled'>,
): ReadAgain | { readonly because: readonly ReadingReason[] } {
  const dealtWith = new Set(handled)
  const settledAt = Date.parse(through) - settling
  const unsettled = events.filter(({ id, at }) => !(dealtWith.has(id) && at <= settledAt))
  const actionsOf = (isOf: (event: Happened) => boolean): readonly string[] =>
    [...new Set(unsettled.filter(isOf).map(({ action }) => action))].sort()
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
    events.some(({ effect }) => touchedBy[effect].accounts !== 'all' && touchedBy[effect][collection])
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
  const namedBy = (list: readonly Happened[]): ReadonlySet<string> =>
    new Set(list.flatMap(({ effect, accounts }) => (isAboutAccounts(effect) ? accounts : [])))
  return {
    again,
    accounts: [...namedBy(events)].sort(),
    mayBeGone: namedBy(events.filter(({ id }) => dealtWith.has(id))),
    because,
  }
}

const isAboutAccounts = (effect: EventEffect): boolean => touchedBy[effect].accounts === 'named'
