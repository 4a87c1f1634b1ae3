import { outcome, type Outcome } from '../../diagnostics/outcome.ts'
import type { Desired } from '../../kinds/resource.ts'
import type { Ledger } from '../../ledger/contract.ts'
import type { OrgClient } from '../../org/client.ts'
import type { OrgReader } from '../../org/reader.ts'
import { rememberingReader, type RememberingReader } from '../../org/remembering-reader.ts'
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
  /** What was written, here or by others, is read again: the ledger, allowlists and it, or both whole. */
  forget(what: 'ledger' | 'allowlists' | 'everything'): void
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
  let look: Look | undefined
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
    const asked = readLedger(ledger)
    asked.catch(() => known === asked && (known = undefined))
    return (known = asked)
  }
  /** The look of this moment: whoever got it goes on with it, whatever is forgotten meanwhile. */
  const looking = <T>(work: (look: Look) => Promise<T>): Promise<Outcome<T>> =>
    attempt(async () => {
      const asked = await opened()
      return work((look ??= lookWith(asked)))
    })

  return {
    ...options,
    reading: work => looking(({ reader }) => work(reader)),
    state,
    both: async (desired, scope = {}) => {
      const read = await looking(async ({ reader, accounts }) => {
        const [remembered] = await Promise.all([state(), reader.organization()])
        const live = await readLive(reader, desired, remembered, now(), { ...scope, accounts: accounts() })
        return { remembered, live }
      })
      if (!read.ok) return read
      const { remembered, live } = read.value
      if (!live.ok) return live
      const reads = (await opened()).counts.reads
      return outcome({ ...live.value, state: remembered, reads, noticed: live.diagnostics }, [])
    },
    forget: what => {
      known = undefined
      if (what === 'allowlists') look?.reader.forget(['controlPolicies', 'policyResources'])
      if (what === 'everything') look = undefined
    },
    close: async () => {
      const open = await client?.catch(() => undefined)
      await open?.close()
    },
  }
}

/** What one look at an organization found so far. */
interface Look {
  readonly reader: RememberingReader
  /** The accounts as all parts need them: they are put together once. */
  readonly accounts: () => Promise<AccountsRead>
}

function lookWith(asked: OrgReader): Look {
  const reader = rememberingReader(asked)
  let accounts: Promise<AccountsRead> | undefined
  return {
    reader,
    accounts: () => {
      if (accounts !== undefined) return accounts
      const reading = readAccounts(reader)
      reading.catch(() => (accounts = undefined))
      return (accounts = reading)
    },
  }
}
