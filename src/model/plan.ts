import type { AccountRef } from './account.ts'
import type { AccountMove, Action, FieldChange } from './change.ts'
import type { ApiRequest } from './api-request.ts'
import type { CoverageSummary } from './coverage.ts'
import type { Evidence } from './evidence.ts'
import type { Json, JsonObject } from './json.ts'
import type { DiagnosticDocument } from './diagnostic-document.ts'
import type { Source } from './span.ts'

/** What carrying a step out does to security. `unknown` counts as loosening wherever it could be one. */
export type Direction = 'tightens' | 'loosens' | 'neutral' | 'unknown'

/** One setting of a console page: as the page names it, from (absent: not known) and to. */
export interface ConsoleSetting {
  readonly path: string
  readonly label: string
  readonly from?: string
  readonly to: string
}

/** How a person carries a step out: the page, the clicks that lead there, what to set, and how Postern will know. */
export interface ConsoleStep {
  readonly url: string
  readonly clicks: readonly string[]
  readonly settings: readonly ConsoleSetting[]
  readonly affects: string
  readonly verify: readonly string[]
  /** What may be done on top of it, and why: nothing looks whether it was done. */
  readonly optional?: readonly {
    readonly title: string
    readonly why: string
    readonly url: string
    readonly clicks: readonly string[]
  }[]
}

/** One change of one object in one channel, and exactly how it will be made so. */
export interface Step {
  readonly id: string
  readonly status: 'ready' | 'blocked'
  readonly reason?: string
  readonly dependsOn: readonly string[]
  readonly channel: 'api' | 'console'
  readonly action: Action
  readonly kind: string
  readonly name: string
  readonly direction: Direction
  /** Absent for a step about an object that no document names any more. */
  readonly source?: Source
  readonly changes: readonly FieldChange[]
  readonly accounts?: readonly AccountMove[]
  readonly requests?: readonly ApiRequest[]
  readonly console?: ConsoleStep
  /** SHA-256 of the live objects the step rests on: apply reads them again and refuses the step where it moved. */
  readonly basis?: string
}

/** A desired console field without current evidence. */
export interface UnverifiedField {
  readonly kind: string
  readonly name: string
  readonly path: string
  readonly state: 'unverified' | 'stale'
  readonly evidence?: readonly Evidence[]
}

/** A field whose live value is the desired one, and what says so. */
export interface ProvenField {
  readonly kind: string
  readonly name: string
  readonly path: string
  readonly value: Json
  readonly evidence: readonly Evidence[]
}

/** A rule over the whole plan. One that `blocks` stops the whole apply. */
export interface GuardResult {
  readonly code: string
  readonly status: 'blocks' | 'passed' | 'not-checked' | 'lifted'
  readonly summary: string
  readonly lift?: string
}

/** What the plan costs: reads done, writes to do, and the seconds those take at the known limits. */
export interface RequestBudget {
  readonly reads: number
  /** Reads among them that asked when one account was last active: 200 a minute are allowed. */
  readonly lastActive: number
  readonly writes: number
  readonly seconds: number
}

/** What people will notice. */
export interface Impact {
  /** `asked-for-passcode`, `asked-for-two-step`, `asked-for-sso`, `no-longer-asked`, `loses-tokens`, `becomes-billable`, `suspended`, `restored`. */
  readonly code: string
  readonly summary: string
  /** False where what holds now is not known: they may have it already. */
  readonly certain: boolean
  readonly accounts: readonly AccountRef[]
  /** How many live API tokens stop working, for `loses-tokens`. */
  readonly tokens?: number
}

/** Who can still sign in after every step of a plan, so that somebody is there to undo it. */
export interface WayBack {
  /** Organization admins for whom nothing known speaks against it. */
  readonly admins: readonly AccountRef[]
  readonly breakGlass: readonly AccountRef[]
}

/** A policy that takes its members in by stages. */
export interface RolloutStage {
  readonly policy: string
  /** Accounts that the policy claims. */
  readonly claimed: number
  /** Those of them that are in it, or that this plan moves in. */
  readonly reached: number
  /** Those that stay where they are until the stage is widened. */
  readonly waiting: number
  /** The stage in words: `25 %`, or `the group pilots`. */
  readonly stage: string
}

/** Where something that is pending comes from: this change of the documents, what was pending without it, or both. */
export type Origin = 'change' | 'before' | 'both'

