import { kindNamed } from '../../kinds/index.ts'
import type { Desired, Resource } from '../../kinds/resource.ts'
import { valueAt } from '../../kinds/path.ts'
import { formatAddress } from '../../model/address.ts'
import { grouped } from '../../model/grouped.ts'
import type { Json } from '../../model/json.ts'
import type { DocumentEdit } from '../../policy/edit-documents.ts'

/** A document and what it is to be called. */
export interface Renaming {
  readonly document: Resource<'AuthenticationPolicy'>
  readonly name: string
}

/** Edits that call documents otherwise, wherever others name them. */
export function nameEdits(desired: Desired, renamings: readonly Renaming[]): readonly DocumentEdit[] {
  const names = new Map(
    renamings.flatMap(({ document: { address }, name }) =>
      name === address.name ? [] : [[formatAddress(address), name] as const],
    ),
  )
  if (names.size === 0) return []
  const naming: readonly Resource[] = [...desired.CoverageRequirement, ...desired.Exception]
  return [
    ...renamings
      .filter(({ document, name }) => name !== document.address.name)
      .map(({ document: { address }, name }) => ({ address, path: ['name'], value: name })),
    ...naming.flatMap(document => referenceEdits(document, names)),
  ]
}

function referenceEdits(
  { kind, address, spec }: Resource,
  names: ReadonlyMap<string, string>,
): readonly DocumentEdit[] {
  const found = kindNamed(kind)
    .references(spec)
    .flatMap(({ path, to }) => {
      const name = names.get(formatAddress(to))
      return name === undefined ? [] : [{ path, name }]
    })
  // Of a list the whole is written.
  const byMember = grouped(found, ({ path }) => path.filter(step => typeof step === 'string').join('.'))
  return [...byMember].map(([member, changes]) => ({
    address,
    path: member.split('.'),
    value: changes.reduce<Json>(
      (value, { path, name }) => replaced(value, path.at(-1), name),
      valueAt(spec, member) ?? null,
    ),
  }))
}

const replaced = (value: Json, index: string | number | undefined, name: string): Json =>
  Array.isArray(value) && typeof index === 'number'
    ? (value as readonly Json[]).map((item, position) => (position === index ? name : item))
    : name
