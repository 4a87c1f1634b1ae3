import type { Desired } from '../../kinds/resource.ts'
import type { Live } from '../../kinds/live.ts'
import type { Step } from '../../model/plan.ts'

/** What a guard may look at: the whole plan as data. */
export interface GuardInput {
  readonly desired: Desired
  readonly live: Live
  readonly steps: readonly Step[]
  /** The addresses of the objects that the last apply governed; undefined where there was none. */
  readonly lastGoverned: readonly string[] | undefined
  /** The organization that the ledger belongs to; undefined where it is new. */
  readonly ledgerOrganization: string | undefined
}

/** What a guard found. */
export type Verdict =
  | { readonly status: 'passed' | 'not-checked'; readonly summary: string }
  | { readonly status: 'blocks'; readonly summary: string }

/** A named rule over a plan. It returns data and does nothing. */
export interface Guard {
  readonly code: string
  /** Whether `--allow` can lift it. */
  readonly liftable: boolean
  readonly judge: (input: GuardInput) => Verdict
}
