import type { AccountRef } from '../../model/account.ts'

/**
 * The small world in which sign-in is simulated: what decides whether somebody gets in, and nothing else. A value that is absent is not known: then everything that
 * it could be is considered.
 */
export interface World {
  /** Authentication policies: by name those that are declared, by id the others. */
  readonly policies: ReadonlyMap<string, PolicyState>
  readonly external: ExternalState
  readonly test: ExternalState
  /** Folded addresses of those who are in the test policy, and of those who may be. Nobody else is: it holds five at most. */
  readonly testUsers: ReadonlySet<string>
  readonly maybeTestUsers: ReadonlySet<string>
  /** Identity providers whose certificate has ended, and the day it did. */
  readonly expired: ReadonlyMap<string, string>
}

export interface PolicyState {
  readonly singleSignOn?: 'off' | 'enforced' | undefined
  /** The identity provider that it sends its members to. */
  readonly provider?: string | undefined
  /** That of its directory; null: it has none, and nothing can be enforced. */
  readonly directoryProvider?: string | null | undefined
}

export interface ExternalState {
  readonly method?: 'none' | 'one-time-passcode' | 'single-sign-on' | undefined
  readonly provider?: string | undefined
}

/** One account, as far as signing in depends on it. */
export interface AccountState {
  readonly account: AccountRef & { readonly accountId: string }
  readonly managed: boolean
  /** Why it reaches nothing; absent: it is active. */
  readonly shut?: string | undefined
  /** The key of the policy that holds it; absent where that is not known, and for external accounts. */
  readonly policy?: string | undefined
  /** The identity provider that fills its directory; null: none does. */
  readonly home?: string | null | undefined
  /** Whether its mail can be read without the identity provider. */
  readonly mailbox?: 'independent' | 'dependent' | undefined
}

/** What carrying a step out changes in the world. */
export type Effect = { readonly step: string } & (
  | { readonly type: 'move'; readonly accounts: ReadonlySet<string>; readonly into: string }
  | { readonly type: 'suspend' | 'restore'; readonly accounts: ReadonlySet<string> }
  | { readonly type: 'policy'; readonly policy: string; readonly set: Pick<PolicyState, 'singleSignOn' | 'provider'> }
  | { readonly type: 'external' | 'test'; readonly set: ExternalState; readonly testUsers?: ReadonlySet<string> }
)

/** An account in a world. */
export interface Situation {
  readonly world: World
  readonly state: AccountState
}

/** The situation of an account after a step. What is set in one step is set at once. */
export function carryOut({ world, state }: Situation, effect: Effect): Situation {
  const { accountId } = state.account
  switch (effect.type) {
    case 'move':
      return effect.accounts.has(accountId) ? { world, state: { ...state, policy: effect.into } } : { world, state }
    case 'suspend':
      return effect.accounts.has(accountId) ? { world, state: { ...state, shut: 'suspended' } } : { world, state }
    case 'restore':
      return effect.accounts.has(accountId) ? { world, state: { ...state, shut: undefined } } : { world, state }
    case 'policy': {
      const policies = new Map(world.policies)
      policies.set(effect.policy, { ...world.policies.get(effect.policy), ...effect.set })
      return { world: { ...world, policies }, state }
    }
    case 'external':
    case 'test': {
      const { type, set, testUsers } = effect
      const users = testUsers === undefined ? {} : { testUsers, maybeTestUsers: new Set<string>() }
      return { world: { ...world, ...users, [type]: { ...world[type], ...set } }, state }
    }
  }
}

/** Whether a step can change how the account signs in, in any order of the steps. */
export function concerns(effect: Effect, { account, managed }: AccountState, policies: ReadonlySet<string>): boolean {
  switch (effect.type) {
    case 'move':
    case 'suspend':
    case 'restore':
      return effect.accounts.has(account.accountId)
    case 'policy':
      return managed && policies.has(effect.policy)
    case 'external':
    case 'test':
      return !managed
  }
}
