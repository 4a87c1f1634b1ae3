import type { Address } from '../model/address.ts'
import type { DocumentMember } from '../model/document-member.ts'

/** A document that import would write: its members in the order in which they stand, and what is to be said beside them. */
export interface Draft {
  readonly address: Address
  /** Where it goes in an empty folder: relative, with forward slashes, harmless whatever the organization calls its objects. */
  readonly file: string
  /** Comment lines above the document, without the sign. */
  readonly head: readonly string[]
  readonly members: readonly DraftMember[]
  /** Comment lines below it: what was not observed, and how to observe it. */
  readonly foot: readonly string[]
}

/** One member of a document or of a mapping in it. */
export type DraftMember = DocumentMember

/** What is not in the documents though the organization has it, or may have it. */
export interface LeftOut {
  readonly address: Address
  /** Absent where it is the whole object. */
  readonly path?: string
  readonly why: string
}

/** A setting that nothing current shows. */
export interface Unobserved {
  readonly address: Address
  readonly path: string
  readonly label: string
  /** The console export that would show it; an attestation where there is none. */
  readonly by: 'export' | 'attestation'
}

/** What import makes of an organization. */
export interface Adopted {
  readonly drafts: readonly Draft[]
  readonly unobserved: readonly Unobserved[]
  readonly leftOut: readonly LeftOut[]
}
