import { outcome, type Outcome } from '../../diagnostics/outcome.ts'
import type { Desired } from '../../kinds/resource.ts'
import type { Ledger } from '../../ledger/contract.ts'
import type { OrgClient } from '../../org/client.ts'
import type { OrgReader } from '../../org/reader.ts'
import { rememberingReader } from '../../org/remembering-reader.ts'
import { attempt } from '../attempt.ts'
import type { BothRead } from '../compare.ts'
import { connect, type Connection } from '../connection.ts'
import { readLedger, type LedgerState } from '../ledger-state.ts'
import { readAccounts, type AccountsRead } from '../read-accounts.ts'
import { readLive, type ReadScope } from '../read-live.ts'

/**
 * One organization and its ledger, as whoever asks about it piece by piece sees them: what was read once is not read again until it is told that something may have changed. So all pieces of a plan
 * come from one look, and a thousand of them cost the requests of one.
 */
export interface OrganizationView {
  readonly connection: Connection
  readonly ledger: Ledger
  readonly organizationId: string
  now(): Date
  /** Reads with the answers that are known already. A failure of the organization or the ledger is its diagnostic. */
  reading<T>(work: (reader: OrgReader) => Promise<T>): Promise<Outcome<T>>
  state(): Promise<LedgerState>
  /** What the documents need of organization and ledger. */
  both(desired: Desired, scope?: ReadScope): Promise<Outcome<BothRead>>
  /** The ledger was written: it is read again. */
  forgetLedger(): void
  /** The organization was written, or time went by: both are read again. */
  forget(): void
  close(): Promise<void>
}

export function viewOf(options: {
  readonly connection: Connection
  readonly ledger: Ledger
  readonly organizationId: string
  readonly now: () => Date
  /** Ends what is being read. */
  readonly signal?: AbortSignal
}): OrganizationView {
  const { connection, ledger, organizationId, now, signal } = options
  let client: Promise<OrgClient> | undefined
  let reader: OrgReader | undefined
  let accounts: Promise<AccountsRead> | undefined
  let known: Promise<LedgerState> | undefined

  const opened = (): Promise<OrgClient> => {
    if (client !== undefined) return client
    client = connect({ ...connection, ...(signal && { signal }) }, organizationId, 'read')
    // A key that cannot be used is told to everybody who asks.
    client.catch(() => (client = undefined))
    return client
  }
  const state = (): Promise<LedgerState> => {
    if (known !== undefined) return known
    known = readLedger(ledger)
    known.catch(() => (known = undefined))
    return known
  }
  const reading: OrganizationView['reading'] = work =>
    attempt(async () => {
      const asked = await opened()
      reader ??= rememberingReader(asked)
      return work(reader)
    })

  return {
    ...options,
    reading,
    state,
    both: async (desired, scope = {}) => {
      const read = await reading(async asked => {
        const [remembered] = await Promise.all([state(), asked.organization()])
        accounts ??= readAccounts(asked)
        accounts.catch(() => (accounts = undefined))
        const live = await readLive(asked, desired, remembered, now(), { ...scope, accounts })
        return { remembered, live }
      })
      if (!read.ok) return read
      const { remembered, live } = read.value
      if (!live.ok) return live
      const reads = (await opened()).counts.reads
      return outcome({ ...live.value, state: remembered, reads, noticed: live.diagnostics }, [])
    },
    forgetLedger: () => (known = undefined),
    forget: () => {
      known = undefined
      accounts = undefined
      reader = undefined
    },
    close: async () => {
      const open = await client?.catch(() => undefined)
      await open?.close()
    },
  }
}
