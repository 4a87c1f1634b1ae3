import { foldEmail } from '../model/account.ts'
import { parseDuration } from '../model/duration.ts'
import { breakGlassOf } from './access-rules.ts'
import { freezeWindows } from './freeze.ts'
import type { Organization } from './organization.ts'
import type { Approver, Protections, ProtectionsOf, Threshold } from './protections.ts'

/** The stricter of what was last applied and what is proposed, in each point: a change cannot loosen what guards it. */
export const protectionsOf: ProtectionsOf = (lastApplied, proposed) => {
  const next = declared(proposed)
  return lastApplied === undefined ? next : stricter(declared(lastApplied), next)
}

const day = 1440

/** What one document says, with the defaults. */
function declared(organization: Organization): Protections {
  const { guards, approvals, freeze = [] } = organization
  return {
    moves: { percent: 10, atLeast: 20, ...guards?.moves },
    suspensions: { percent: 5, atLeast: 5, ...guards?.suspensions },
    minimumOrgAdmins: guards?.minimumOrgAdmins ?? 2,
    planMinutes: minutes(guards?.planExpiresAfter) ?? day,
    ...maybe('testedMinutes', minutes(guards?.externalTestedFor)),
    approvals: {
      ...maybe('loosening', approvals?.loosening),
      suspensions: approvals?.suspensions ?? 0,
      everything: approvals?.everything ?? 0,
      minutes: minutes(approvals?.expiresAfter) ?? day,
      attestations: approvals?.attestations ?? false,
      approvers: (approvals?.approvers ?? []).map(({ name, email, logins = [] }) => ({ name, email, logins })),
    },
    breakGlass: breakGlassOf(organization),
    freeze: freezeWindows(freeze),
  }
}

const stricter = (last: Protections, next: Protections): Protections => ({
  moves: lowerThreshold(last.moves, next.moves),
  suspensions: lowerThreshold(last.suspensions, next.suspensions),
  minimumOrgAdmins: Math.max(last.minimumOrgAdmins, next.minimumOrgAdmins),
  planMinutes: Math.min(last.planMinutes, next.planMinutes),
  ...maybe('testedMinutes', highest(last.testedMinutes, next.testedMinutes)),
  approvals: {
    ...maybe('loosening', stricterLoosening(last.approvals.loosening, next.approvals.loosening)),
    suspensions: Math.max(last.approvals.suspensions, next.approvals.suspensions),
    everything: Math.max(last.approvals.everything, next.approvals.everything),
    minutes: Math.min(last.approvals.minutes, next.approvals.minutes),
    attestations: last.approvals.attestations || next.approvals.attestations,
    approvers: inBoth(last.approvals.approvers, next.approvals.approvers),
  },
  breakGlass: new Set([...last.breakGlass, ...next.breakGlass]),
  freeze: [...last.freeze, ...next.freeze],
})

const lowerThreshold = (a: Threshold, b: Threshold): Threshold => ({
  percent: Math.min(a.percent, b.percent),
  atLeast: Math.min(a.atLeast, b.atLeast),
})

const highest = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? (a ?? b) : Math.max(a, b)

/** Where no document says a number, `--allow` lifts it: stricter than none at all, and less strict than one approval. */
export const looseningRank = (approvals: number | undefined): number => approvals ?? 0.5

const stricterLoosening = (a: number | undefined, b: number | undefined): number | undefined =>
  looseningRank(a) > looseningRank(b) ? a : b

/** Who is in both with one address. The logins of both count: each of them may have made the plan. */
const inBoth = (last: readonly Approver[], next: readonly Approver[]): readonly Approver[] =>
  next.flatMap(approver => {
    const before = last.find(
      ({ name, email }) => name === approver.name && foldEmail(email) === foldEmail(approver.email),
    )
    return before === undefined ? [] : [{ ...approver, logins: [...new Set([...before.logins, ...approver.logins])] }]
  })

const minutes = (duration: string | undefined): number | undefined =>
  duration === undefined ? undefined : parseDuration(duration)

const maybe = <Name extends string>(name: Name, value: number | undefined): Partial<Readonly<Record<Name, number>>> =>
  value === undefined ? {} : ({ [name]: value } as Readonly<Record<Name, number>>)
