import type { Attribute, Attributes, NestedType, Schema } from '../../blocks/schema.ts'
import { typeToJson } from './wire-type.ts'

const markdown = 1
const nestings = { single: 1, list: 2, set: 3, map: 4 } as const satisfies Record<NestedType['nesting'], number>

/** A schema as the message `Schema`. */
export const schemaMessage = ({ version, description, attributes }: Schema): object => ({
  version,
  block: { version, attributes: attributeMessages(attributes), description, descriptionKind: markdown },
})

const attributeMessages = (attributes: Attributes): readonly object[] =>
  Object.entries(attributes)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, attribute]) => attributeMessage(name, attribute))

function attributeMessage(name: string, { description, type, nested, ...flags }: Attribute): object {
  return {
    name,
    description,
    descriptionKind: markdown,
    ...flags,
    ...(nested === undefined
      ? { type: new TextEncoder().encode(JSON.stringify(typeToJson(type ?? 'dynamic'))) }
      : { nestedType: { attributes: attributeMessages(nested.attributes), nesting: nestings[nested.nesting] } }),
  }
}
