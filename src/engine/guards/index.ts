import type { GuardResult } from '../../model/plan.ts'
import { emptyDesired } from './empty-desired.ts'
import { emptyLive } from './empty-live.ts'
import type { Guard, GuardInput } from './guard.ts'
import { otherOrganization } from './other-organization.ts'

/** All guards, in the order in which they are shown. */
export const guards: readonly Guard[] = [otherOrganization, emptyLive, emptyDesired]

/** Every guard's verdict. One that blocks is lifted only by its own code, for this run. */
export const runGuards = (input: GuardInput, allow: ReadonlySet<string>): readonly GuardResult[] =>
  guards.map(({ code, liftable, judge }) => {
    const verdict = judge(input)
    if (verdict.status !== 'blocks') return { code, ...verdict }
    if (!liftable) return { code, ...verdict }
    return allow.has(code)
      ? { code, status: 'lifted', summary: verdict.summary }
      : { code, ...verdict, lift: `--allow ${code}` }
  })
