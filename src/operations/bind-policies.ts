import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { outcome, type Outcome } from '../diagnostics/outcome.ts'
import { idsByName, resolveId } from '../evidence/bind-names.ts'
import type { Resource } from '../kinds/resource.ts'
import { foldEmail } from '../model/account.ts'
import { grouped } from '../model/grouped.ts'
import type { AccountsRead } from './read-accounts.ts'
import type { LedgerState } from './ledger-state.ts'

/** Which policy of the organization each document is, as far as it can be told. */
export interface Bindings {
  /** Ids by the names of the documents. */
  readonly ids: ReadonlyMap<string, string>
  /** The names that policies have in the console, by id, and what says so. */
  readonly names: ReadonlyMap<string, { readonly name: string; readonly from: 'api' | 'export'; readonly at: string }>
}

/** Resolves the ids of the declared policies: the document, the ledger, the API, an export (design 3). */
export function bindPolicies(
  policies: readonly Resource<'AuthenticationPolicy'>[],
  { accounts, servedNames }: AccountsRead,
  { bindings, exports }: LedgerState,
  now: string,
): Outcome<Bindings> {
  const exported = exportedIds(accounts, exports)
  const served = new Map<string, Set<string>>()
  for (const [id, name] of servedNames) served.set(name, (served.get(name) ?? new Set()).add(id))

  const ids = new Map<string, string>()
  const diagnostics: Diagnostic[] = []
  for (const { spec, locate } of policies) {
    const resolved = resolveId(spec.name, {
      declared: spec.id,
      bound: Object.hasOwn(bindings, spec.name) ? bindings[spec.name] : undefined,
      served: served.get(spec.name) ?? new Set(),
      exported: exported.get(spec.name) ?? new Set(),
    })
    diagnostics.push(...resolved.diagnostics.map(found => ({ ...found, span: locate(['name']) })))
    if (resolved.ok && resolved.value !== undefined) ids.set(spec.name, resolved.value)
  }
  diagnostics.push(...sharedIds(policies, ids))

  return outcome({ ids, names: policyNames({ accounts, servedNames }, exports, now) }, diagnostics)
}

/** The names that policies have in the console, by id, and what says so: the API, else an export that is about one policy alone. */
export function policyNames(
  { accounts, servedNames }: Pick<AccountsRead, 'accounts' | 'servedNames'>,
  exports: LedgerState['exports'],
  now: string,
): Bindings['names'] {
  const names = new Map<string, { readonly name: string; readonly from: 'api' | 'export'; readonly at: string }>()
  for (const [name, found] of exportedIds(accounts, exports)) {
    const [id] = found
    if (id !== undefined && found.size === 1) names.set(id, { name, from: 'export', at: exports.members?.at ?? now })
  }
  for (const [id, name] of servedNames) names.set(id, { name, from: 'api', at: now })
  return names
}

/** The ids that the members of each exported policy are in now, by its name. */
function exportedIds(
  accounts: AccountsRead['accounts'],
  { members }: LedgerState['exports'],
): ReadonlyMap<string, ReadonlySet<string>> {
  if (members === undefined) return new Map()
  const policyIdOf = new Map(
    accounts.flatMap(({ email, policyId }) => (policyId === undefined ? [] : [[foldEmail(email), policyId] as const])),
  )
  return idsByName(members.policies, policyIdOf)
}

/** Two documents must not stand for one policy: each would undo the other. */
function sharedIds(
  policies: readonly Resource<'AuthenticationPolicy'>[],
  ids: ReadonlyMap<string, string>,
): readonly Diagnostic[] {
  return [...grouped(policies, ({ spec }) => ids.get(spec.name)?.toLowerCase())].flatMap(([id, same]) => {
    const last = same.at(-1)
    if (last === undefined || same.length < 2) return []
    const place = last.spec.id === undefined ? ['name'] : ['id']
    return [
      diagnostic(
        'policy/one-id-twice',
        { id, policies: same.map(({ spec }) => spec.name) },
        { span: last.locate(place) },
      ),
    ]
  })
}
