import { assess, type Assessment } from '../coverage/assess.ts'
import { mfaDeclarations } from '../coverage/mfa-declaration.ts'
import { declaredViews, liveViews, type PolicyViews } from '../coverage/policy-view.ts'
import type { VerdictContext } from '../coverage/policy-verdict.ts'
import { requirementsOf, type Requirement } from '../coverage/requirements.ts'
import { declaredTestUsers } from '../kinds/external-membership.ts'
import type { Live } from '../kinds/live.ts'
import type { Desired } from '../kinds/resource.ts'
import type { Step } from '../model/plan.ts'
import type { LedgerState } from './ledger-state.ts'

/** What every account has to pass, now and as declared, and what that was worked out from. */
export interface Measured extends Assessment {
  readonly now: PolicyViews
  readonly declared: PolicyViews
  readonly context: VerdictContext
  readonly requirements: readonly Requirement[]
  readonly access: { readonly suspended: ReadonlySet<string>; readonly restored: ReadonlySet<string> }
}

/** Measures coverage as it is and as it will be once the documents are carried out: every step of the plan, those in the console too. */
export function measure(
  desired: Desired,
  live: Live,
  ledger: Pick<LedgerState, 'declarations'>,
  { claimed, steps }: { readonly claimed: ReadonlyMap<string, string>; readonly steps: readonly Step[] },
): Measured {
  const at = new Date(live.at)
  const context = { now: at, mfa: mfaDeclarations(desired.organization.spec, ledger.declarations, at) }
  const now = liveViews(desired, live)
  const declared = declaredViews(desired, live)
  const access = { suspended: accountsOf(steps, 'suspend'), restored: accountsOf(steps, 'restore') }
  const testUsers = declaredTestUsers(desired)
  return {
    ...assess({ live, now, declared, context, claimed, ...access, testUsers }),
    now,
    declared,
    context,
    access,
    requirements: requirementsOf(desired.CoverageRequirement, desired.Exception),
  }
}

const accountsOf = (steps: readonly Step[], action: Step['action']): ReadonlySet<string> =>
  new Set(
    steps
      .filter(step => step.action === action)
      .flatMap(({ accounts = [] }) => accounts.flatMap(({ account }) => account.accountId ?? [])),
  )
