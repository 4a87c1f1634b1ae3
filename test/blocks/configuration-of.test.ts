import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { configurationOf } from '../../src/blocks/configuration-of.ts'
import type { Configuration } from '../../src/blocks/configuration.ts'
import { documentText, type DocumentValue } from '../../src/blocks/document-text.ts'
import { schemas } from '../../src/blocks/schemas.ts'
import type { Value } from '../../src/blocks/value.ts'
import { readDocuments, type DocumentsRead, type InlineDocument } from '../../src/index.ts'
import { resolvedKinds, type KindName } from '../../src/kinds/index.ts'
import type { JsonObject } from '../../src/model/json.ts'
import { startTime } from '../operations/start.ts'
import { randomWorld } from '../properties/worlds.ts'
import { misfits } from './conforms.ts'
import { documentsIn } from './documents-in.ts'
import { randomDocument } from './random-document.ts'

const document = (spec: JsonObject): DocumentValue => ({
  kind: spec['kind'] as KindName,
  name: spec['name'] as string,
  spec,
})

/** The configuration with each reference replaced by a text, as Terraform does. */
const asTexts = (value: unknown): Value =>
  JSON.parse(
    JSON.stringify(value, (_, inner: unknown) =>
      typeof inner === 'object' && inner !== null && Object.keys(inner).join() === 'reference' ? 'text' : inner,
    ),
  ) as Value

/** Where a configuration is not what the schemas say. */
const misfitsIn = ({ provider, resources }: Configuration): readonly string[] => [
  ...misfits(schemas.provider.attributes, asTexts(provider), 'configuration', 'provider'),
  ...resources.flatMap(({ type, label, attributes }) =>
    misfits(
      schemas.resources[type as keyof typeof schemas.resources].attributes,
      asTexts(attributes),
      'configuration',
      `${type}.${label}`,
    ),
  ),
]

const shuffled = (documents: readonly DocumentValue[]): fc.Arbitrary<readonly DocumentValue[]> =>
  fc.shuffledSubarray([...documents], { minLength: documents.length })

describe('documents as a configuration', () => {
  it('are a resource each, the members of all policies in one', () => {
    const { provider, resources } = configurationOf(
      [
        { kind: 'IpAllowlist', name: 'Office', ranges: ['192.0.2.0/24'] },
        { kind: 'AuthenticationPolicy', name: 'Staff', directory: 'local', members: { groups: ['red'] } },
        { kind: 'Organization', name: 'acme', id: 'the-id', domains: [] },
        { kind: 'AuthenticationPolicy', name: 'Ärzte', directory: 'local' },
        { kind: 'AccountList', name: 'passed over', accounts: [] },
      ].map(document),
    )
    expect(provider).toEqual({ organization_id: 'the-id', organization: { name: 'acme', domains: [] } })
    expect(resources.map(({ type, label }) => `${type}.${label}`)).toEqual([
      'postern_authentication_policy.Arzte_618fecf8',
      'postern_authentication_policy.Staff',
      'postern_ip_allowlist.Office',
      'postern_membership.organization',
    ])
    expect(resources.at(-1)?.attributes).toEqual({
      policies: {
        Staff: {
          policy: { reference: 'postern_authentication_policy.Staff.document' },
          members: { groups: ['red'] },
        },
        Ärzte: { policy: { reference: 'postern_authentication_policy.Arzte_618fecf8.document' } },
      },
    })
  })

  it('have no membership where it would say nothing, and nothing at all of none', () => {
    expect(configurationOf([document({ kind: 'IpAllowlist', name: 'a', ranges: [] })]).resources).toHaveLength(1)
    expect(configurationOf([])).toEqual({ provider: {}, resources: [] })
  })

  it('are what the schemas take, the same in any order, and the documents again', () => {
    const some = (kind: KindName) =>
      fc.uniqueArray(randomDocument(kind), { maxLength: 2, selector: ({ name }) => name }).map(all => all.map(document))
    const all = fc
      .tuple(randomDocument('Organization').map(document), ...resolvedKinds.slice(1).map(some))
      .map(([organization, ...others]) => [organization, ...others.flat()].map(withoutShorthand))
    fc.assert(
      fc.property(
        all.chain(documents => fc.tuple(fc.constant(documents), shuffled(documents))),
        ([documents, again]) => {
          const made = configurationOf(documents)
          expect(misfitsIn(made)).toEqual([])
          expect(configurationOf(again)).toEqual(made)
          expect(
            documentsIn(made)
              .map(({ spec }) => documentText(spec))
              .sort(),
          ).toEqual(documents.map(({ spec }) => documentText(spec)).sort())
        },
      ),
    )
  })
})

/** Without what is put into its place before, or is written in a shorter way. */
function withoutShorthand({ kind, name, spec }: DocumentValue): DocumentValue {
  const left = ['breakGlass', 'accountLists']
  const text = JSON.stringify(spec, (member, inner: unknown) => (left.includes(member) ? undefined : inner))
  return { kind, name, spec: JSON.parse(text) as JsonObject }
}

describe('valid documents', () => {
  const clock = { now: () => startTime }

  /** The digest of the documents that a configuration is. */
  function digestAfterwards({ configuration }: DocumentsRead): string | undefined {
    const documents = documentsIn(configuration).map(({ spec }) => spec as unknown as InlineDocument)
    const read = readDocuments({ documents, clock })
    return read.ok ? read.value.desiredDigest : undefined
  }

  it('have the same digest when they come back from a configuration', () => {
    let compared = 0
    fc.assert(
      fc.property(randomWorld, ({ documents }) => {
        const read = readDocuments({ documents: documents as unknown as readonly InlineDocument[], clock })
        if (!read.ok) return
        compared++
        expect(digestAfterwards(read.value)).toBe(read.value.desiredDigest)
      }),
    )
    expect(compared).toBeGreaterThan(30)
  })

  it.each(['policies', 'docs/reference/example'])('so do those in %s', folder => {
    const read = readDocuments({ folder, clock })
    const value = read.ok ? read.value : expect.fail('they do not validate')
    expect(misfitsIn(value.configuration)).toEqual([])
    expect(digestAfterwards(value)).toBe(value.desiredDigest)
  })
})
