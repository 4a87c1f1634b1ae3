import { some } from '../diagnostics/wording.ts'
import { looseningRank, protectionsOf } from '../kinds/protections-of.ts'
import type { Approver, FreezeWindow, Protections } from '../kinds/protections.ts'
import type { Organization } from '../kinds/organization.ts'
import { foldEmail } from '../model/account.ts'
import { formatDuration, parseDuration } from '../model/duration.ts'

/** A limit of the Organization document: how it reads, its number, and whether a lower number is the weaker one. */
interface Limit {
  readonly path: string
  readonly weaker: 'lower' | 'higher'
  readonly of: (organization: Organization, protections: Protections) => number
  readonly words: (value: number) => string
}

const number = String

/** No duration at all is the weakest one. */
const duration = (minutes: number): string => (minutes === 0 ? 'not asked for' : formatDuration(minutes))

const limits: readonly Limit[] = [
  { path: 'guards.moves.percent', weaker: 'higher', of: (_, { moves }) => moves.percent, words: number },
  { path: 'guards.moves.atLeast', weaker: 'higher', of: (_, { moves }) => moves.atLeast, words: number },
  {
    path: 'guards.suspensions.percent',
    weaker: 'higher',
    of: (_, { suspensions }) => suspensions.percent,
    words: number,
  },
  {
    path: 'guards.suspensions.atLeast',
    weaker: 'higher',
    of: (_, { suspensions }) => suspensions.atLeast,
    words: number,
  },
  { path: 'guards.minimumOrgAdmins', weaker: 'lower', of: (_, own) => own.minimumOrgAdmins, words: number },
  { path: 'guards.planExpiresAfter', weaker: 'higher', of: (_, own) => own.planMinutes, words: duration },
  { path: 'guards.externalTestedFor', weaker: 'lower', of: (_, own) => own.testedMinutes ?? 0, words: duration },
  {
    path: 'approvals.loosening',
    weaker: 'lower',
    of: (_, { approvals }) => looseningRank(approvals.loosening),
    words: value => (Number.isInteger(value) ? String(value) : 'not declared'),
  },
  { path: 'approvals.suspensions', weaker: 'lower', of: (_, { approvals }) => approvals.suspensions, words: number },
  { path: 'approvals.everything', weaker: 'lower', of: (_, { approvals }) => approvals.everything, words: number },
  { path: 'approvals.expiresAfter', weaker: 'higher', of: (_, { approvals }) => approvals.minutes, words: duration },
  {
    path: 'approvals.attestations',
    weaker: 'lower',
    of: (_, { approvals }) => Number(approvals.attestations),
    words: value => String(value === 1),
  },
  {
    path: 'evidence.expiresAfter',
    weaker: 'higher',
    of: ({ evidence }) => parseDuration(evidence?.expiresAfter ?? '90d') ?? 0,
    words: duration,
  },
]

/** What the Organization document guards less than before. */
export function weakenedOrganization(before: Organization, after: Organization, now: Date): readonly string[] {
  const [old, next] = [before, after].map(organization => protectionsOf(undefined, organization))
  if (old === undefined || next === undefined) return []
  return [
    ...limits.flatMap(({ path, weaker, of, words }) => {
      const [from, to] = [of(before, old), of(after, next)]
      return (weaker === 'lower' ? to < from : to > from)
        ? [`\`${path}\` goes from ${words(from)} to ${words(to)}`]
        : []
    }),
    ...approvers(old.approvals.approvers, next.approvals.approvers),
    ...breakGlass(before, after),
    ...signers(before, after),
    ...freeze(old.freeze, next.freeze, now.getTime()),
    ...(before.runner?.keyOwner !== undefined && after.runner?.keyOwner === undefined
      ? ['`runner.keyOwner` is dropped']
      : []),
    ...((before.runner?.addresses ?? []).length > 0 && (after.runner?.addresses ?? []).length === 0
      ? ['`runner.addresses` is dropped']
      : []),
  ]
}

/** Whoever is new could approve what comes next; a login that is gone could hide who made a plan. */
function approvers(before: readonly Approver[], after: readonly Approver[]): readonly string[] {
  const known = new Map(before.map(approver => [`${approver.name} ${foldEmail(approver.email)}`, approver]))
  return after.flatMap(({ name, email, logins }) => {
    const same = known.get(`${name} ${foldEmail(email)}`)
    if (same === undefined) return [`\`${name}\` (${email}) becomes an approver`]
    const kept = new Set(logins.map(foldEmail))
    const gone = same.logins.filter(login => !kept.has(foldEmail(login)))
    return gone.length === 0 ? [] : [`the approver \`${name}\` loses the login ${some(gone)}`]
  })
}

function breakGlass(before: Organization, after: Organization): readonly string[] {
  const mailboxes = (organization: Organization) =>
    new Map(
      (organization.breakGlass ?? []).map(entry =>
        typeof entry === 'string' ? [foldEmail(entry), undefined] : [foldEmail(entry.account), entry.mailbox],
      ),
    )
  const next = mailboxes(after)
  return [...mailboxes(before)].flatMap(([email, mailbox]) => {
    if (!next.has(email)) return [`\`${email}\` is no break-glass account any more`]
    const declared = next.get(email) === 'independent' && mailbox !== 'independent'
    return declared ? [`the mailbox of the break-glass account \`${email}\` is declared independent`] : []
  })
}

/** Whoever holds a key that is new decides what jobs without an API key take for the organization; where no key is named anybody does. */
function signers({ snapshots: before }: Organization, { snapshots: after }: Organization): readonly string[] {
  const [from, to] = [before?.signedBy ?? [], after?.signedBy ?? []]
  if (from.length === 0) return []
  if (to.length === 0) return ['`snapshots.signedBy` is dropped']
  return to.filter(key => !from.includes(key)).map(key => `snapshots signed by \`${key}\` become believed`)
}

/** Windows that are over protect nothing any more. */
const freeze = (before: readonly FreezeWindow[], after: readonly FreezeWindow[], now: number): readonly string[] =>
  before
    .filter(({ until }) => until > now)
    .filter(({ from, until }) => !after.some(other => other.from <= Math.max(from, now) && other.until >= until))
    .map(
      ({ from, until, reason }) =>
        `the freeze from ${new Date(from).toISOString()} until ${new Date(until).toISOString()}${reason === undefined ? '' : ` (${reason})`} is dropped or shorter`,
    )
