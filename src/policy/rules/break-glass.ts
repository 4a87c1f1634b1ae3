import { diagnostic, type Diagnostic } from '../../diagnostics/diagnostic.ts'
import { selectedAt } from '../../kinds/members.ts'
import { domainOf } from '../../model/account.ts'
import { conflict, type Folder, type Rule } from './rule.ts'

/** The accounts that must still be able to sign in when the identity provider is down (ref 7). */
export const breakGlass: Rule = folder => {
  const { organization } = folder
  if (organization === undefined) return []
  const own = organization.spec.domains?.map(domain => domain.toLowerCase())
  return (organization.spec.breakGlass ?? []).flatMap((entry, index) => {
    const account = typeof entry === 'string' ? entry : entry.account
    const place = {
      span: organization.locate(['breakGlass', index]),
      summary: 'declared as a break-glass account here',
    }
    const independent = typeof entry !== 'string' && entry.mailbox === 'independent'
    return own === undefined || own.includes(domainOf(account))
      ? heldBySingleSignOn(folder, account, place)
      : external(folder, account, independent, place)
  })
}

type BreakGlassPlace = Parameters<typeof conflict>[2][number]

/** Offline the groups are unknown, so only the claims that no group can be stronger than, or that no other policy answers, are judged. */
function heldBySingleSignOn(
  { AuthenticationPolicy }: Folder,
  account: string,
  place: BreakGlassPlace,
): readonly Diagnostic[] {
  const claims = AuthenticationPolicy.map(policy => ({
    policy,
    levels: selectedAt(policy.spec.members, { email: account, groups: new Set() }),
  }))
  const named = claims.filter(({ levels }) => levels.includes('accounts'))
  const byDomain = claims.filter(({ levels }) => levels.includes('domains'))
  return (named.length > 0 ? named : byDomain)
    .filter(({ policy }) => policy.spec.settings?.singleSignOn === 'enforced')
    .map(({ policy, levels }) => {
      const level = levels.includes('accounts') ? 'accounts' : 'domains'
      const index = (policy.spec.members?.[level] ?? []).findIndex(item =>
        level === 'accounts' ? item.toLowerCase() === account.toLowerCase() : item.toLowerCase() === domainOf(account),
      )
      const claim = {
        span: policy.locate(['members', level, index]),
        summary: `claimed by \`${policy.spec.name}\` here`,
      }
      return conflict('policy/break-glass-under-sso', { account, policy: policy.spec.name }, [place, claim])
    })
}

function external(
  { ExternalUserPolicy }: Folder,
  account: string,
  independent: boolean,
  place: BreakGlassPlace,
): readonly Diagnostic[] {
  return ExternalUserPolicy.filter(({ spec }) => applies(spec, account)).flatMap(
    ({ spec, locate }): readonly Diagnostic[] => {
      const method = spec.settings?.authorizationMethod
      if (method === 'single-sign-on') {
        const setting = {
          span: locate(['settings', 'authorizationMethod']),
          summary: 'single sign-on is required here',
        }
        return [conflict('policy/break-glass-external-sso', { account }, [place, setting])]
      }
      if (method !== 'one-time-passcode' || independent) return []
      return [diagnostic('policy/break-glass-mailbox', { account }, { span: place.span })]
    },
  )
}

const applies = ({ name, testUsers = [] }: { name: string; testUsers?: readonly string[] }, account: string): boolean =>
  name === 'external' || testUsers.some(user => user.toLowerCase() === account.toLowerCase())
