import type { Draft } from '../../adoption/draft.ts'
import type { SeenExternalPolicy, SeenPolicy, Sighting } from '../../adoption/sighting.ts'
import type { Observed } from '../../kinds/contract.ts'
import { distinctNames } from '../../kinds/document-name.ts'
import type { Desired, Resource } from '../../kinds/resource.ts'
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
  readonly external: readonly Match<'ExternalUserPolicy', SeenExternalPolicy>[]
  readonly allowlists: readonly Match<'IpAllowlist', Observed>[]
  /** Allowlists that the organization does not have. */
  readonly gone: readonly Resource<'IpAllowlist'>[]
  /** Drafts of objects that no document declares, with the lists of accounts that go with them. */
  readonly fresh: readonly Draft[]
}

/** Finds the documents of what was seen: policies by their ids, everything else by name. `ids` are those of the policies, by the names of their documents. */
export function match(
  desired: Desired,
  ids: ReadonlyMap<string, string>,
  sighting: Sighting,
  drafts: readonly Draft[],
): Matches {
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
    external,
    allowlists,
    gone: isRead ? desired.IpAllowlist.filter(({ spec }) => !there.has(spec.name)) : [],
    fresh: freshDrafts(desired, new Set(found.map(({ seen }) => seen.id)), drafts),
  }
}

/** A document takes the name over that its policy has in the console, where a plan would compare it and no other document has it. */
function withNames(
  found: readonly Match<'AuthenticationPolicy', SeenPolicy>[],
  { AuthenticationPolicy }: Desired,
  { policies }: Sighting,
): Matches['policies'] {
  const live = distinctNames(
    new Map(policies.flatMap(({ id, name }) => (name && name.from !== 'ledger' ? [[id, name.name]] : []))),
  )
  const wanted = found.map(match => ({ ...match, name: live.get(match.seen.id) ?? match.document.spec.name }))
  const moving = new Set(
    wanted.filter(({ document, name }) => name !== document.spec.name).map(({ document }) => document),
  )
  const kept = new Set(AuthenticationPolicy.filter(document => !moving.has(document)).map(({ spec }) => spec.name))
  return wanted.map(match =>
    moving.has(match.document) && kept.has(match.name) ? { ...match, name: match.document.spec.name } : match,
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
