import type { DiagnosticDocument } from './diagnostic-document.ts'

/** What `import` prints. */
export interface ImportReport {
  readonly formatVersion: '1.0'
  readonly organization: { readonly name: string; readonly id: string }
  /** The folder as it was given. */
  readonly folder: string
  /** Whether the files were written; with `--dry-run` they were not. */
  readonly written: boolean
  /** How much was seen of the organization. */
  readonly found?: FoundCounts
  /** The files that come or change, sorted; empty where the folder says what is live already. */
  readonly files: readonly ImportedFile[]
  /** Settings that nothing current shows: they are left out of the documents and so unmanaged. */
  readonly unobserved: readonly UnobservedSetting[]
  /** What the organization has, or may have, and the documents do not hold, with the reason. */
  readonly leftOut: readonly LeftOutPart[]
  /** How many facts the console exports brought into the ledger. */
  readonly facts: number
  readonly diagnostics: readonly DiagnosticDocument[]
}

/** How much import saw: active managed accounts, and the policies that hold any of them. */
export interface FoundCounts {
  readonly accounts: number
  readonly domains: number
  readonly directories: number
  readonly authenticationPolicies: number
  readonly ipAllowlists: number
}

/** One file that import wrote, or would write. */
export interface ImportedFile {
  /** Relative to the folder, with forward slashes. */
  readonly file: string
  readonly change: 'created' | 'changed'
  /** In the unified format. */
  readonly diff: string
}

/** A setting without current evidence. */
export interface UnobservedSetting {
  readonly kind: string
  readonly name: string
  readonly path: string
  /** What would show it. */
  readonly by: 'export' | 'attestation'
}

/** Something that is not in the documents. */
export interface LeftOutPart {
  readonly kind: string
  readonly name: string
  /** Absent where it is the whole object. */
  readonly path?: string
  readonly why: string
}
