import { failed, outcome, type Outcome } from '../diagnostics/outcome.ts'
import { atlassianApi } from '../operations/atlassian-addresses.ts'
import type { Connection } from '../operations/connection.ts'
import type { Ledger } from '../operations/open-ledger.ts'
import type { GivenSnapshot } from '../operations/snapshot/through-snapshot.ts'
import type { Session } from './session.ts'
import { connectionOf, consolePageOf, ledgerOf, type PlaceOptions } from './settings.ts'

/** What a plan is made from: the organization and the ledger, or a snapshot of both. */
export interface PlanPlaces {
  readonly connection: Connection
  readonly ledger: Ledger
  readonly snapshot?: GivenSnapshot
}

/** Where a plan looks. With a snapshot no key is needed, and none is used. What is only to be warned of is told at once. */
export async function planPlacesOf(
  session: Session,
  flags: PlaceOptions & { readonly snapshot?: string },
): Promise<Outcome<PlanPlaces>> {
  const { snapshot: file } = flags
  if (file === undefined) {
    const ledger = ledgerOf(session, flags)
    if (!ledger.ok) return ledger
    session.tell(ledger.diagnostics)
    const connection = connectionOf(session, flags)
    return connection.ok ? outcome({ connection: connection.value, ledger: ledger.value }, []) : connection
  }
  const [{ readSnapshot }, { snapshotLedger }] = await Promise.all([
    import('../operations/snapshot/open-snapshot.ts'),
    import('../operations/snapshot/snapshot-ledger.ts'),
  ])
  const consoleUrl = consolePageOf(session, flags)
  const read = await readSnapshot(session.path(file), file)
  if (!consoleUrl.ok || !read.ok) return failed(...consoleUrl.diagnostics, ...read.diagnostics)
  return outcome(
    {
      connection: { apiUrl: atlassianApi, consoleUrl: consoleUrl.value, apiKey: '' },
      ledger: snapshotLedger(file, read.value.ledger),
      snapshot: { snapshot: read.value, file },
    },
    [],
  )
}
