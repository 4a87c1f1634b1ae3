import type { Attribute, Attributes } from './schema.ts'

/** The same attributes where nobody writes them: each is read-only, inner ones too. */
export const computed = (attributes: Attributes): Attributes =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, { description, type, nested }]): readonly [string, Attribute] => [
      name,
      {
        description,
        ...(type !== undefined && { type }),
        ...(nested !== undefined && { nested: { ...nested, attributes: computed(nested.attributes) } }),
        computed: true,
      },
    ]),
  )
