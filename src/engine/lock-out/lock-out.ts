import type { AccountRef } from '../../model/account.ts'
import type { WayBack } from '../../model/plan.ts'

/** Whether an account can sign in, as far as it is known. */
export interface SignIn {
  readonly can: 'yes' | 'no' | 'unknown'
  /** Why it cannot, or why that is not known. */
  readonly reason?: string
  /** The identity provider without which it cannot; null: it needs none; absent: not known. */
  readonly through?: string | null
}

/** Why an account is looked at. One account may be looked at in each role, and what a role asks for differs. */
export type Role = 'admin' | 'break-glass' | 'key-owner'

/** A state that a part of the steps leads to, and how an account stands in it. */
export interface Reached extends SignIn {
  /** The step that led to it. */
  readonly step: string
}

/** How one account stands before the plan, and in every state that it can lead to. */
export interface Watched {
  readonly account: AccountRef
  readonly role: Role
  readonly now: SignIn
  /** One for each step and standing that the account can find itself in, in the order of the steps. */
  readonly reached: readonly Reached[]
}

/** Who can still sign in while a plan is carried out. */
export interface LockOut {
  readonly watched: readonly Watched[]
  /** Break-glass accounts, and the owner of the key, that the organization does not show. */
  readonly notFound: readonly { readonly email: string; readonly role: Role }[]
  /** How many accounts there are of which the API does not tell the roles. */
  readonly rolesUnknown: number
  readonly wayBack: WayBack
}
