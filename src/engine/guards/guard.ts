import type { Live } from '../../kinds/live.ts'
import type { Protections } from '../../kinds/protections.ts'
import type { Desired } from '../../kinds/resource.ts'
import type { JsonObject } from '../../model/json.ts'
import type { Plan, Step } from '../../model/plan.ts'
import type { LockOut } from '../lock-out/lock-out.ts'

/** Documents by address, as the ledger and a saved plan hold them. */
export type Documents = Readonly<Record<string, JsonObject>>

/** What a guard over a plan may look at: everything that the plan was made from. */
export interface GuardInput {
  readonly desired: Desired
  readonly live: Live
  readonly steps: readonly Step[]
  readonly unverified: Plan['unverified']
  /** The documents of the last apply; undefined where there was none. */
  readonly lastApplied: Documents | undefined
  /** The organization that the ledger belongs to; undefined where it is new. */
  readonly ledgerOrganization: string | undefined
  readonly protections: Protections
  readonly coverage: Plan['coverage']
  /** Whether a setting without current evidence stops the apply. */
  readonly requireEvidence: boolean
  readonly lockOut: LockOut
}

/** What a guard may look at that is judged again when a saved plan is carried out: what the plan, the ledger and the clock tell. */
export interface RunInput {
  readonly steps: readonly Step[]
  /** The proposed documents. */
  readonly documents: Documents
  /** The documents of the last apply; undefined where there was none. */
  readonly lastApplied: Documents | undefined
  readonly createdAt: string
  readonly validUntil: string
  readonly now: Date
  /** The names of the approvers whose approval counts now. */
  readonly approvedBy: readonly string[]
  /** Who made the plan, as CI or `--author` tells. */
  readonly author?: string | undefined
  /** Who else had a hand in it. */
  readonly alsoBy?: readonly string[] | undefined
  readonly protections: Protections
  readonly coverage: Plan['coverage']
}

/** What a guard found. */
export type Verdict =
  | { readonly status: 'passed' | 'not-checked'; readonly summary: string }
  | {
      readonly status: 'blocks'
      readonly summary: string
      /** `never` where `--allow` lifts it only in other circumstances, such as where no approvals are declared. */
      readonly allow?: 'never'
      /** What lifts it besides `--allow`, in words. */
      readonly otherwise?: string
    }

/** A named rule over a plan. It returns data and does nothing. */
export interface Guard<Input = GuardInput> {
  readonly code: string
  /** Whether `--allow` can lift it. */
  readonly liftable: boolean
  readonly judge: (input: Input) => Verdict
  /** The steps that it counts, where its summary does not name every one: what blocked before is something else with another of them. */
  readonly counts?: (step: Step) => boolean
}
