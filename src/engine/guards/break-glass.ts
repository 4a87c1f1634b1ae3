import { some } from '../../diagnostics/wording.ts'
import { breakGlassOf } from '../../kinds/access-rules.ts'
import { isTestUser, declaredTestUsers } from '../../kinds/external-membership.ts'
import { judgeBy } from '../../kinds/judge-access.ts'
import type { LiveAccount } from '../../kinds/live.ts'
import { foldEmail } from '../../model/account.ts'
import { formatAddress } from '../../model/address.ts'
import type { Step } from '../../model/plan.ts'
import type { Guard, GuardInput } from './guard.ts'
import { isLost, lossesOf, watchedAs } from './watched.ts'

/**
 * Break-glass accounts are touched by nothing unnoticed: neither they themselves, nor the settings of the policy that holds them. A step that only confirms changes
 * nothing.
 */
export const breakGlass: Guard = {
  code: 'break-glass',
  liftable: true,
  judge(input) {
    const { protections, lockOut, desired } = input
    if (protections.breakGlass.size === 0)
      return {
        status: 'not-checked',
        summary:
          'no break-glass account is declared: name under `breakGlass` who must be able to sign in when single sign-on is broken',
      }
    const found = [...dropped(input), ...touched(input), ...excluded(input)]
    const lost = watchedAs(lockOut, 'break-glass').filter(isLost)
    if (lost.length > 0) found.push(`shut out would be ${lossesOf(lost)}`)
    if (found.length > 0) {
      const rest = found.length - shown
      return {
        status: 'blocks',
        summary: found.slice(0, shown).join('; ') + (rest > 0 ? `; and ${rest} more` : ''),
      }
    }
    const missing = lockOut.notFound.filter(({ role }) => role === 'break-glass').map(({ email }) => email)
    if (missing.length > 0)
      return {
        status: 'not-checked',
        summary: `the organization shows no break-glass account ${some(missing)}: correct \`breakGlass\` in ${desired.organization.locate(['breakGlass']).file}`,
      }
    return { status: 'passed', summary: `no step touches ${some([...protections.breakGlass].sort())}` }
  },
}

const shown = 5

/** Accounts that the last apply protected and that the documents leave out. */
function dropped({ protections, desired }: GuardInput): string[] {
  const kept = breakGlassOf(desired.organization.spec)
  const gone = [...protections.breakGlass].filter(email => !kept.has(email)).sort()
  return gone.length === 0 ? [] : [`${some(gone)} would be no break-glass account any more`]
}

/** Steps on the accounts themselves, and on what holds them now or after a move. */
function touched(input: GuardInput): readonly string[] {
  const { steps, protections } = input
  const holders = holdersOf(input)
  return steps.flatMap(step => {
    const own = (step.accounts ?? [])
      .map(({ account }) => account.email)
      .filter(email => protections.breakGlass.has(foldEmail(email)))
    if (own.length > 0) return [`\`${step.id}\` ${verbs[step.action] ?? 'changes'} ${some(own)}`]
    const held = changesSettings(step) ? (holders.get(formatAddress(step)) ?? []) : []
    return held.length === 0 ? [] : [`\`${step.id}\` changes the policy of ${some(held)}`]
  })
}

const verbs: Readonly<Partial<Record<Step['action'], string>>> = {
  move: 'moves',
  suspend: 'suspends',
  restore: 'gives access back to',
}

const changesSettings = ({ action, channel, changes }: Step): boolean =>
  action === 'create' ||
  action === 'delete' ||
  (action === 'update' && changes.length > 0) ||
  (action === 'confirm' && channel === 'api')

/** The break-glass accounts that each policy holds, by its address. */
function holdersOf({ live, desired, steps, protections }: GuardInput): ReadonlyMap<string, readonly string[]> {
  const nameOf = new Map(
    live.objects.flatMap(({ id, address }) => (id === undefined ? [] : [[id, address.name] as const])),
  )
  const test = live.objects.find(({ address }) => formatAddress(address) === 'ExternalUserPolicy/test')
  const holders = new Map<string, string[]>()
  const add = (address: string, email: string): void => {
    holders.set(address, [...(holders.get(address) ?? []), email])
  }
  for (const { email, policyId } of live.accounts.filter(isProtected(protections.breakGlass))) {
    const now = nameOf.get(policyId ?? '')
    if (now !== undefined) add(`AuthenticationPolicy/${now}`, email)
  }
  for (const { email } of live.externals.filter(isProtected(protections.breakGlass))) {
    const tested = isTestUser(test?.fields['testUsers'], declaredTestUsers(desired), email)
    if (tested !== true) add('ExternalUserPolicy/external', email)
    if (tested !== false) add('ExternalUserPolicy/test', email)
  }
  for (const { action, name, accounts = [] } of steps)
    if (action === 'move')
      for (const { account } of accounts)
        if (protections.breakGlass.has(foldEmail(account.email))) add(`AuthenticationPolicy/${name}`, account.email)
  return holders
}

const isProtected =
  (breakGlassAccounts: ReadonlySet<string>) =>
  ({ email }: LiveAccount): boolean =>
    breakGlassAccounts.has(foldEmail(email))

/** Accounts that no rule of the documents lets in: they are spared, and only because of their name. */
function excluded({ live, desired, protections }: GuardInput): readonly string[] {
  const access = desired.ExternalUserPolicy.find(({ spec }) => spec.access !== undefined)?.spec.access
  if (access?.onViolation !== 'suspend' || access.allowedDomains === undefined) return []
  const judge = judgeBy({ allowedDomains: access.allowedDomains }, { live, desired, suspended: new Map() })
  const out = live.externals.filter(isProtected(protections.breakGlass)).filter(account => judge(account) !== 'kept')
  return out.length === 0
    ? []
    : [`the access rule \`allowedDomains\` leaves out ${some(out.map(({ email }) => email))}`]
}
