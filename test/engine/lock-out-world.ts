import type { AccountState, World } from '../../src/engine/lock-out/world.ts'

/** A world in which nothing is known but what a test says. */
export const worldOf = (changes: Partial<World> = {}): World => ({
  policies: new Map(),
  external: {},
  test: {},
  testUsers: new Set(),
  maybeTestUsers: new Set(),
  expired: new Map(),
  ...changes,
})

/** A managed account in the policy P, of a directory that okta fills. */
export const managed = (changes: Partial<AccountState> = {}): AccountState => ({
  account: { accountId: 'a', email: 'a@acme.com' },
  managed: true,
  policy: 'P',
  home: 'okta',
  ...changes,
})

export const external = (changes: Partial<AccountState> = {}): AccountState => ({
  account: { accountId: 'x', email: 'X@partner.example' },
  managed: false,
  ...changes,
})
