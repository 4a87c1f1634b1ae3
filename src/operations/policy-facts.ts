import { factsOfAccounts } from '../evidence/export-facts.ts'
import { distinctNames } from '../kinds/document-name.ts'
import type { LiveAccount } from '../kinds/live.ts'
import type { Fact } from '../model/evidence.ts'
import { grouped } from '../model/grouped.ts'
import type { Bindings } from './bind-policies.ts'
import type { LedgerState } from './ledger-state.ts'

/** An authentication policy by the name of its document, and its id where that is known. */
export interface CalledPolicy {
  readonly name: string
  readonly id: string | undefined
}

/**
 * What evidence tells of each authentication policy, by the name of its document. An export calls a policy as the console does, which is not always as the document does.
 * People attest documents, by the name of their time: the one it has, those that the ledger knows for its id, and the one in the console where no document has that.
 */
export function policyFacts(
  policies: readonly CalledPolicy[],
  accounts: readonly LiveAccount[],
  names: Bindings['names'],
  { facts, exports, lastApplied, bindings }: Pick<LedgerState, 'facts' | 'exports' | 'lastApplied' | 'bindings'>,
): ReadonlyMap<string, readonly Fact[]> {
  const documents = new Set(policies.map(({ name }) => name))
  const byName = grouped(facts, ({ address: { kind, name } }) => (kind === 'AuthenticationPolicy' ? name : undefined))
  const boundNames = grouped(Object.keys(bindings), name => bindings[name])
  const distinct = distinctNames(new Map([...names].map(([id, { name }]) => [id, name])))
  const byAccount = grouped(accountsFacts(policies, accounts, { exports, lastApplied }), ({ address }) => address.name)
  return new Map(
    policies.map(({ name, id }) => {
      const exported = exportedName(name, id, names)
      const others = [...(boundNames.get(id ?? '') ?? []), distinct.get(id ?? '') ?? name]
      const attested = new Set([name, ...others.filter(other => !documents.has(other))])
      return [
        name,
        [
          ...(byName.get(exported ?? '') ?? []).filter(({ from }) => from === 'export'),
          ...[...attested].flatMap(own => (byName.get(own) ?? []).filter(({ from }) => from !== 'export')),
          ...(byAccount.get(name) ?? []),
        ],
      ]
    }),
  )
}

/** The name of the policy in exports; undefined where that name is known to be another policy's. */
function exportedName(name: string, id: string | undefined, names: Bindings['names']): string | undefined {
  const live = id === undefined ? undefined : names.get(id)
  if (live !== undefined) return live.name
  return [...names].some(([other, { name: taken }]) => taken === name && other !== id) ? undefined : name
}

/**
 * What *Export accounts*, which names no policies, shows of them. The policy that an account was in when it was made is known only where an apply before it recorded the
 * account: one that was moved since carries the settings of the policy it left.
 */
function accountsFacts(
  policies: readonly CalledPolicy[],
  accounts: readonly LiveAccount[],
  { exports, lastApplied }: Pick<LedgerState, 'exports' | 'lastApplied'>,
): readonly Fact[] {
  const { accounts: exported } = exports
  if (exported === undefined || lastApplied === undefined || Date.parse(lastApplied.at) > Date.parse(exported.at))
    return []
  const nameOf = new Map(policies.flatMap(({ name, id }) => (id === undefined ? [] : [[id, name] as const])))
  const policyIdOf = new Map(accounts.map(({ accountId, policyId }) => [accountId, policyId]))
  return factsOfAccounts(exported.rows, exported.at, accountId => {
    const name = nameOf.get(policyIdOf.get(accountId) ?? '')
    return lastApplied.policyOf[accountId] === name ? name : undefined
  })
}
