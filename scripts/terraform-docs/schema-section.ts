import type { Attribute, Attributes, AttributeType } from '../../src/blocks/schema.ts'

/** What attributes there are, as the pages of the Terraform registry show it: required, optional and read-only ones, then those inside of others, each under its anchor. */
export const schemaSection = (attributes: Attributes): string => ['## Schema', ...sections(attributes, [])].join('\n\n')

/** An attribute that has others, and the names that lead to it. */
interface Nested {
  readonly path: readonly string[]
  readonly attributes: Attributes
}

function sections(attributes: Attributes, path: readonly string[]): readonly string[] {
  const nested: Nested[] = []
  const lists = groups.flatMap(([head, belongs]) => {
    const own = Object.entries(attributes).filter(([, attribute]) => belongs(attribute))
    if (own.length === 0) return []
    const lines = own.map(([name, attribute]) => {
      if (attribute.nested !== undefined)
        nested.push({ path: [...path, name], attributes: attribute.nested.attributes })
      return line(name, attribute, path)
    })
    return [path.length === 0 ? `### ${head}` : `${head}:`, lines.join('\n')]
  })
  return [...lists, ...nested.flatMap(one => [heading(one.path), ...sections(one.attributes, one.path)])]
}

const groups: readonly (readonly [string, (attribute: Attribute) => boolean])[] = [
  ['Required', ({ required }) => required === true],
  ['Optional', ({ optional }) => optional === true],
  ['Read-Only', ({ required, optional }) => required !== true && optional !== true],
]

const anchor = (path: readonly string[]): string => `nestedatt--${path.join('--')}`

const heading = (path: readonly string[]): string =>
  `<a id="${anchor(path)}"></a>\n### Nested Schema for \`${path.join('.')}\``

function line(name: string, attribute: Attribute, path: readonly string[]): string {
  const kind = [typeOf(attribute), ...(attribute.sensitive ? ['Sensitive'] : [])].join(', ')
  const below = attribute.nested === undefined ? '' : ` (see [below for nested schema](#${anchor([...path, name])}))`
  return `- \`${name}\` (${kind}) ${attribute.description}${below}`
}

const nestings = { single: 'Attributes', list: 'Attributes List', set: 'Attributes Set', map: 'Attributes Map' }

function typeOf({ type, nested }: Attribute): string {
  if (nested !== undefined) return nestings[nested.nesting]
  if (type === undefined) throw new Error('an attribute has neither a type nor others inside of it')
  return typeName(type)
}

function typeName(type: AttributeType): string {
  if (typeof type === 'string') return { string: 'String', number: 'Number', bool: 'Boolean', dynamic: 'Dynamic' }[type]
  if ('list' in type) return `List of ${typeName(type.list)}`
  if ('set' in type) return `Set of ${typeName(type.set)}`
  return 'map' in type ? `Map of ${typeName(type.map)}` : 'Object'
}
