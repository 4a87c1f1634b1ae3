import type { Diagnostic } from '../diagnostics/diagnostic.ts'

/** A text in a bucket, and the tag that changes whenever it is replaced. */
export interface StoredObject {
  readonly text: string
  readonly tag: string
}

/** Write only where there is no object yet, or only over the one with this tag. */
export type PutCondition = { readonly absent: true } | { readonly tag: string }

/** How a write ended. `refused`: the condition did not hold. `unknown`: no answer came, and it may have been carried out. */
export type PutEnd =
  { readonly end: 'written' } | { readonly end: 'refused' } | { readonly end: 'unknown'; readonly problem: Diagnostic }

/** What a ledger needs of a bucket: texts by key, under one prefix. Failures are thrown as `LedgerError`; a failed write was then not carried out. */
export interface ObjectStore {
  /** The address of an object, or with '' of the whole, for messages. */
  readonly at: (key: string) => string
  get(key: string): Promise<StoredObject | undefined>
  put(key: string, text: string, condition?: PutCondition): Promise<PutEnd>
  /** The keys that begin with `prefix`, all pages of them, sorted. */
  list(prefix: string): Promise<readonly string[]>
}
