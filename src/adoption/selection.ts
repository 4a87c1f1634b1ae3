/** An account, and where it belongs. */
export interface MemberToSelect {
  readonly email: string
  /** The name of the policy it is in. */
  readonly policy: string
  readonly groups: readonly string[]
}

/** What selects the members of one policy. Lists are sorted; absent where empty. */
export interface Selection {
  readonly accounts?: readonly string[]
  readonly groups?: readonly string[]
  readonly domains?: readonly string[]
  readonly everyoneElse?: true
  readonly except?: {
    readonly accounts?: readonly string[]
    readonly groups?: readonly string[]
    readonly domains?: readonly string[]
  }
}

/** What may be used to select members of one directory. */
export interface SelectionInput {
  readonly members: readonly MemberToSelect[]
  /** Domains that documents may name: the organization’s own, in lower case. */
  readonly domains: ReadonlySet<string>
}
