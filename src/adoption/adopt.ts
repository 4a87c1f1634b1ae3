import { compareAddress, compareText } from '../model/address.ts'
import { adoptAllowlists } from './adopt-allowlists.ts'
import { adoptAuthentication } from './adopt-authentication.ts'
import { adoptExternal } from './adopt-external.ts'
import { adoptOrganization } from './adopt-organization.ts'
import { chooseDirectories } from './choose-directories.ts'
import { chooseMembers } from './choose-members.ts'
import { documentNames } from './document-names.ts'
import type { Adopted, LeftOut } from './draft.ts'
import type { Refusal } from './refusal.ts'
import type { SeenPolicy, Sighting } from './sighting.ts'

/** What the documents to come depend on besides the organization. */
export interface AdoptOptions {
  /** What the schemas of the kinds refuse. */
  readonly refusal: Refusal
  /** Ids of authentication policies whose members are listed by address, and claimed from every directory: it always holds, and is long. */
  readonly listed?: ReadonlySet<string>
}

/** Drafts the documents that say what an organization is today. What rules refuse that look at more than one field is for `validDrafts` to take out. */
export function adopt(sighting: Sighting, { refusal, listed = new Set() }: AdoptOptions): Adopted {
  const directories = chooseDirectories(sighting)
  const organization = adoptOrganization(sighting, directories, refusal)
  const names = documentNames(sighting.policies)
  const [known, strange] = [
    sighting.policies.filter(hasId(refusal)),
    sighting.policies.filter(policy => !hasId(refusal)(policy)),
  ]
  const policies = known
    .map(policy => ({
      policy,
      name: policy.id,
      ...names.get(policy.id),
      directory: directories.of(policy.directoryId).name,
    }))
    .sort((a, b) => compareText(a.name, b.name))
  const members = chooseMembers({
    accounts: sighting.accounts,
    policies,
    domains: organization.domains,
    listed,
    refusal,
  })
  const parts = [
    adoptAuthentication({ policies, directories, members, listed, refusal }),
    adoptExternal(sighting.external, refusal),
    adoptAllowlists(sighting.allowlists, refusal),
  ]
  return {
    drafts: [organization.draft, ...parts.flatMap(({ drafts }) => drafts)],
    unobserved: parts.flatMap(({ unobserved }) => unobserved),
    leftOut: sorted([
      ...never,
      ...unseen(sighting),
      ...strange.map(({ id }) => ({
        address: { kind: 'AuthenticationPolicy', name: names.get(id)?.name ?? id },
        why: `its id, ${id}, is none that a document takes`,
      })),
      ...organization.leftOut,
      ...parts.flatMap(({ leftOut }) => leftOut),
    ]),
  }
}

const sorted = (parts: readonly LeftOut[]): readonly LeftOut[] =>
  [...parts].sort(
    (a, b) =>
      compareAddress(a.address, b.address) || compareText(a.path ?? '', b.path ?? '') || compareText(a.why, b.why),
  )

/** Objects of one kind, all of them. */
const all = '*'

/** What import cannot see in any organization. */
const never: readonly LeftOut[] = [
  {
    address: { kind: 'AuthenticationPolicy', name: all },
    why: 'a policy without an active member cannot be seen: the API tells policies by their members',
  },
  {
    address: { kind: 'AuthenticationPolicy', name: all },
    path: 'default',
    why: 'which policy is the default of its directory no API and no export shows: look it up, then `postern attest` it or write `default: true`',
  },
]

/** What it could not see in this one. */
function unseen({ external, unread = [] }: Sighting): readonly LeftOut[] {
  const kindOf = { directories: 'Organization', groups: 'AuthenticationPolicy', 'ip-allowlists': 'IpAllowlist' }
  const pathOf = { directories: 'directories', groups: 'members.groups', 'ip-allowlists': undefined }
  return [
    ...unread.map(({ part, why }) => ({
      address: { kind: kindOf[part], name: all },
      ...(pathOf[part] !== undefined && { path: pathOf[part] }),
      why,
    })),
    ...(external.length > 0
      ? []
      : [
          {
            address: { kind: 'ExternalUserPolicy', name: all },
            why: 'the organization has no policy for external users: that needs Atlassian Guard Standard',
          },
        ]),
  ]
}

/** Policies are found by their ids. */
const hasId =
  (refusal: Refusal) =>
  ({ id }: SeenPolicy): boolean =>
    refusal('AuthenticationPolicy', 'id', id) === undefined
