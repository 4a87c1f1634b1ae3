import type { GuardResult, Step } from '../../model/plan.ts'
import { breakGlass } from './break-glass.ts'
import { emptyDesired } from './empty-desired.ts'
import { emptyLive } from './empty-live.ts'
import { frozen } from './frozen.ts'
import type { Guard, GuardInput, RunInput, Verdict } from './guard.ts'
import { locksOutAdmins } from './locks-out-admins.ts'
import { locksOutRunner } from './locks-out-runner.ts'
import { loosens } from './loosens.ts'
import { minimumOrgAdmins } from './minimum-org-admins.ts'
import { needsApproval } from './needs-approval.ts'
import { otherOrganization } from './other-organization.ts'
import { stalePlan } from './stale-plan.ts'
import { suspends } from './suspends.ts'
import { tooManyMoves } from './too-many-moves.ts'
import { tooManySuspensions } from './too-many-suspensions.ts'
import { untestedExternal } from './untested-external.ts'
import { unverified } from './unverified.ts'

/** The guards over a plan and what it was made from, in the order in which they are shown. */
export const planGuards: readonly Guard[] = [
  otherOrganization,
  emptyLive,
  emptyDesired,
  tooManyMoves,
  tooManySuspensions,
  minimumOrgAdmins,
  locksOutAdmins,
  locksOutRunner,
  breakGlass,
  untestedExternal,
  unverified,
]

/** Those that are judged again when a saved plan is carried out: time has passed, and somebody may have approved it. */
export const runTimeGuards: readonly Guard<RunInput>[] = [loosens, suspends, needsApproval, stalePlan, frozen]

/** Every guard by its code. */
export const guards: readonly Pick<Guard, 'code' | 'liftable' | 'counts'>[] = [...planGuards, ...runTimeGuards]

/** The code of every guard. Only these can be lifted, and not all of them. */
export const guardCodes: readonly string[] = guards.map(({ code }) => code)

/** Whether a guard is one that counts steps, and this one among them. */
export const guardCounts = (code: string, step: Step): boolean =>
  guards.find(guard => guard.code === code)?.counts?.(step) === true

/** What the guards over the plan find. One that blocks is lifted only by its own code, for this run. */
export const runGuards = (input: GuardInput, allow: ReadonlySet<string>): readonly GuardResult[] =>
  planGuards.map(guard => result(guard, guard.judge(input), allow))

/** What the guards find that depend on the time and on who approved the plan. */
export const judgeRun = (input: RunInput, allow: ReadonlySet<string>): readonly GuardResult[] =>
  runTimeGuards.map(guard => result(guard, guard.judge(input), allow))

/** The guards of a plan with what was judged again in place of what was found when it was made. */
export function withJudged(made: readonly GuardResult[], again: readonly GuardResult[]): readonly GuardResult[] {
  const judged = new Map(again.map(guard => [guard.code, guard]))
  const known = new Set(made.map(({ code }) => code))
  return [...made.map(guard => judged.get(guard.code) ?? guard), ...again.filter(({ code }) => !known.has(code))]
}

/** The guards of a saved plan with those lifted that `--allow` names now. Those that are judged again stay as they are: `judgeRun` lifts them. */
export function withAllowed(made: readonly GuardResult[], allow: ReadonlySet<string>): readonly GuardResult[] {
  const liftable = new Set(planGuards.flatMap(guard => (guard.liftable ? [guard.code] : [])))
  return made.map(guard =>
    guard.status === 'blocks' && liftable.has(guard.code) && allow.has(guard.code)
      ? { code: guard.code, status: 'lifted', summary: guard.summary }
      : guard,
  )
}

function result({ code, liftable }: Guard<never>, verdict: Verdict, allow: ReadonlySet<string>): GuardResult {
  const { status, summary } = verdict
  if (verdict.status !== 'blocks') return { code, status, summary }
  const allowed = liftable && verdict.allow !== 'never'
  if (allowed && allow.has(code)) return { code, status: 'lifted', summary }
  const ways = [
    ...(allowed ? [`--allow ${code}`] : []),
    ...(verdict.otherwise === undefined ? [] : [verdict.otherwise]),
  ]
  return { code, status, summary, ...(ways.length > 0 && { lift: ways.join(', or ') }) }
}
