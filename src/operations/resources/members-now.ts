import { outcome, type Outcome } from '../../diagnostics/outcome.ts'
import type { Live } from '../../kinds/live.ts'
import type { Resource } from '../../kinds/resource.ts'
import { compareText } from '../../model/address.ts'
import { grouped } from '../../model/grouped.ts'
import type { JsonObject } from '../../model/json.ts'
import type { SavedPlan } from '../../model/plan.ts'
import { desiredBeside, resourcesOf } from '../desired-of.ts'
import type { OrganizationView } from './organization-view.ts'
import { withoutMembers } from './without-members.ts'

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
  // Who belongs there does not matter to who is there: so nobody looks for groups.
  const bare = policies.map(({ name, spec }) => [`AuthenticationPolicy/${name}`, withoutMembers(spec)] as const)
  const read = await view.both(desiredBeside(organization, resourcesOf(Object.fromEntries(bare))))
  return read.ok ? outcome(membersIn(read.value.live, read.value.bindings.ids, policies), []) : read
}

function membersIn(
  { accounts }: Pick<Live, 'accounts'>,
  ids: ReadonlyMap<string, string>,
  policies: readonly Pick<PolicyDocument, 'name'>[],
): MembersOf {
  const byPolicy = grouped(accounts, ({ active, policyId }) => (active ? policyId : undefined))
  const emailsIn = (id: string): readonly string[] =>
    (byPolicy.get(id) ?? []).map(({ email }) => email).sort(compareText)
  return new Map(policies.map(({ name }) => [name, emailsIn(ids.get(name) ?? '')]))
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
