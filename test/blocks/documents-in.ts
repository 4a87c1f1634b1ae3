import type { Configuration, ConfigurationObject, ConfigurationValue } from '../../src/blocks/configuration.ts'
import { documentText, type DocumentValue } from '../../src/blocks/document-text.ts'
import {
  organizationSpec,
  resourceKinds,
  resourceSpec,
  resourceTypeOf,
  type ResourceKind,
} from '../../src/blocks/document-values.ts'
import { membershipDocuments } from '../../src/blocks/membership-values.ts'
import type { ValueObject } from '../../src/blocks/value.ts'
import { compareAddress } from '../../src/model/address.ts'
import { isObject, type Json } from '../../src/model/json.ts'

/** The documents that a configuration says, sorted by kind and name: what Terraform and the provider make of it, without either. */
export function documentsIn({ provider, resources }: Configuration): readonly DocumentValue[] {
  const own = resources.flatMap(({ type, label, attributes }) => {
    const kind = resourceKinds.find(one => resourceTypeOf[one] === type)
    return kind === undefined ? [] : [{ address: `${type}.${label}`, document: document(kind, attributes) }]
  })
  const texts = new Map(own.map(({ address, document: { spec } }) => [`${address}.document`, documentText(spec)]))
  const [membership] = resources.filter(({ type }) => type === 'postern_membership')
  const joined =
    membership === undefined ? [] : membershipDocuments(resolved(membership.attributes, texts) as ValueObject).documents
  const { organization_id: id = null, organization } = provider
  return [
    ...(organization === undefined ? [] : [organizationDocument(id, organization)]),
    ...own.map(one => one.document).filter(({ kind }) => kind !== 'AuthenticationPolicy'),
    ...joined,
  ].sort(compareAddress)
}

function document(kind: ResourceKind, attributes: ConfigurationObject): DocumentValue {
  const { spec } = resourceSpec(kind, attributes as unknown as ValueObject)
  return { kind, name: spec['name'] as string, spec }
}

function organizationDocument(id: string | null, organization: ConfigurationObject): DocumentValue {
  const { spec } = organizationSpec(id, organization as unknown as ValueObject)
  return { kind: 'Organization', name: spec['name'] as string, spec }
}

/** Values with each reference replaced by the text that it stands for. */
function resolved(value: ConfigurationValue, texts: ReadonlyMap<string, string>): Json {
  if (Array.isArray(value)) return (value as readonly ConfigurationValue[]).map(item => resolved(item, texts))
  if (!isObject(value)) return value as Json
  const { reference } = value
  if (typeof reference === 'string' && Object.keys(value).length === 1) return texts.get(reference) ?? null
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, resolved(inner as ConfigurationValue, texts)]),
  )
}
