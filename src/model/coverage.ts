import type { AccountRef } from './account.ts'
import type { DiagnosticDocument, Severity } from './diagnostic-document.ts'
import type { Evidence } from './evidence.ts'
import type { Source } from './span.ts'

/** The strongest second factor that interactive sign-in must pass (design 8). */
export type CoverageLevel = 'none' | 'optional' | 'step-up' | 'two-step' | 'sso-mfa'

/** The levels, the weakest first. */
export const coverageLevels: readonly CoverageLevel[] = ['none', 'optional', 'step-up', 'two-step', 'sso-mfa']

/** Numbers of accounts by level. */
export type LevelCounts = Readonly<Record<CoverageLevel, number>>

/** What kind of account it is. Only `managed` and `external` are counted and have a level; the others are counted apart. */
export type AccountClass =
  'managed' | 'external' | 'app' | 'portal-only' | 'suspended' | 'not-in-directory' | 'deactivated'

/** API tokens go around sign-in: how many live ones an account has, and whether its policy lets them work. */
export interface Bypass {
  readonly liveTokens: number | 'unknown'
  readonly policyAllows: boolean | 'unknown'
}

/** Numbers of accounts. `accounts` is `managed` + `external`; `apart` are those without a level. */
export interface CoverageTotals {
  readonly accounts: number
  readonly managed: number
  readonly external: number
  readonly apart: number
}

/** An account that need not meet a requirement until a day. */
export interface Excepted {
  readonly account: AccountRef
  /** The name of the Exception. */
  readonly exception: string
  readonly owner: string
  /** The last day (UTC) on which it counts. */
  readonly expires: string
}

/** How a CoverageRequirement is met. Excepted accounts are not part of the population. */
export interface RequirementResult {
  readonly name: string
  readonly met: boolean
  /** Accounts that meet it, of `population`, in percent with two decimals, rounded down. */
  readonly percent: number
  /** The percent that is asked for. */
  readonly required: number
  readonly atLeast: CoverageLevel
  readonly tokens: 'ignore' | 'live' | 'possible'
  readonly severity: Severity
  readonly population: number
  readonly meeting: number
  readonly excepted: readonly Excepted[]
  readonly source?: Source
}

/** Coverage in numbers, as a plan carries it before and after. */
export interface CoverageSummary {
  readonly totals: Omit<CoverageTotals, 'apart'>
  readonly levels: LevelCounts
  /** Accounts with a live API token that works, and how many tokens. */
  readonly tokens: { readonly accounts: number; readonly tokens: number } | 'unknown'
  readonly requirements: readonly RequirementResult[]
}

/** Why an account is dangerous, the worst first. */
export type Risk = 'admin' | 'active' | 'tokens'

/** One counted account: the level it must pass, why it is no higher, and what that rests on. */
export interface AccountCoverage {
  readonly account: AccountRef
  readonly name?: string
  readonly accountClass: AccountClass
  /** The policy it is in: the name of an authentication policy (its id where no name is known), or `external`, `test`. */
  readonly policy?: string
  readonly level: CoverageLevel
  /** The level once the documents are carried out. Absent for an account that the plan takes access from. */
  readonly declaredLevel?: CoverageLevel
  readonly bypass: Bypass
  /** Why it is not higher, in words. */
  readonly reason: string
  readonly evidence: readonly Evidence[]
  readonly risk: readonly Risk[]
  readonly roles: readonly string[]
  /** Keys of the apps it reaches; absent where the API did not tell. */
  readonly products?: readonly string[]
  /** RFC 3339 in UTC, or a day; null: never, as far as is known; absent: not known. */
  readonly lastActive?: string | null
  /** The requirements that it does not meet. */
  readonly unmet: readonly string[]
  readonly exceptions?: readonly { readonly name: string; readonly requirement: string; readonly expires: string }[]
}

/** Accounts of one population by level, now and as declared. */
export interface CoveragePopulation {
  /** `class`: managed or external accounts; `policy`: the members of one policy. */
  readonly by: 'class' | 'policy'
  readonly name: string
  readonly accounts: number
  readonly levels: LevelCounts
  readonly declaredLevels: LevelCounts
}

