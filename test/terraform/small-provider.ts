import type { Schema } from '../../src/blocks/schema.ts'
import { unknown, type ValueObject } from '../../src/blocks/value.ts'
import type { Provider } from '../../src/terraform/contract.ts'

const text = { description: 'Text.', type: 'string', optional: true } as const

/** One attribute of each sort. */
export const thing: Schema = {
  version: 3,
  description: 'A *thing*.',
  attributes: {
    id: { description: 'Given when it is made.', type: 'string', computed: true },
    name: { description: 'Its name.', type: 'string', required: true },
    amount: { ...text, type: 'number' },
    on: { ...text, type: 'bool' },
    secret: { ...text, sensitive: true },
    words: { ...text, type: { list: 'string' } },
    tags: { ...text, type: { set: 'string' } },
    labels: { ...text, type: { map: 'string' } },
    shape: { ...text, type: { object: { side: 'number', colour: 'string' } } },
    anything: { ...text, type: 'dynamic' },
    parts: {
      description: 'Parts by name.',
      optional: true,
      nested: {
        nesting: 'map',
        attributes: { weight: { ...text, type: 'number' }, notes: { ...text, type: { list: 'string' } } },
      },
    },
    one: { description: 'One part.', optional: true, nested: { nesting: 'single', attributes: { name: text } } },
    many: { description: 'Many.', optional: true, nested: { nesting: 'list', attributes: { name: text } } },
    some: { description: 'Some.', optional: true, nested: { nesting: 'set', attributes: { name: text } } },
  },
}

/** A provider that keeps what it is given, so that tests see what went over the wire. Parts of it can be replaced. */
export function smallProvider(parts: Partial<Provider> = {}): Provider {
  const none = () => Promise.resolve([])
  return {
    schemas: {
      provider: { version: 0, description: 'Small.', attributes: { key: { ...text, sensitive: true } } },
      resources: { small_thing: thing },
      dataSources: { small_look: { version: 0, description: 'A look.', attributes: { name: text } } },
    },
    validateProvider: none,
    configure: none,
    validateResource: none,
    validateDataSource: none,
    upgrade: (_type, _version, state) => Promise.resolve({ problems: [], state: state as ValueObject }),
    read: (_type, state) => Promise.resolve({ problems: [], state }),
    plan: (_type, { prior, proposed }) =>
      Promise.resolve({
        problems: [],
        planned: proposed && { ...proposed, ...(prior === null && { id: unknown }) },
        requiresReplace: [[{ attribute: 'parts' }, { key: 'a b' }, { attribute: 'notes' }, { index: 0 }]],
      }),
    apply: (_type, { planned }) =>
      Promise.resolve({
        problems: [],
        state: planned && { ...planned, ...(planned['id'] === unknown && { id: '1' }) },
      }),
    import: (type, id) => Promise.resolve({ problems: [], imported: [{ type, state: { id, name: id } }] }),
    readDataSource: (_type, state) => Promise.resolve({ problems: [], state }),
    stop: () => undefined,
    close: () => Promise.resolve(),
    ...parts,
  }
}
