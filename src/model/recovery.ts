import type { AccountRef } from './account.ts'
import type { Action } from './change.ts'

/** A page of the console and the clicks that lead there. */
export interface RecoveryPage {
  readonly url: string
  readonly clicks: readonly string[]
}

/** One setting and what it was; absent where nobody knows. */
export interface FormerSetting {
  readonly label: string
  readonly was?: readonly string[]
}

/** What is set back on one page. */
export interface UndoPart extends RecoveryPage {
  /** For accounts that moved, the policy they were in; absent where that is not known. */
  readonly policy?: string
  readonly accounts: readonly AccountRef[]
  readonly settings: readonly FormerSetting[]
}

/** How one step is undone by hand. */
export interface Undo {
  readonly channel: 'api' | 'console'
  readonly action: Action
  readonly kind: string
  readonly name: string
  readonly parts: readonly UndoPart[]
  /** For an IP allowlist, the addresses that it lets in once the step is done: from there the console can still be reached. */
  readonly letsIn: readonly string[]
}

/** A break-glass account, and whether its mail can be read without the identity provider. */
export interface BreakGlassAccount extends AccountRef {
  readonly mailbox?: 'independent' | 'dependent'
}

/** How what a run tightens is undone by hand, who can do it, and where to turn when nobody can sign in. */
export interface Recovery {
  readonly organization: { readonly name: string; readonly id: string }
  readonly run: string
  readonly digest: string
  /** The last step first. */
  readonly undo: readonly Undo[]
  /** Policies with enforced single sign-on that the run touches: where it is turned off. */
  readonly singleSignOn: readonly (RecoveryPage & { readonly policy: string })[]
  readonly admins: readonly AccountRef[]
  readonly breakGlass: readonly BreakGlassAccount[]
}
