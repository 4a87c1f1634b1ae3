import type { Activity, LiveDomain } from '../kinds/live.ts'
import type { Desired } from '../kinds/resource.ts'
import { compareText } from '../model/address.ts'
import type { LevelCounts, Remedy } from '../model/coverage.ts'
import { claimDomains } from './remedies-domains.ts'
import { carryOut, proveExternal } from './remedies-documents.ts'
import { askForSingleSignOn, turnOnExternalPolicy } from './remedies-external.ts'
import { declareMfa, requireTwoStep } from './remedies-managed.ts'
import { blockTokens, suspendInactive } from './remedies-access.ts'
import type { VerdictContext } from './policy-verdict.ts'
import type { PolicyViews } from './policy-view.ts'
import type { Situation } from './what-if.ts'

/** Everything that remedies are worked out from. */
export interface RemedyInput extends Situation {
  readonly desired: Desired
  readonly now: PolicyViews
  readonly declared: PolicyViews
  readonly context: VerdictContext
  readonly activity: ReadonlyMap<string, Activity>
  readonly domains: readonly LiveDomain[]
}

/** What can be done about the gaps, what helps most people first. Each effect is counted, never estimated. */
export const remediesOf = (input: RemedyInput): readonly Remedy[] =>
  [
    ...carryOut(input),
    ...proveExternal(input),
    ...turnOnExternalPolicy(input),
    ...askForSingleSignOn(input),
    ...requireTwoStep(input),
    ...declareMfa(input),
    ...blockTokens(input),
    ...suspendInactive(input),
    ...claimDomains(input),
  ].sort((a, b) => gain(b) - gain(a) || compareText(a.code, b.code) || compareText(a.summary, b.summary))

/** Accounts that leave the two lowest levels, and those whose tokens stop going around sign-in. */
function gain({ levels, tokenAccounts }: Remedy): number {
  const exposed = (counts: LevelCounts): number => counts.none + counts.optional
  return (
    exposed(levels.before) -
    exposed(levels.after) +
    (tokenAccounts === undefined ? 0 : tokenAccounts.before - tokenAccounts.after)
  )
}
