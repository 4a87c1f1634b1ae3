import type { AccountRef } from './account.ts'
import type { Address } from './address.ts'
import type { Json, JsonObject } from './json.ts'

/** One field that differs. `before` is absent where it is unknown, null where it is not there. */
export interface FieldChange {
  readonly path: string
  readonly before?: Json
  readonly after: Json
}

/** A console field whose desired value nothing proves. `before` is what was last known of it, if anything was. */
export interface UnprovenField {
  readonly path: string
  readonly before?: Json
  readonly after: Json
  readonly state: 'unverified' | 'stale'
}

/** An account that changes policies, and the name (else the id) of the policy it leaves; for suspending and restoring, its status now. */
export interface AccountMove {
  readonly account: AccountRef
  readonly from: string
  /** Why it is suspended or restored, in words. */
  readonly because?: string
  /** The access rule that it breaks. */
  readonly rule?: 'allowedDomains' | 'inactiveAfter'
}

/** A difference between what is desired and what is live. */
export type Change<Spec extends JsonObject = JsonObject> =
  | { readonly action: 'create'; readonly address: Address; readonly after: Spec }
  | { readonly action: 'update'; readonly address: Address; readonly fields: readonly FieldChange[] }
  | { readonly action: 'delete'; readonly address: Address; readonly before: JsonObject }
  | { readonly action: 'confirm'; readonly address: Address; readonly fields: readonly UnprovenField[] }
  | {
      readonly action: 'move' | 'suspend' | 'restore'
      readonly address: Address
      readonly accounts: readonly AccountMove[]
    }

/** What happens to an object. */
export type Action = 'create' | 'update' | 'delete' | 'confirm' | 'move' | 'suspend' | 'restore'
