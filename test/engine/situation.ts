import { resolveMembership, type Membership } from '../../src/engine/membership.ts'
import { turnBy } from '../../src/engine/rollout.ts'
import type { LiveAccount, NamedAccount } from '../../src/kinds/live.ts'
import { sha256 } from '../../src/operations/hash.ts'
import { accountId, documents } from './documents.ts'

/** A policy document; `local` unless told otherwise. */
export const policy = (name: string, members: string, directory = 'local'): string =>
  `kind: AuthenticationPolicy\nname: ${name}\ndirectory: ${directory}\nmembers: ${members}`

export interface Situation {
  readonly policies: readonly string[]
  readonly accounts: readonly LiveAccount[]
  readonly groups?: Readonly<Record<string, readonly string[]>>
  readonly recorded?: Readonly<Record<string, string>>
  readonly elsewhere?: readonly NamedAccount[]
  readonly names?: ReadonlyMap<string, string>
  readonly breakGlass?: readonly string[]
  readonly isPartial?: boolean
}

/** Resolves a situation. The id of a declared policy is `id-NAME`. */
export async function resolve({
  policies,
  accounts,
  groups = {},
  recorded = {},
  elsewhere = [],
  names = new Map(),
  breakGlass = [],
  isPartial = false,
}: Situation) {
  const desired = await documents(...policies)
  return resolveMembership({
    policies: desired.AuthenticationPolicy,
    live: {
      accounts,
      groupsOf: new Map(Object.entries(groups).map(([email, list]) => [accountId(email), new Set(list)])),
      policyNames: names,
      namedElsewhere: elsewhere,
    },
    ids: new Map(desired.AuthenticationPolicy.map(({ spec }) => [spec.name, `id-${spec.name}`])),
    recorded: new Map(Object.entries(recorded).map(([email, name]) => [accountId(email), name])),
    staging: { turn: turnBy(sha256), breakGlass: new Set(breakGlass), isPartial },
  })
}

/** The policy of each claimed account, by address. */
export const claimed = (membership: Membership, accounts: readonly LiveAccount[]) =>
  Object.fromEntries(accounts.map(({ email, accountId: id }) => [email, membership.claimed.get(id)]))

export const moves = ({ moves: all }: Membership) =>
  Object.fromEntries([...all].map(([name, list]) => [name, list.map(({ account: { email }, from }) => [email, from])]))

export const codes = ({ diagnostics }: Membership): readonly string[] => diagnostics.map(({ code }) => code)
