import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { wordsOf } from '../diagnostics/to-document.ts'
import type { LiveAccount } from '../kinds/live.ts'
import { isOutOfReach } from '../org/org-error.ts'
import type { OrgReader } from '../org/reader.ts'

/** What only the older listing of managed accounts tells: accounts of no person, and when people were last active. */
export interface ListingRead {
  readonly others: readonly LiveAccount[]
  /** Milliseconds since 1970, by account id. */
  readonly lastActive: ReadonlyMap<string, number>
  readonly diagnostics: readonly Diagnostic[]
}

/** Reads the older listing page by page. Without it nothing of what is measured changes; less of it is told. */
export async function readListing(reader: OrgReader): Promise<ListingRead> {
  const others: LiveAccount[] = []
  const lastActive = new Map<string, number>()
  try {
    for await (const page of reader.managedAccounts()) {
      for (const account of page) {
        const { accountId, accountType, accountStatus, email, name } = account
        const time = Date.parse(account.lastActive ?? '')
        if (!Number.isNaN(time)) lastActive.set(accountId, time)
        if (accountType !== 'app' && accountType !== 'customer') continue
        const active = accountStatus === undefined || accountStatus === 'active'
        others.push({
          accountId,
          email: email ?? accountId,
          ...(name !== undefined && { name }),
          active,
          status: active ? 'active' : 'deactivated',
          type: accountType,
          roles: [],
        })
      }
    }
    return { others, lastActive, diagnostics: [] }
  } catch (error) {
    if (!isOutOfReach(error)) throw error
    const { summary } = wordsOf(error.diagnostic)
    return {
      others: [],
      lastActive: new Map(),
      diagnostics: [diagnostic('coverage/listing-unreadable', { why: summary })],
    }
  }
}
