import { diagnostic, type Diagnostic } from '../../diagnostics/diagnostic.ts'
import { domainOf } from '../../model/account.ts'
import type { Rule } from './rule.ts'

/** Authentication policies hold managed accounts only, and those are on the organization's own domains (ref 5.2). */
export const ownership: Rule = ({ organization, AuthenticationPolicy }) => {
  const declared = organization?.spec.domains
  // Domains that are left out are unmanaged: only the live organization can tell whose an account is.
  if (declared === undefined) return []
  const own = new Set(declared.map(domain => domain.toLowerCase()))
  return AuthenticationPolicy.flatMap(({ spec, locate }): readonly Diagnostic[] => [
    ...(spec.members?.accounts ?? []).flatMap((account, index) => {
      const domain = domainOf(account)
      if (own.has(domain)) return []
      const facts = { account, domain, because: 'foreign-domain' as const }
      return [diagnostic('policy/account-not-managed', facts, { span: locate(['members', 'accounts', index]) })]
    }),
    ...(spec.members?.domains ?? []).flatMap((domain, index) =>
      own.has(domain.toLowerCase())
        ? []
        : [diagnostic('policy/domain-not-owned', { domain }, { span: locate(['members', 'domains', index]) })],
    ),
  ])
}
