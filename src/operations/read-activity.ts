import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { wordsOf } from '../diagnostics/to-document.ts'
import { activityOf } from '../evidence/export-activity.ts'
import { isFromTheFuture } from '../evidence/field-state.ts'
import { breakGlassOf, cutoffOf, isExempt } from '../kinds/access-rules.ts'
import type { Activity, LiveAccount } from '../kinds/live.ts'
import type { Desired } from '../kinds/resource.ts'
import { compareText } from '../model/address.ts'
import { isOutOfReach } from '../org/org-error.ts'
import type { OrgReader } from '../org/reader.ts'
import type { ListingRead } from './read-listing.ts'
import type { LedgerState } from './ledger-state.ts'

/** Who was active when, as far as it is known, and how many accounts were asked for by themselves. */
export interface ActivityRead {
  readonly activity: ReadonlyMap<string, Activity>
  readonly asked: number
  readonly diagnostics: readonly Diagnostic[]
}

/** What the listing and the newest *Export users* tell. It costs no request. */
export function knownActivity(
  accounts: readonly LiveAccount[],
  { lastActive: listed }: Pick<ListingRead, 'lastActive'>,
  { externalUsers }: LedgerState['exports'],
  now: Date,
): Map<string, Activity> {
  const known = new Map<string, Activity>()
  if (externalUsers !== undefined && !isFromTheFuture(externalUsers, now)) {
    for (const { accountId, lastActive } of externalUsers.rows) {
      const at = activityOf(lastActive)
      if (at !== undefined && (at === null || at <= now.getTime() + 86_400_000))
        known.set(accountId, { at, from: 'export' })
    }
  }
  for (const { accountId, lastActive = listed.get(accountId) } of accounts) {
    const before = known.get(accountId)?.at ?? 0
    if (lastActive !== undefined && lastActive >= before) known.set(accountId, { at: lastActive, from: 'api' })
  }
  return known
}

/**
 * When external accounts were last active, as far as the rule `inactiveAfter` depends on it. A date costs a request, of which 200 a minute are allowed (ref 4): so
 * only those are asked for that the export does not show to be active, and that were not added only lately; and of these no more than `limit`.
 */
export async function readActivity(
  reader: OrgReader,
  desired: Desired,
  externals: readonly LiveAccount[],
  { known, now, limit }: { readonly known: Map<string, Activity>; readonly now: Date; readonly limit: number },
): Promise<ActivityRead> {
  const breakGlass = breakGlassOf(desired.organization.spec)
  const candidates = desired.ExternalUserPolicy.flatMap(({ spec }) => {
    const cutoff = cutoffOf(spec.access?.inactiveAfter, now)
    return cutoff === undefined
      ? []
      : externals.filter(account => {
          const { at } = known.get(account.accountId) ?? { at: null }
          const counts = account.status === 'active' || account.status === 'suspended'
          return counts && !isExempt(account, breakGlass) && (at ?? 0) < cutoff && !((account.addedAt ?? 0) >= cutoff)
        })
  })
  const wanted = [...new Set(candidates)].sort((a, b) => compareText(a.accountId, b.accountId))
  const asked = wanted.slice(0, limit)
  // What the export shows of the others may be outdated: nobody is suspended on its word.
  for (const { accountId } of wanted.slice(limit)) known.delete(accountId)
  let refused: string | undefined
  await Promise.all(
    asked.map(async ({ accountId }) => {
      try {
        const { lastActive } = await reader.lastActive(accountId)
        const at = lastActive === undefined ? null : Date.parse(lastActive)
        const exported = known.get(accountId)?.at ?? 0
        if (Number.isNaN(at)) known.delete(accountId)
        // The export may have seen what the API, up to a day late, does not show yet.
        else
          known.set(accountId, { at: at === null && exported === 0 ? null : Math.max(at ?? 0, exported), from: 'api' })
      } catch (error) {
        if (!isOutOfReach(error)) throw error
        refused = wordsOf(error.diagnostic).summary
        known.delete(accountId)
      }
    }),
  )
  return {
    activity: known,
    asked: asked.length,
    diagnostics: [
      ...(refused === undefined ? [] : [diagnostic('plan/activity-unreadable', { why: refused })]),
      ...(wanted.length > asked.length
        ? [diagnostic('plan/activity-limit', { wanted: wanted.length, asked: asked.length })]
        : []),
    ],
  }
}
