import type { AccountRef } from './account.ts'
import type { CoverageLevel } from './coverage.ts'
import type { DiagnosticDocument } from './diagnostic-document.ts'
import type { Evidence } from './evidence.ts'
import type { Json } from './json.ts'
import type { Source } from './span.ts'

/**
 * What a difference is (design 9). `pending`: git moved on, the organization did not follow yet. `changed-outside`: the organization moved, git did not. `conflict`: both moved.
 * `new`: an account first seen since the last check. `stale`, `unverified`: evidence that counts no more, or none. `vendor`: a form that Postern does not know. `settling`: a change
 * that is still taking effect.
 */
export type DriftClass =
  'changed-outside' | 'conflict' | 'pending' | 'new' | 'vendor' | 'settling' | 'stale' | 'unverified'

/** The classes of differences, the most urgent first. */
export const driftClasses: readonly DriftClass[] = [
  'changed-outside',
  'conflict',
  'pending',
  'new',
  'vendor',
  'settling',
  'stale',
  'unverified',
]

/** Who did something, as the audit log names them. */
export interface Actor {
  readonly id?: string
  readonly name?: string
  readonly email?: string
}

/** One difference between what is declared and what is live. */
export interface DriftDifference {
  readonly class: DriftClass
  readonly kind: string
  readonly name: string
  /** The field; `members` for the policy of an account, `access` for what it can reach, empty for the object as a whole. */
  readonly path: string
  readonly account?: AccountRef
  /** What the documents say; null: that it should not be there; absent: they say nothing. */
  readonly expected?: Json
  /** What is known to be live; null: it is not there; absent: not known. */
  readonly live?: Json
  /** What was last applied; absent where there is no history of it. */
  readonly applied?: Json
  readonly evidence?: readonly Evidence[]
  /** The line that governs it. */
  readonly source?: Source
  readonly actor?: Actor
  /** When it was done, or seen. */
  readonly at?: string
  readonly eventId?: string
  /** The address of origin, where the event has it. */
  readonly from?: string
  /** Why it is what it is, or why nobody can say who did it: in words. */
  readonly why?: string
  /** The Exception that silences it, and its last day. Such a difference counts for nothing. */
  readonly exception?: { readonly name: string; readonly owner: string; readonly expires: string }
}

/** A part of the organization that could not be read, and why. */
export interface NotRead {
  readonly what: string
  readonly why: string
}

/** How long something goes on to work. */
export interface LifeLeft {
  /** `api-key`, `certificate`. */
  readonly what: string
  readonly name: string
  readonly expires: string
  /** Whole days, rounded down; negative: it has ended. */
  readonly days: number
}

/** A domain that needs somebody to look at it: lapsed, or verified with accounts that nobody claimed. */
export interface DomainNotice {
  readonly domain: string
  readonly state: 'lapsed' | 'unclaimed'
  readonly status?: string
  readonly accounts?: number
}

/** What a check need not read again where the audit log tells that nothing of it changed: accounts, which policy they are in, and the groups that documents name. */
export type KeptCollection = 'accounts' | 'policies' | 'groups'

/** Each of them, in words. */
export const keptCollections: Readonly<Record<KeptCollection, string>> = {
  accounts: 'accounts',
  policies: 'which policies accounts are in',
  groups: 'groups',
}

/** Why all was read, or a part of it, although what an earlier check read is kept, or why nothing can be kept. Codes may be added. */
export interface ReadingReason {
  readonly code: string
  readonly summary: string
}

/** How far a check read the organization itself, and how far it went by the audit log. */
export interface DriftReading {
  /**
   * `full`: everything was read in this check. `incremental`: what is named in `kept` was answered by an earlier reading, and only what the audit log tells of it since was read again. A change that
   * the log does not tell is not seen before the next full reading.
   */
  readonly kind: 'full' | 'incremental'
  /** When everything was last read: `checkedAt` where this reading was full. */
  readonly fullAt: string
  /** Empty for the first reading of all, and where nothing else than the log had to be asked. */
  readonly because: readonly ReadingReason[]
  /** Only where the reading was incremental. */
  readonly kept?: {
    /** What was not read as a whole. */
    readonly collections: readonly KeptCollection[]
    /** How many accounts were read again, since events named them. */
    readonly accountsReadAgain: number
    /** How many requests the last full reading took. */
    readonly fullRequests: number
  }
}

/** What `drift` prints. */
export interface DriftReport {
  readonly formatVersion: '1.0'
  readonly organization: { readonly name: string; readonly id: string }
  readonly checkedAt: string
  /** When a check was last complete, this one included; null: never, as far as the ledger knows. */
  readonly lastCompleteAt: string | null
  /**
   * Whether nothing that had to be read failed to be: no less, and no more. A partial read is never in sync. Where `reading` is incremental, a complete check is in sync as far as the audit log tells.
   */
  readonly complete: boolean
  readonly reading: DriftReading
  /** Whether the ledger knows what was last applied. Without it, who moved cannot be told. */
  readonly history: boolean
  readonly notRead: readonly NotRead[]
  /** Sorted by class, the most urgent first, then by object, path and account. */
  readonly differences: readonly DriftDifference[]
  readonly life: readonly LifeLeft[]
  readonly domains: readonly DomainNotice[]
  readonly coverage: { readonly levels: Readonly<Record<CoverageLevel, number>>; readonly accounts: number }
  readonly requests: { readonly reads: number }
  readonly diagnostics: readonly DiagnosticDocument[]
}
