import {
  escapeTemplate,
  type ConfigurationObject,
  type ConfigurationReference,
  type ConfigurationValue,
} from '../index.ts'

/** A value as CDKTF takes it. */
export type Written = boolean | number | string | readonly Written[] | WrittenObject

export interface WrittenObject {
  readonly [name: string]: Written
}

/** What documents say, as CDKTF has to write it so that Terraform reads just that. `refer` gives what stands for an attribute of another resource. */
export function written(value: ConfigurationObject, refer: (reference: string) => string): WrittenObject {
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [writtenName(name), writtenValue(inner, refer)]),
  )
}

function writtenValue(value: ConfigurationValue, refer: (reference: string) => string): Written {
  if (typeof value === 'string') return writtenText(value)
  if (typeof value !== 'object') return value
  if (isList(value)) return value.map(item => writtenValue(item, refer))
  return isReference(value) ? refer(value.reference) : written(value, refer)
}

const isList = (value: ConfigurationValue): value is readonly ConfigurationValue[] => Array.isArray(value)

/** No attribute has this name, and what names of people lead to are objects, never texts. */
const isReference = (value: ConfigurationReference | ConfigurationObject): value is ConfigurationReference =>
  typeof value['reference'] === 'string'

/** Without what would be a template of Terraform, or what CDKTF takes for a value of its own that it has yet to fill in: a name may hold either. */
const writtenText = (text: string): string => escapeTemplate(text).replaceAll('TfToken[', 'TfToken${"["}')

/** Terraform reads names of members as templates too. CDKTF merges objects by plain assignment, and a name like this one would be lost in it. */
const writtenName = (name: string): string => (name === '__proto__' ? '${"__proto__"}' : writtenText(name))
