import { diagnostic, type Diagnostic } from '../../diagnostics/diagnostic.ts'
import { levels, selectedAt } from '../../kinds/members.ts'
import { domainOf, foldEmail } from '../../model/account.ts'
import { conflict, type Draft, type Folder, type Rule } from './rule.ts'

/** The accounts that must still be able to sign in when the identity provider is down (ref 7). */
export const breakGlass: Rule = folder => {
  const { organization } = folder
  if (organization === undefined) return []
  const own = organization.spec.domains?.map(domain => domain.toLowerCase())
  return (organization.spec.breakGlass ?? []).flatMap((entry, index) => {
    const account = typeof entry === 'string' ? entry : entry.account
    const place = () => ({
      span: organization.locate(['breakGlass', index]),
      summary: 'declared as a break-glass account here',
    })
    if (own === undefined || own.includes(domainOf(account))) return heldBySingleSignOn(folder, account, place)
    const mailbox = typeof entry === 'string' ? undefined : entry.mailbox
    const refused = mailbox === undefined && organization.wrote(['breakGlass', index, 'mailbox'])
    return external(folder, account, mailbox === 'independent' || refused, place)
  })
}

/** Located only when there is something to say. */
type BreakGlassPlace = () => Parameters<typeof conflict>[2][number]

/**
 * By the strongest claim that the text alone can show: offline nobody knows who is in which group or directory. An account that is to be safe from
 * single sign-on is named, under `accounts` of another policy or under `except`, and then it is.
 */
function heldBySingleSignOn(
  { AuthenticationPolicy }: Folder,
  account: string,
  place: BreakGlassPlace,
): readonly Diagnostic[] {
  const claims = AuthenticationPolicy.map(policy => ({
    policy,
    claimed: selectedAt(policy.spec.members, { email: account, groups: new Set() }),
  }))
  const level = levels.find(candidate => claims.some(({ claimed }) => claimed.includes(candidate)))
  if (level === undefined || level === 'groups') return []
  const holders = claims.filter(({ claimed }) => claimed.includes(level)).map(({ policy }) => policy)
  const enforced = holders.filter(({ spec }) => spec.settings?.singleSignOn === 'enforced')
  // `everyoneElse` is for one directory: with others left, which one holds the account is for the plan to say.
  if (level === 'everyoneElse' && enforced.length < holders.length) return []
  return enforced.map(policy => {
    const { name } = policy.address
    const claim = { span: policy.locate(claimPath(policy, level, account)), summary: `claimed by \`${name}\` here` }
    return conflict('policy/break-glass-under-sso', { account, policy: name }, [place(), claim])
  })
}

function claimPath(
  { spec }: Draft<'AuthenticationPolicy'>,
  level: 'accounts' | 'domains' | 'everyoneElse',
  account: string,
): readonly (string | number)[] {
  if (level === 'everyoneElse') return ['members', level]
  const wanted = level === 'accounts' ? foldEmail(account) : domainOf(account)
  return ['members', level, (spec.members?.[level] ?? []).findIndex(item => foldEmail(item) === wanted)]
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
        return [conflict('policy/break-glass-external-sso', { account }, [place(), setting])]
      }
      if (method !== 'one-time-passcode' || independent) return []
      return [diagnostic('policy/break-glass-mailbox', { account }, { span: place().span })]
    },
  )
}

const applies = ({ name, testUsers = [] }: Draft<'ExternalUserPolicy'>['spec'], account: string): boolean =>
  name === 'external' || testUsers.some(user => foldEmail(user) === foldEmail(account))
