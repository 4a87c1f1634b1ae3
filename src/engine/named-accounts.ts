import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts'
import type { LiveAccount, NamedAccount } from '../kinds/live.ts'
import type { Resource } from '../kinds/resource.ts'
import { domainOf, foldEmail, withAddressIn } from '../model/account.ts'

/** Says of every account that a document names why it cannot be moved, where it cannot. */
export function reportNamedAccounts(
  policies: readonly Resource<'AuthenticationPolicy'>[],
  accounts: readonly LiveAccount[],
  elsewhere: readonly NamedAccount[],
): readonly Diagnostic[] {
  const named = policies.flatMap(({ spec, locate }) =>
    (spec.members?.accounts ?? []).map((account, index) => ({
      account,
      locate: () => locate(['members', 'accounts', index]),
    })),
  )
  if (named.length === 0) return []
  const managed = withAddressIn(accounts, new Set(named.map(({ account }) => foldEmail(account))))
  const found = new Map(elsewhere.map(account => [foldEmail(account.email), account.found]))
  return named.flatMap(({ account, locate }): readonly Diagnostic[] => {
    const live = managed.get(foldEmail(account))
    if (live?.active === true) return []
    const span = locate()
    if (live !== undefined) return [diagnostic('plan/account-inactive', { account }, { span })]
    return found.get(foldEmail(account)) === 'external'
      ? [
          diagnostic(
            'policy/account-not-managed',
            { account, domain: domainOf(account), because: 'unclaimed' },
            { span },
          ),
        ]
      : [diagnostic('plan/account-not-found', { account }, { span })]
  })
}
