import type { Outcome } from '../../diagnostics/outcome.ts'
import { kinds } from '../../kinds/index.ts'
import type { LiveObject } from '../../kinds/live.ts'
import { servedObjects } from '../live-objects.ts'
import type { OrganizationView } from './organization-view.ts'

/** An IP allowlist as the API shows it. */
export interface ObservedAllowlist {
  readonly id: string
  readonly name: string
  readonly live: LiveObject
}

/** All IP allowlists with their ranges and sites. */
export const observedAllowlists = (view: OrganizationView): Promise<Outcome<readonly ObservedAllowlist[]>> =>
  view.reading(async reader => {
    const observed = (await kinds.IpAllowlist.observe?.(reader, 'all')) ?? []
    return servedObjects('IpAllowlist', [], observed, view.now().toISOString()).objects.flatMap(live =>
      live.id === undefined ? [] : [{ id: live.id, name: live.address.name, live }],
    )
  })
