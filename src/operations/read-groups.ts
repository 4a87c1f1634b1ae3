import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Resource } from '../kinds/resource.ts'
import { compareText } from '../model/address.ts'
import type { OrgReader } from '../org/reader.ts'

/** The groups of each account, by account id, and what is wrong with the groups that the documents name. */
export interface GroupsRead {
  readonly groupsOf: ReadonlyMap<string, ReadonlySet<string>>
  readonly diagnostics: readonly Diagnostic[]
}

/** Reads the members of exactly the groups that selectors and rollouts name: one search for each group, no listing of all. */
export async function readGroups(
  reader: OrgReader,
  policies: readonly Resource<'AuthenticationPolicy'>[],
): Promise<GroupsRead> {
  const named = new Map(
    policies.flatMap(({ spec, locate }) => [
      ...(spec.members?.groups ?? []).map(
        (group, index) => [group, () => locate(['members', 'groups', index])] as const,
      ),
      ...(spec.members?.except?.groups ?? []).map(
        (group, index) => [group, () => locate(['members', 'except', 'groups', index])] as const,
      ),
      ...(spec.members?.rollout?.group === undefined
        ? []
        : [[spec.members.rollout.group, () => locate(['members', 'rollout', 'group'])] as const]),
    ]),
  )
  const groupsOf = new Map<string, Set<string>>()
  const diagnostics: Diagnostic[] = []
  await Promise.all(
    [...named].map(async ([group, locate]) => {
      const ids: string[] = []
      for await (const page of reader.groups({ searchTerm: group }))
        ids.push(...page.filter(({ name }) => name === group).map(({ id }) => id))
      const [id] = ids
      if (id === undefined) diagnostics.push(diagnostic('plan/group-not-found', { group }, { span: locate() }))
      else if (ids.length > 1)
        diagnostics.push(diagnostic('plan/two-groups', { group, groups: ids.length }, { span: locate() }))
      else diagnostics.push(...(await readMembers(reader, group, id, locate, groupsOf)))
    }),
  )
  return {
    groupsOf,
    diagnostics: diagnostics.sort((a, b) => compareText(JSON.stringify(a.facts), JSON.stringify(b.facts))),
  }
}

async function readMembers(
  reader: OrgReader,
  group: string,
  id: string,
  locate: () => NonNullable<Diagnostic['span']>,
  groupsOf: Map<string, Set<string>>,
): Promise<readonly Diagnostic[]> {
  const external: string[] = []
  for await (const page of reader.users({ groupIds: [id], expand: [] })) {
    for (const { accountId, email = accountId, claimStatus } of page) {
      if (claimStatus === 'unmanaged') external.push(email)
      const groups = groupsOf.get(accountId)
      if (groups === undefined) groupsOf.set(accountId, new Set([group]))
      else groups.add(group)
    }
  }
  return external.length === 0
    ? []
    : [diagnostic('plan/external-group-members', { group, accounts: external.sort(compareText) }, { span: locate() })]
}
