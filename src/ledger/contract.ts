import type { Approval } from '../model/approval.ts'
import type { Fact } from '../model/evidence.ts'
import type { JournalEntry } from '../model/journal.ts'
import type { JsonObject } from '../model/json.ts'

/** What the console exports showed, as far as it is needed to find out which policy is which and who was active when. */
export interface StoredExports {
  readonly members?: { readonly at: string; readonly policies: Readonly<Record<string, readonly string[]>> }
  readonly accounts?: { readonly at: string; readonly rows: readonly Readonly<Record<string, string>>[] }
  readonly externalUsers?: {
    readonly at: string
    readonly rows: readonly { readonly accountId: string; readonly email: string; readonly lastActive: string }[]
  }
}

/** The whole desired state when an apply ended. */
export interface LastApplied {
  readonly run: string
  readonly at: string
  readonly digest: string
  /** The documents, by address. */
  readonly documents: Readonly<Record<string, JsonObject>>
  /** The policy of every claimed account, moved or not, by account id. */
  readonly policyOf: Readonly<Record<string, string>>
}

/** An account that an apply took access from: the only ones that an apply gives it back to. */
export interface Suspension {
  readonly email: string
  readonly at: string
  readonly run: string
  /** The access rule that it broke. */
  readonly rule?: string
  /** When it had its access back, or was seen to have it: inactivity counts from then, since a suspended account cannot be active. */
  readonly restoredAt?: string
}

/** What a recorded check measured. */
export interface StoredCheck {
  readonly at: string
  readonly totals: { readonly accounts: number; readonly managed: number; readonly external: number }
  readonly levels: Readonly<Record<string, number>>
}

/** Who is changing the organization, or was when it died. */
export interface LockHolder {
  readonly run: string
  /** Such as `apply`. */
  readonly command: string
  /** A person or a CI job, in words. */
  readonly owner: string
  readonly host: string
  readonly pid: number
  /** Tells this process from an earlier one of that number, where the machine can. Opaque. */
  readonly process?: string
  /** RFC 3339 in UTC. */
  readonly at: string
}

/** The codes that approvers gave. */
export interface ApproverCodes {
  /** The time step of the last code that was taken: no code of it or of an earlier one is taken again. */
  readonly lastStep?: number
  /** Wrong codes since the last right one. */
  readonly wrong: number
  /** No code is looked at before. RFC 3339 in UTC. */
  readonly pausedUntil?: string
}

/** What the last full reading of an organization answered about accounts, their policies and groups, as checks since have brought it up to date. */
export interface StoredReading {
  /** The organization that answered. */
  readonly organization: string
  /** When everything was read. RFC 3339 in UTC. */
  readonly fullAt: string
  /** The run that was applied last, then. */
  readonly run?: string
  /** How many requests that reading took. */
  readonly requests: number
  /** What the organization counted by itself. */
  readonly counts: { readonly managed: number; readonly unmanaged: number; readonly twoStep: number }
  /** The answers, packed. Opaque. */
  readonly answers: string
}

/** Up to where the audit log tells what changed since what is kept was read. */
export interface ReadingPosition {
  /** The digest of the kept reading that it belongs to: another one may have been written meanwhile. */
  readonly of: string
  /** When the last check began: what happened since is not looked at yet. RFC 3339 in UTC. */
  readonly through: string
  /** Ids of the events that the last check dealt with, and that the next one deals with once more: answers may lag behind them. */
  readonly handled: readonly string[]
}

/** The sections of a ledger. Each is read and written as a whole. */
export interface Sections {
  readonly organization: { readonly id: string; readonly name: string }
  readonly evidence: { readonly facts: readonly Fact[] }
  readonly exports: StoredExports
  /** The ids of policies, by the names of their documents. */
  readonly bindings: { readonly policies: Readonly<Record<string, string>> }
  readonly 'last-applied': LastApplied
  /** By account id. */
  readonly suspensions: { readonly accounts: Readonly<Record<string, Suspension>> }
  /** When a declaration without a day was first seen, by its name and value. */
  readonly declarations: { readonly seen: Readonly<Record<string, string>> }
  /** The last complete check for drift, the accounts that it saw, and where it stood in the audit log, if it kept what it read. */
  readonly drift: {
    readonly lastCompleteAt: string
    readonly seen: readonly string[]
    readonly reading?: ReadingPosition
  }
  readonly reading: StoredReading
  /** Events of the audit log about what is governed, the oldest first, and until when the log was read. */
  readonly audit: { readonly through: string; readonly events: readonly JsonObject[] }
  /** The recorded checks, the oldest first, and the external accounts that the last one saw. */
  readonly checks: { readonly checks: readonly StoredCheck[]; readonly externals: readonly string[] }
  /** The one run that may change the organization; null: none does. */
  readonly lock: { readonly holder: LockHolder | null }
  /** The last run of the chain, and the run whose end was not recorded. */
  readonly runs: { readonly head?: { readonly run: string; readonly digest: string }; readonly open?: string }
  readonly approvals: {
    readonly approvals: readonly Approval[]
    /** By the name of the approver. */
    readonly codes: Readonly<Record<string, ApproverCodes>>
  }
}

export type SectionName = keyof Sections

/**
 * What Postern remembers between runs. It holds addresses of people, and never a key. Problems are thrown as `LedgerError`; a section that was
 * never written is undefined.
 */
export interface Ledger {
  /** Where it is, for messages. */
  readonly place: string
  read<Name extends SectionName>(section: Name): Promise<Sections[Name] | undefined>
  /** Replaces a section by what `change` makes of it. A crash leaves the section as it was or as it becomes, never in between. */
  update<Name extends SectionName>(
    section: Name,
    change: (before: Sections[Name] | undefined) => Sections[Name],
  ): Promise<void>
  /** What a run does, line by line. */
  readonly journal: {
    /** Adds lines to the journal of a run. They survive a crash once this resolves. */
    append(run: string, entries: readonly JournalEntry[]): Promise<void>
    /** The lines of a run in their order; none where there is no such run. A last line that a crash cut off is left out. */
    read(run: string): Promise<readonly JournalEntry[]>
  }
  /** Documents that a run leaves, each written whole. */
  readonly records: {
    write(kind: RecordKind, run: string, text: string): Promise<void>
    read(kind: RecordKind, run: string): Promise<string | undefined>
    /** The names of the runs that left one, sorted. */
    list(kind: RecordKind): Promise<readonly string[]>
  }
}

/** `run`: the evidence bundle, JSON. `recovery-card`: how to undo it by hand, Markdown. */
export type RecordKind = 'run' | 'recovery-card'

/** Names of runs, as file names and keys may hold them. Whatever else is asked for is not there. */
export const isRunName = (text: string): boolean => /^[0-9A-Za-z][0-9A-Za-z-]{0,99}$/.test(text)
