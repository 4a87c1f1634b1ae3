import type { Sighting } from '../../adoption/sighting.ts'
import { outcome, type Outcome } from '../../diagnostics/outcome.ts'
import type { Desired } from '../../kinds/resource.ts'
import type { Ledger } from '../../ledger/contract.ts'
import { attempt } from '../attempt.ts'
import { refuseForeign } from '../claim-ledger.ts'
import { reading, type Connection } from '../connection.ts'
import { readLedger, type LedgerState } from '../ledger-state.ts'
import { readGroups } from '../read-groups.ts'
import { readSighting } from '../read-sighting.ts'
import { statedIds } from './bind-documents.ts'

/** Where to look. */
export interface LookOptions {
  readonly connection: Connection
  readonly ledger: Ledger
  readonly now: Date
  readonly id: string
  /** The documents of the folder, where there are any. */
  readonly desired: Desired | undefined
  /** What is to be taken for recorded already. */
  readonly withTaken: (state: LedgerState) => LedgerState
}

/** What an import looks at. */
export interface Looked {
  readonly sighting: Sighting
  readonly state: LedgerState
  /** The groups that the documents name, by account id. */
  readonly groupsOf: ReadonlyMap<string, ReadonlySet<string>>
}

/** Reads the organization and the ledger, which must not be another one's. */
export async function look(options: LookOptions): Promise<Outcome<Looked>> {
  const { connection, ledger, now, id, desired } = options
  const read = await attempt(async () => {
    await refuseForeign(ledger, id)
    const state = options.withTaken(await readLedger(ledger))
    return reading(connection, id, async client => {
      const [seen, groups] = await Promise.all([
        readSighting(client, state, now, desired === undefined ? {} : knownOf(desired, state)),
        // What is wrong with the groups that documents name is for a plan to say.
        desired === undefined ? noGroups : readGroups(client, desired.AuthenticationPolicy),
      ])
      return { seen, state, groupsOf: groups.groupsOf }
    })
  })
  if (!read.ok) return read
  const { seen, state, groupsOf } = read.value
  return seen.ok ? outcome({ sighting: seen.value, state, groupsOf }, seen.diagnostics) : seen
}

const noGroups = { groupsOf: new Map<string, ReadonlySet<string>>() }

const knownOf = (desired: Desired, state: LedgerState) => ({
  names: statedIds(desired, state),
  expiresAfter: desired.organization.spec.evidence?.expiresAfter ?? '90d',
})
