import { compareAddress } from '../model/address.ts'
import { isObject, type Json } from '../model/json.ts'
import type { BlockObject, Blocks, BlockValue } from './blocks.ts'
import { documentText, type DocumentValue } from './document-text.ts'
import { organizationSpec, resourceKinds, resourceSpec, resourceTypeOf, type ResourceKind } from './document-values.ts'
import { membershipDocuments } from './membership-values.ts'
import type { ValueObject } from './value.ts'

/** The documents that a configuration made by `blocksOf` says, sorted by kind and name. */
export function documentsOf({ provider, resources }: Blocks): readonly DocumentValue[] {
  const own = resources.flatMap(({ type, label, attributes }) => {
    const kind = resourceKinds.find(one => resourceTypeOf[one] === type)
    return kind === undefined ? [] : [{ address: `${type}.${label}`, document: document(kind, attributes) }]
  })
  const texts = new Map(own.map(({ address, document: { spec } }) => [`${address}.document`, documentText(spec)]))
  const [membership] = resources.filter(({ type }) => type === 'postern_membership')
  const joined =
    membership === undefined ? [] : membershipDocuments(resolved(membership.attributes, texts) as ValueObject).documents
  const organization =
    provider.organization === undefined
      ? []
      : [organizationDocument(provider.organization_id ?? null, provider.organization)]
  return [
    ...organization,
    ...own.map(one => one.document).filter(({ kind }) => kind !== 'AuthenticationPolicy'),
    ...joined,
  ].sort(compareAddress)
}

function document(kind: ResourceKind, attributes: BlockObject): DocumentValue {
  const { spec } = resourceSpec(kind, attributes as unknown as ValueObject)
  return { kind, name: nameIn(spec['name']), spec }
}

function organizationDocument(id: string | null, organization: BlockObject): DocumentValue {
  const { spec } = organizationSpec(id, organization as unknown as ValueObject)
  return { kind: 'Organization', name: nameIn(spec['name']), spec }
}

const nameIn = (name: Json | undefined): string => (typeof name === 'string' ? name : '')

/** Values with each reference replaced by the text that it stands for. */
function resolved(value: BlockValue, texts: ReadonlyMap<string, string>): Json {
  if (Array.isArray(value)) return (value as readonly BlockValue[]).map(item => resolved(item, texts))
  if (!isObject(value)) return value as Json
  const { reference } = value
  if (typeof reference === 'string' && Object.keys(value).length === 1) return texts.get(reference) ?? null
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, resolved(inner as BlockValue, texts)]))
}
