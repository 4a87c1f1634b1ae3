import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { wordsOf } from '../diagnostics/to-document.ts'
import type { LiveTokens } from '../kinds/live.ts'
import { isOutOfReach } from '../org/org-error.ts'
import type { OrgReader } from '../org/reader.ts'

/** The tokens that have not expired, by account id; undefined where the key may not list them. */
export interface TokensRead {
  readonly tokens: ReadonlyMap<string, LiveTokens> | undefined
  readonly diagnostics: readonly Diagnostic[]
}

/** Lists the API tokens of all accounts, a thousand at a time (ref 3.2). */
export async function readTokens(reader: OrgReader, now: Date): Promise<TokensRead> {
  const tokens = new Map<string, LiveTokens>()
  try {
    for await (const page of reader.apiTokens()) {
      for (const { accountId, status, expiresAt } of page) {
        if (accountId === undefined || Date.parse(expiresAt ?? '') <= now.getTime()) continue
        const { allowed, all } = tokens.get(accountId) ?? { allowed: 0, all: 0 }
        // Only BLOCKED is known not to work: an unknown status is taken for one that does.
        tokens.set(accountId, { allowed: allowed + (status === 'BLOCKED' ? 0 : 1), all: all + 1 })
      }
    }
    return { tokens, diagnostics: [] }
  } catch (error) {
    if (!isOutOfReach(error)) throw error
    const { summary } = wordsOf(error.diagnostic)
    return { tokens: undefined, diagnostics: [diagnostic('plan/tokens-unreadable', { why: summary })] }
  }
}