/** What a change of the documents brings, apart from what was pending without it: drift, and changes that were merged earlier. */
export interface SinceBase {
  /** As it was asked for, such as `origin/main`. */
  readonly ref: string
  /** The commit that the documents are compared with. */
  readonly commit: string
  /** Why nothing can be told apart, so that everything counts as this change: the documents were not there yet, or no plan could be made of them. */
  readonly unknown?: 'no-documents' | 'no-plan'
  /** Each step of the plan, in its order. `paths` and `accounts` are what this change brings of a step of `both`. */
  readonly steps: readonly {
    readonly id: string
    readonly origin: Origin
    readonly paths?: readonly string[]
    readonly accounts?: readonly AccountRef[]
  }[]
  /** What was pending and is no more with this change. */
  readonly withdrawn: readonly Pick<Step, 'id' | 'channel' | 'action' | 'kind' | 'name' | 'direction' | 'changes'>[]
  /** What the documents protect less than without this change, in words, whether or not a step shows it. Empty where `unknown` says that nothing can be told apart. */
  readonly weakens: readonly string[]
  /** The guards that block, and whether they block without this change just the same. */
  readonly guards: readonly { readonly code: string; readonly origin: 'change' | 'before' }[]
  /** The messages about documents that were there before, as positions in `diagnostics`. */
  readonly diagnosticsBefore: readonly number[]
  /** Coverage once everything is done that is pending without this change. */
  readonly coverage: CoverageSummary
}

/** The snapshot that a plan was made from, in place of the organization. Such a plan is never carried out. */
export interface PlanSnapshot {
  readonly takenAt: string
  readonly validUntil: string
  /** The public key that its signature fits. */
  readonly signedBy: string
  /** Whether the documents name that key as one that they trust. */
  readonly trusted: boolean
}

/** The plan, as `plan --format json` prints it and `plan --out` saves it. */
export interface Plan {
  readonly formatVersion: '1.0'
  readonly createdAt: string
  /** After this the plan is too old to be carried out: the organization has moved on. */
  readonly validUntil: string
  /** Who made it: the login of the CI job, or as told with `--author`. Absent where nobody can tell, and then nobody can approve it. */
  readonly author?: string
  /** Others who had a hand in it, such as whoever merged it: they cannot approve it either. */
  readonly alsoBy?: readonly string[]
  /** The commit of the documents, where the CI system tells. */
  readonly commit?: string
  readonly organization: { readonly name: string; readonly id: string }
  readonly digest: string
  readonly desiredDigest: string
  readonly steps: readonly Step[]
  readonly unverified: readonly UnverifiedField[]
  readonly inSync: readonly ProvenField[]
  readonly guards: readonly GuardResult[]
  /** Who has to pass a second factor as evidence shows it, and once every step is done, those in the console too. */
  readonly coverage: { readonly before: CoverageSummary; readonly after: CoverageSummary }
  readonly impact: readonly Impact[]
  readonly wayBack: WayBack
  /** Absent where no policy declares one. */
  readonly rollouts?: readonly RolloutStage[]
  /** Only with `--base`. */
  readonly base?: SinceBase
  /** Only with `--snapshot`. */
  readonly snapshot?: PlanSnapshot
  readonly requests: RequestBudget
  readonly diagnostics: readonly DiagnosticDocument[]
}

/** A plan in a file: what it takes to carry it out without the documents. */
export interface SavedPlan extends Plan {
  /** Only in the file: SHA-256 over everything else in it. It shows a slip of the hand; whoever edits on purpose can make it anew. */
  readonly seal?: string
  readonly desired: {
    /** The resolved documents, by address. */
    readonly documents: Readonly<Record<string, JsonObject>>
    /** The policy of every claimed account once the plan is carried out, by account id. */
    readonly policyOf: Readonly<Record<string, string>>
    /** The ids of the declared policies, by name. */
    readonly ids: Readonly<Record<string, string>>
    /** Accounts that an apply once suspended and that somebody else gave access back, by id. */
    readonly seenBack?: readonly string[]
  }
  /** What the steps change, as it was: an apply keeps it, and `revert` brings it back. */
  readonly before: {
    /** The id of the policy of each account that moves, by account id. */
    readonly policyOf: Readonly<Record<string, string>>
    /** Objects that the API serves and a step changes or removes, by address; null: there was none. */
    readonly objects: Readonly<Record<string, JsonObject | null>>
  }
}
