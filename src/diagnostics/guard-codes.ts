import { some, type WordingOf } from './wording.ts'

/** What a guard that blocks says, and what lifts it. */
interface Blocked {
  readonly summary: string
  readonly lift?: string
}

/** One code for each guard: the guard’s own code is bare. */
export interface GuardFacts {
  'guard/too-many-moves': Blocked
  'guard/too-many-suspensions': Blocked
  'guard/minimum-org-admins': Blocked
  'guard/locks-out-admins': Blocked
  'guard/locks-out-runner': Blocked
  'guard/break-glass': Blocked
  'guard/untested-external': Blocked
  'guard/loosens': Blocked
  'guard/suspends': Blocked
  'guard/needs-approval': Blocked
  'guard/unverified': Blocked
  'guard/stale-plan': Blocked
  'guard/frozen': Blocked
  'guard/other-organization': Blocked
  'guard/empty-desired': Blocked
  'guard/empty-live': Blocked
  'guard/unknown-code': { readonly code: string; readonly known: readonly string[] }
}

const blocked = ({ summary, lift }: Blocked) => ({ summary, ...(lift !== undefined && { hint: lift }) })

export const guardWording: WordingOf<GuardFacts> = {
  'guard/too-many-moves': blocked,
  'guard/too-many-suspensions': blocked,
  'guard/minimum-org-admins': blocked,
  'guard/locks-out-admins': blocked,
  'guard/locks-out-runner': blocked,
  'guard/break-glass': blocked,
  'guard/untested-external': blocked,
  'guard/loosens': blocked,
  'guard/suspends': blocked,
  'guard/needs-approval': blocked,
  'guard/unverified': blocked,
  'guard/stale-plan': blocked,
  'guard/frozen': blocked,
  'guard/other-organization': blocked,
  'guard/empty-desired': blocked,
  'guard/empty-live': blocked,
  'guard/unknown-code': ({ code, known }) => ({
    summary: `there is no guard \`${code}\` to lift`,
    hint: `the guards are ${some(known, 20)}`,
  }),
}
