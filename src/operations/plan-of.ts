import { impactOf } from '../coverage/impact.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Places } from '../diagnostics/to-document.ts'
import type { Desired } from '../kinds/resource.ts'
import { formatAddress } from '../model/address.ts'
import type { JsonObject } from '../model/json.ts'
import type { PlanSnapshot, SavedPlan } from '../model/plan.ts'
import { budget } from './budget.ts'
import { sha256 } from './hash.ts'
import type { Compared } from './compare.ts'
import { documentsOf } from './guard-plan.ts'

/** A comparison as a plan: with what it costs, what people will notice, and what it takes to carry it out without the documents. */
export function planOf(
  { draft: { plan: made, claimed }, live, state, coverage, measured, bindings, reads, lastActiveReads }: Compared,
  desired: Desired,
  places: Pick<Places, 'document'>,
  diagnostics: readonly Diagnostic[],
  {
    author,
    alsoBy,
    commit,
    shown,
  }: {
    readonly author?: string | undefined
    readonly alsoBy?: readonly string[] | undefined
    readonly commit?: string | undefined
    /** The snapshot that was compared with. */
    readonly shown?: PlanSnapshot
  },
): SavedPlan {
  const { rows, access } = measured
  return {
    ...made,
    ...(author !== undefined && { author }),
    ...(alsoBy !== undefined && { alsoBy }),
    ...(commit !== undefined && { commit }),
    // What is read in place of the organization is no plan to carry out: nothing can be approved or applied by its digest.
    ...(shown && { snapshot: shown, digest: sha256(`from a snapshot: ${made.digest}`) }),
    coverage,
    impact: impactOf(rows, access),
    requests: budget(reads, shown === undefined ? lastActiveReads : 0, made.steps),
    diagnostics: diagnostics.map(found => places.document(found)),
    desired: {
      documents: documentsOf(desired),
      policyOf: sorted(claimed),
      seenBack: seenBack(live, state, measured.access.suspended),
      ids: sorted(bindings.ids),
    },
    before: { policyOf: policiesBefore(made, live), objects: objectsBefore(made, live) },
  }
}

/** As an object whose members are in the order of their names. There may be half a million: the names are sorted by themselves, without a list of pairs. */
const sorted = (map: ReadonlyMap<string, string>): Readonly<Record<string, string>> => Object.fromEntries(inOrder(map))

function* inOrder(map: ReadonlyMap<string, string>): Generator<readonly [string, string]> {
  for (const name of [...map.keys()].sort()) yield [name, map.get(name) ?? '']
}

type Made = Compared['draft']['plan']

/** The policy that each account is in that the plan moves. */
function policiesBefore({ steps }: Made, { accounts }: Compared['live']): SavedPlan['before']['policyOf'] {
  const moving = new Set(
    steps
      .flatMap(step => (step.action === 'move' ? (step.accounts ?? []) : []))
      .map(({ account }) => account.accountId),
  )
  const policyOf = new Map<string, string>()
  for (const { accountId, policyId } of accounts)
    if (policyId !== undefined && moving.has(accountId)) policyOf.set(accountId, policyId)
  return sorted(policyOf)
}

/** The objects that the plan creates, changes or removes through the API, as it served them. */
function objectsBefore({ steps }: Made, { objects }: Compared['live']): SavedPlan['before']['objects'] {
  const served = new Map(objects.map(({ address, observed }) => [formatAddress(address), observed]))
  return Object.fromEntries(
    steps.flatMap(step => {
      if (step.channel !== 'api' || !['create', 'update', 'delete'].includes(step.action)) return []
      const key = formatAddress(step)
      const observed = served.get(key)
      const image: JsonObject | null =
        observed === undefined ? null : { id: observed.id, fields: observed.fields, raw: observed.raw }
      return [[key, image] as const]
    }),
  )
}

/** Whose access an apply took and who has it all the same, unless it is to be taken again. */
function seenBack(
  { accounts, externals }: Compared['live'],
  { suspensions }: Compared['state'],
  again: ReadonlySet<string>,
): readonly string[] {
  const taken = new Set(
    Object.entries(suspensions).flatMap(([id, { restoredAt }]) =>
      restoredAt === undefined && !again.has(id) ? [id] : [],
    ),
  )
  if (taken.size === 0) return []
  return [externals, accounts]
    .flatMap(list => list.filter(({ accountId, status }) => status === 'active' && taken.has(accountId)))
    .map(({ accountId }) => accountId)
    .sort()
}
