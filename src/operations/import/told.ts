import type { Draft, LeftOut, Unobserved } from '../../adoption/draft.ts'
import type { KindName } from '../../kinds/index.ts'
import { valueAt } from '../../kinds/path.ts'
import type { Desired, Resource } from '../../kinds/resource.ts'
import { compareAddress, compareText, formatAddress, type Address } from '../../model/address.ts'
import { idOf } from './fresh-documents.ts'
import { isWanted } from './made.ts'
import type { Tried } from './second-import.ts'
import type { Settled } from './settle-documents.ts'

/** What is to be said of a second import: what was not observed, and what is not in the documents. */
export function toldOf({
  matches,
  adopted,
  fitted,
  edits,
  settled,
  input: { only },
}: Omit<Tried, 'settled'> & {
  readonly settled: Settled
  readonly input: { readonly only: readonly KindName[] }
}): { readonly unobserved: readonly Unobserved[]; readonly leftOut: readonly LeftOut[] } {
  const ids = new Map(
    adopted.drafts
      .filter(({ address }) => address.kind === 'AuthenticationPolicy')
      .map(draft => [draft.address.name, idOf(draft)] as const),
  )
  const names = new Map([
    ...matches.policies.map(({ seen, name }) => [seen.id, name] as const),
    ...fitted
      .filter(({ address }) => address.kind === 'AuthenticationPolicy')
      .map(draft => [idOf(draft), draft.address.name] as const),
  ])
  const called = <T extends { readonly address: Address }>(one: T): T =>
    one.address.kind === 'AuthenticationPolicy'
      ? { ...one, address: { ...one.address, name: names.get(ids.get(one.address.name) ?? '') ?? one.address.name } }
      : one
  const fresh = new Set(fitted.map(({ address }) => formatAddress(address)))
  const documents = new Map(
    documentsOf(settled.desired).map(document => [formatAddress(document.address), document] as const),
  )
  const wanted = <T extends { readonly address: Address }>(all: readonly T[]): readonly T[] =>
    all.filter(({ address }) => isWanted(address.kind, only)).map(called)
  return {
    unobserved: wanted(adopted.unobserved).filter(({ address, path }) => {
      const document = documents.get(formatAddress(address))
      // What a document says without evidence is for a plan to ask about.
      return document !== undefined && valueAt(document.spec, path) === undefined
    }),
    leftOut: [
      // What is said of a document for an empty folder does not hold for one that is there.
      ...wanted(adopted.leftOut).filter(
        ({ address, path }) =>
          path === undefined || fresh.has(formatAddress(address)) || !documents.has(formatAddress(address)),
      ),
      ...fitted.flatMap(draft => renamedHere(draft, adopted.drafts)),
      ...edits.leftOut,
      ...settled.leftOut,
    ].sort((a, b) => compareAddress(a.address, b.address) || compareText(a.path ?? '', b.path ?? '')),
  }
}

/** A policy that is called otherwise in the documents than in the organization, because a document has its name. */
function renamedHere(draft: Draft, drafts: readonly Draft[]): readonly LeftOut[] {
  const before = drafts.find(other => other.address.kind === draft.address.kind && idOf(other) === idOf(draft))
  return draft.address.kind !== 'AuthenticationPolicy' ||
    before === undefined ||
    before.address.name === draft.address.name
    ? []
    : [
        {
          address: draft.address,
          path: 'name',
          why: `another document is called “${before.address.name}” as well: rename one of the two, here or in the console`,
        },
      ]
}

const documentsOf = (desired: Desired): readonly Resource[] => [
  desired.organization,
  ...desired.AuthenticationPolicy,
  ...desired.ExternalUserPolicy,
  ...desired.IpAllowlist,
]