/** What can be done, and what it would do: computed by counting again as if it were done. */
export interface Remedy {
  readonly code: string
  /** What to do and its effect, in words. */
  readonly summary: string
  /** Where or with what command. */
  readonly how: string
  /** The accounts it is about; names are cut to the first hundred. */
  readonly accounts: number
  readonly affected: readonly AccountRef[]
  /** The levels of all accounts as they are and as they would be. */
  readonly levels: { readonly before: LevelCounts; readonly after: LevelCounts }
  /** Accounts with a live token that works, before and after; absent where tokens are not known. */
  readonly tokenAccounts?: { readonly before: number; readonly after: number }
  readonly domain?: string
  readonly policy?: string
}

/** What no policy of Atlassian reaches, in words, with a number where one is known. */
export interface NotCovered {
  readonly code: string
  readonly summary: string
  readonly accounts?: number
}

/** One earlier measurement, from the ledger. */
export interface CoverageCheck {
  readonly at: string
  readonly totals: Omit<CoverageTotals, 'apart'>
  readonly levels: LevelCounts
}

/** What `coverage` prints. */
export interface CoverageReport {
  readonly formatVersion: '1.0'
  readonly at: string
  readonly organization: { readonly name: string; readonly id: string }
  readonly totals: CoverageTotals
  /** The accounts without a level, by class. */
  readonly apart: readonly { readonly accountClass: AccountClass; readonly accounts: number }[]
  /** By what current evidence shows. */
  readonly levels: LevelCounts
  /** By what the documents will bring. */
  readonly declaredLevels: LevelCounts
  readonly tokens: CoverageSummary['tokens']
  readonly populations: readonly CoveragePopulation[]
  readonly requirements: readonly RequirementResult[]
  /** Accounts below `step-up`, with a token that goes around sign-in, or short of a requirement: the most dangerous first. */
  readonly gaps: readonly AccountCoverage[]
  readonly remedies: readonly Remedy[]
  readonly notCovered: readonly NotCovered[]
  /** External accounts that the last recorded check had not seen; absent where there was none. */
  readonly newExternals?: { readonly since: string; readonly accounts: readonly AccountRef[] }
  /** External accounts on verified domains of the organization: claimed, they would be managed. */
  readonly unclaimed: readonly { readonly domain: string; readonly accounts: readonly AccountRef[] }[]
  /** Earlier checks, the oldest first. */
  readonly trend: readonly CoverageCheck[]
  /** Every counted account; only where it was asked for. */
  readonly accounts?: readonly AccountCoverage[]
  readonly diagnostics: readonly DiagnosticDocument[]
}

/** A policy whose selectors take the account in, and whether it gets it. */
export interface Claim {
  readonly policy: string
  /** The selector, the most specific that does. */
  readonly selector: 'accounts' | 'groups' | 'domains' | 'everyoneElse'
  readonly source?: Source
  readonly wins: boolean
  /** Why it does not win. */
  readonly why?: string
}

/** One setting that holds for an account. */
export interface ExplainedSetting {
  readonly path: string
  /** As the console names it. */
  readonly label: string
  readonly state: 'known' | 'stale' | 'unknown'
  readonly value?: string
  readonly evidence?: Evidence
  /** What the document says, and where. */
  readonly declared?: string
  readonly source?: Source
}

/** What `explain` prints: which policy holds for an account, why, and what that asks of it. */
export interface ExplainReport {
  readonly formatVersion: '1.0'
  readonly at: string
  readonly account: AccountRef
  readonly name?: string
  readonly accountClass: AccountClass
  /** The policy that holds now; null where none does. */
  readonly policy: string | null
  /** The selector or document that puts it there. */
  readonly source?: Source
  readonly claims: readonly Claim[]
  /** Absent for accounts that have none (`app`, `portal-only`, `deactivated`, …). */
  readonly level?: CoverageLevel
  readonly declaredLevel?: CoverageLevel
  readonly reason: string
  readonly bypass: Bypass
  readonly evidence: readonly Evidence[]
  readonly settings: readonly ExplainedSetting[]
  readonly roles: readonly string[]
  readonly products?: readonly string[]
  readonly lastActive?: string | null
  /** What the plan changes for this person; absent where it changes nothing. */
  readonly afterPlan?: { readonly policy?: string; readonly level?: CoverageLevel; readonly changes: readonly string[] }
  /** What holds for accounts of this class, in sentences. */
  readonly notes: readonly string[]
  readonly diagnostics: readonly DiagnosticDocument[]
}
