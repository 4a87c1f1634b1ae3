import { documentNames } from '../../adoption/document-names.ts'
import type { Draft } from '../../adoption/draft.ts'
import type { SeenExternalPolicy, SeenPolicy, Sighting } from '../../adoption/sighting.ts'
import type { Observed } from '../../kinds/contract.ts'
import type { Desired, Resource } from '../../kinds/resource.ts'
import type { Bindings } from '../bind-policies.ts'
import type { LedgerState } from '../ledger-state.ts'
import { unseenPolicies, type UnseenPolicy } from './bind-documents.ts'
import { idOf } from './fresh-documents.ts'

/** A document, and what was seen of its object. */
export interface Match<K extends 'AuthenticationPolicy' | 'ExternalUserPolicy' | 'IpAllowlist', Seen> {
  readonly document: Resource<K>
  readonly seen: Seen
}

/** Which document is which object of the organization. */
export interface Matches {
  readonly policies: readonly (Match<'AuthenticationPolicy', SeenPolicy> & {
    /** What the document is to be called from now on. */
    readonly name: string
  })[]
  /** Policies that documents declare and nobody is in. */
  readonly unseen: readonly UnseenPolicy[]
  readonly external: readonly Match<'ExternalUserPolicy', SeenExternalPolicy>[]
  readonly allowlists: readonly Match<'IpAllowlist', Observed>[]
  /** Allowlists that the organization does not have. */
  readonly gone: readonly Resource<'IpAllowlist'>[]
  /** Drafts of objects that no document declares, with the lists of accounts that go with them. */
  readonly fresh: readonly Draft[]
}

/** Finds the documents of what was seen: policies by their ids, everything else by name. */
export function match(
  desired: Desired,
  bindings: Bindings,
  sighting: Sighting,
  state: LedgerState,
  drafts: readonly Draft[],
): Matches {
  const { ids } = bindings
  const seenOf = new Map(sighting.policies.map(seen => [seen.id.toLowerCase(), seen]))
  const found = desired.AuthenticationPolicy.flatMap(document => {
    const seen = seenOf.get(ids.get(document.spec.name)?.toLowerCase() ?? '')
    return seen === undefined ? [] : [{ document, seen }]
  })
  const external = desired.ExternalUserPolicy.flatMap(document =>
    sighting.external.filter(({ name }) => name === document.spec.name).map(seen => ({ document, seen })),
  )
  const allowlists = desired.IpAllowlist.flatMap(document => {
    const [seen, another] = sighting.allowlists.filter(({ address: { name } }) => name === document.spec.name)
    return seen === undefined || another !== undefined ? [] : [{ document, seen }]
  })
  const isRead = !(sighting.unread ?? []).some(({ part }) => part === 'ip-allowlists')
  const there = new Set(sighting.allowlists.map(({ address }) => address.name))
  return {
    policies: withNames(found, desired, sighting),
    unseen: unseenPolicies(desired, sighting, bindings, state),
    external,
    allowlists,
    gone: isRead ? desired.IpAllowlist.filter(({ spec }) => !there.has(spec.name)) : [],
    fresh: freshDrafts(desired, new Set(found.map(({ seen }) => seen.id)), drafts),
  }
}

/** A document takes over the name that its policy has in the console, and gives its own up where another policy has that; unless another document is called so. */
function withNames(
  found: readonly Match<'AuthenticationPolicy', SeenPolicy>[],
  { AuthenticationPolicy }: Desired,
  { policies }: Sighting,
): Matches['policies'] {
  const names = documentNames(
    policies.map(policy => {
      const document = found.find(({ seen }) => seen.id === policy.id)?.document.spec.name
      return document === undefined ? policy : { ...policy, document }
    }),
  )
  const wanted = found.map(match => ({ ...match, name: names.get(match.seen.id)?.name ?? match.document.spec.name }))
  const kept = new Set(
    AuthenticationPolicy.filter(document => !wanted.some(match => match.document === document)).map(
      ({ spec }) => spec.name,
    ),
  )
  for (;;) {
    const refused = wanted.filter(
      ({ document, name }) => !kept.has(document.spec.name) && (name === document.spec.name || kept.has(name)),
    )
    if (refused.length === 0) break
    for (const { document } of refused) kept.add(document.spec.name)
  }
  return wanted.map(match =>
    kept.has(match.document.spec.name) ? { ...match, name: match.document.spec.name } : match,
  )
}

/** The drafts of objects without a document. */
function freshDrafts(desired: Desired, found: ReadonlySet<string>, drafts: readonly Draft[]): readonly Draft[] {
  const declared = {
    ExternalUserPolicy: new Set(desired.ExternalUserPolicy.map(({ spec }) => spec.name as string)),
    IpAllowlist: new Set(desired.IpAllowlist.map(({ spec }) => spec.name)),
  }
  let isFresh = false
  return drafts.filter(draft => {
    const { kind, name } = draft.address
    switch (kind) {
      case 'AuthenticationPolicy':
        return (isFresh = !found.has(idOf(draft)))
      // A list stands behind the policy that names it.
      case 'AccountList':
        return isFresh
      case 'ExternalUserPolicy':
      case 'IpAllowlist':
        return !declared[kind].has(name)
      default:
        return false
    }
  })
}
