import { count } from '../diagnostics/wording.ts'
import { orgAdmin } from '../kinds/access-rules.ts'
import { ownDomains } from '../kinds/judge-access.ts'
import { domainOf } from '../model/account.ts'
import { compareText } from '../model/address.ts'
import { grouped } from '../model/grouped.ts'
import type { Remedy } from '../model/coverage.ts'
import type { Counted } from './gaps.ts'
import { managedVerdict } from './policy-verdict.ts'
import type { RemedyInput } from './remedies.ts'
import { tokenRule } from './token-rule.ts'
import { remedy } from './what-if.ts'

/** The external accounts of each domain. */
export const externalsByDomain = (rows: readonly Counted[]): ReadonlyMap<string, readonly Counted[]> =>
  grouped(rows, ({ accountClass, account }) => (accountClass === 'external' ? domainOf(account.email) : undefined))

/**
 * Claim domains that are the organization's own: verified ones, those that the documents declare and, where none is verified at all, those of its admins. Nobody can
 * claim a partner's.
 */
export function claimDomains(input: RemedyInput): readonly Remedy[] {
  const { domains, desired, rows } = input
  const verified = new Set(domains.filter(({ status }) => status === 'verified').map(({ name }) => name))
  const own = new Set(ownDomains(desired, domains))
  if (verified.size === 0)
    for (const { account } of rows) if (account.roles.includes(orgAdmin)) own.add(domainOf(account.email))
  const byDomain = externalsByDomain(rows)
  return [...own].sort(compareText).flatMap(domain => {
    const found = byDomain.get(domain)
    return found === undefined ? [] : [claim(input, domain, found, verified.has(domain))]
  })
}

/** Claimed accounts fall under the default policy of the local directory at once (ref 5.1, 5.3). */
function claim(input: RemedyInput, domain: string, found: readonly Counted[], isVerified: boolean): Remedy {
  const document = input.desired.AuthenticationPolicy.find(
    ({ spec }) => spec.directory === 'local' && spec.default === true,
  )
  const view = document === undefined ? undefined : input.now.byName.get(document.spec.name)
  // What an external account's own login has is not known (ref 2.2).
  const { level } = managedVerdict(view, undefined, input.context)
  const tokensWork = tokenRule(view, input.context.now) !== false
  return remedy(
    input,
    found.map(row => ({ row, level, tokensWork })),
    {
      code: 'claim-domain',
      summary:
        `${isVerified ? 'claim' : 'verify and claim'} ${domain}: ${count(found.length, 'account becomes', 'accounts become')} managed and ${found.length === 1 ? 'falls' : 'fall'} into ` +
        (view === undefined
          ? 'the default policy of the local directory; no document says which that is'
          : `“${view.name}”, the default policy of the local directory`),
      how: 'admin.atlassian.com → Settings → Domains; make the default policy safe first',
      domain,
      ...(view && { policy: view.name }),
    },
  )
}
