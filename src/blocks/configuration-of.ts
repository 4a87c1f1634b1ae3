import { compareText } from '../model/address.ts'
import type { Configuration, ConfigurationObject, ConfigurationResource, ConfigurationValue } from './configuration.ts'
import { documentAttributes } from './document-attributes.ts'
import type { DocumentValue } from './document-text.ts'
import { organizationValues, resourceKinds, resourceTypeOf } from './document-values.ts'
import { labelsOf } from './labels.ts'
import { membershipParts } from './membership-values.ts'
import { isValueObject, type Value, type ValueObject } from './value.ts'
import { valuesOf } from './values-of.ts'

/** The label of the one membership. */
const membershipLabel = 'organization'

/** The configuration that valid documents are, whatever their order. Lists of accounts are already in the policies that name them: documents of that kind are passed over. */
export function configurationOf(documents: readonly DocumentValue[]): Configuration {
  const organization = documents.find(({ kind }) => kind === 'Organization')
  return {
    provider: organization === undefined ? {} : written(organizationValues(organization.spec)),
    resources: [...ownResources(documents), ...membership(documents)].sort(
      (a, b) => compareText(a.type, b.type) || compareText(a.label, b.label),
    ),
  }
}

const named = (documents: readonly DocumentValue[], wanted: DocumentValue['kind']): readonly DocumentValue[] =>
  documents.filter(({ kind }) => kind === wanted).sort((a, b) => compareText(a.name, b.name))

const ownResources = (documents: readonly DocumentValue[]): readonly ConfigurationResource[] =>
  resourceKinds.flatMap(kind => {
    const own = named(documents, kind)
    const labels = labelsOf(own.map(({ name }) => name))
    return own.map(({ name, spec }) => ({
      type: resourceTypeOf[kind],
      label: labels.get(name) ?? '',
      attributes: written(valuesOf(documentAttributes[kind], spec)),
    }))
  })

/** The membership, where there is anything that it says. */
function membership(documents: readonly DocumentValue[]): readonly ConfigurationResource[] {
  const inOrder = (['AuthenticationPolicy', 'CoverageRequirement', 'Exception'] as const).flatMap(kind =>
    named(documents, kind),
  )
  if (inOrder.length === 0) return []
  const labels = labelsOf(named(documents, 'AuthenticationPolicy').map(({ name }) => name))
  const parts = membershipParts(inOrder, () => null)
  const { policies, ...others } = written(parts)
  return [
    {
      type: 'postern_membership',
      label: membershipLabel,
      attributes: {
        policies: Object.fromEntries(
          Object.entries(policies as ConfigurationObject).map(([name, policy]) => [
            name,
            { policy: documentOf(labels.get(name) ?? ''), ...(policy as ConfigurationObject) },
          ]),
        ),
        ...others,
      },
    },
  ]
}

const documentOf = (label: string): ConfigurationValue => ({
  reference: `${resourceTypeOf.AuthenticationPolicy}.${label}.document`,
})

/** Values as somebody would write them: what is null is not there. */
function written(value: ValueObject): ConfigurationObject {
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]): (readonly [string, ConfigurationValue])[] => {
      const own = writtenValue(inner)
      return own === undefined ? [] : [[name, own]]
    }),
  )
}

function writtenValue(value: Value): ConfigurationValue | undefined {
  if (value === null || typeof value === 'symbol') return undefined
  if (Array.isArray(value)) return (value as readonly Value[]).flatMap(item => writtenValue(item) ?? [])
  return isValueObject(value) ? written(value) : (value as ConfigurationValue)
}
