import { outcome, type Outcome } from '../../diagnostics/outcome.ts'
import type { Live } from '../../kinds/live.ts'
import type { Resource } from '../../kinds/resource.ts'
import { compareText } from '../../model/address.ts'
import type { JsonObject } from '../../model/json.ts'
import type { SavedPlan } from '../../model/plan.ts'
import { desiredFrom, resourcesOf } from '../desired-of.ts'
import type { OrganizationView } from './organization-view.ts'

/** The addresses of the active accounts in each policy, sorted, by the name of its document. */
export type MembersOf = ReadonlyMap<string, readonly string[]>

interface PolicyDocument {
  readonly name: string
  readonly spec: JsonObject
}

/** Who is in these policies now. */
export async function membersNow(
  view: OrganizationView,
  organization: Resource<'Organization'>,
  policies: readonly PolicyDocument[],
): Promise<Outcome<MembersOf>> {
  const bare = Object.fromEntries(
    policies.map(({ name, spec }) => {
      const own = { ...spec }
      // Who belongs there does not matter to who is there: so nobody looks for groups.
      Reflect.deleteProperty(own, 'members')
      return [`AuthenticationPolicy/${name}`, own]
    }),
  )
  const desired = desiredFrom([organization, ...resourcesOf(bare)])
  if (desired === undefined) throw new Error('an organization is no organization')
  const read = await view.both(desired)
  return read.ok ? outcome(membersIn(read.value.live, read.value.bindings.ids, policies), []) : read
}

function membersIn(
  { accounts }: Pick<Live, 'accounts'>,
  ids: ReadonlyMap<string, string>,
  policies: readonly Pick<PolicyDocument, 'name'>[],
): MembersOf {
  const byPolicy = new Map<string, string[]>()
  for (const { policyId, active, email } of accounts) {
    if (!active || policyId === undefined) continue
    const emails = byPolicy.get(policyId)
    if (emails === undefined) byPolicy.set(policyId, [email])
    else emails.push(email)
  }
  return new Map(policies.map(({ name }) => [name, [...(byPolicy.get(ids.get(name) ?? '') ?? [])].sort(compareText)]))
}

/** Who is in these policies once a plan is carried out. */
export function membersOnceDone(
  live: Pick<Live, 'accounts'>,
  ids: ReadonlyMap<string, string>,
  policies: readonly Pick<PolicyDocument, 'name'>[],
  { steps }: SavedPlan,
): MembersOf {
  const into = new Map(
    steps.flatMap(step =>
      step.action === 'move' && step.status === 'ready'
        ? (step.accounts ?? []).map(({ account }) => [account.accountId, ids.get(step.name)] as const)
        : [],
    ),
  )
  const moved = live.accounts.map(account => {
    const policyId = into.get(account.accountId)
    return policyId === undefined ? account : { ...account, policyId }
  })
  return membersIn({ accounts: moved }, ids, policies)
}
