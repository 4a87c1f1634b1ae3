import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { documentOfText, documentText, type DocumentValue } from '../../src/blocks/document-text.ts'
import { membershipDocuments, membershipValues } from '../../src/blocks/membership-values.ts'
import { schemas } from '../../src/blocks/schemas.ts'
import { unknown, type Value, type ValueObject } from '../../src/blocks/value.ts'
import type { KindName } from '../../src/kinds/index.ts'
import type { JsonObject } from '../../src/model/json.ts'
import { misfits } from './conforms.ts'
import { randomDocument } from './random-document.ts'

const computed = { id: 'organization', accounts: null }

const document = (spec: JsonObject): DocumentValue => ({
  kind: spec['kind'] as KindName,
  name: spec['name'] as string,
  spec,
})

const staff = { kind: 'AuthenticationPolicy', name: 'Staff', directory: 'local' }

/** A membership of policies, nothing else in it. */
const policies = (map: Readonly<Record<string, Value>> | typeof unknown): ValueObject => ({
  policies: map,
  coverage_requirements: null,
  exceptions: null,
})

describe('the membership of documents', () => {
  it('holds each policy as a text beside its members, requirements and exceptions by name', () => {
    const documents = [
      { ...staff, members: { domains: ['acme.com'], everyoneElse: true, except: { accounts: ['root@acme.com'] } } },
      { ...staff, name: 'Nobody' },
      { kind: 'CoverageRequirement', name: 'all', population: { accounts: ['managed'] }, atLeast: 'step-up' },
      { kind: 'Exception', name: 'bot', account: 'bot@acme.com', requirement: 'all', owner: 'a@acme.com' },
      { kind: 'IpAllowlist', name: 'passed over' },
    ].map(document)
    const value = membershipValues(documents, computed)
    expect(JSON.parse(JSON.stringify(value, (_, inner: unknown) => inner ?? undefined))).toEqual({
      id: 'organization',
      policies: {
        Staff: {
          policy: '{"directory":"local","kind":"AuthenticationPolicy","name":"Staff"}',
          members: { domains: ['acme.com'], everyone_else: true, except: { accounts: ['root@acme.com'] } },
        },
        Nobody: { policy: '{"directory":"local","kind":"AuthenticationPolicy","name":"Nobody"}' },
      },
      coverage_requirements: { all: { population: { accounts: ['managed'] }, at_least: 'step-up' } },
      exceptions: { bot: { account: 'bot@acme.com', requirement: 'all', owner: 'a@acme.com' } },
    })
    expect(membershipDocuments(value)).toEqual({ documents: documents.slice(0, -1), unknowns: [], refused: [] })
  })

  it('is the documents again, whatever they are', () => {
    const { attributes } = schemas.resources.postern_membership
    const some = (kind: KindName) =>
      fc.uniqueArray(randomDocument(kind), { maxLength: 3, selector: ({ name }) => name }).map(all => all.map(document))
    fc.assert(
      fc.property(
        some('AuthenticationPolicy'),
        some('CoverageRequirement'),
        some('Exception'),
        (own, requirements, exceptions) => {
          // Lists of accounts are put into the policies before.
          const all = [...own.map(withoutLists), ...requirements, ...exceptions]
          const value = membershipValues(all, computed)
          expect(misfits(attributes, value, 'value')).toEqual([])
          const back = membershipDocuments(value)
          expect({ ...back, documents: sorted(back.documents) }).toEqual({
            documents: sorted(all),
            unknowns: [],
            refused: [],
          })
        },
      ),
    )
  })

  it('is not the order of its maps', () => {
    const named = (names: readonly string[]) => names.map(name => document({ ...staff, name }))
    const of = (names: readonly string[]) =>
      sorted(membershipDocuments(membershipValues(named(names), computed)).documents)
    expect(of(['b', 'a', '10', '9'])).toEqual(of(['9', '10', 'a', 'b']))
  })
})

/** The document without what it names of account lists. */
function withoutLists({ kind, name, spec }: DocumentValue): DocumentValue {
  const text = JSON.stringify(spec, (member, inner: unknown) => (member === 'accountLists' ? undefined : inner))
  return { kind, name, spec: JSON.parse(text) as JsonObject }
}

const sorted = (documents: readonly DocumentValue[]): readonly string[] =>
  documents.map(({ spec }) => documentText(spec)).sort()

describe('a membership that is no documents', () => {
  const text = documentText(staff)

  it.each<readonly [string, string, string, string]>([
    ['a text that is no JSON', 'Staff', 'Staff', 'no-policy'],
    ['a list', 'Staff', '[]', 'no-policy'],
    ['a document of another kind', 'Staff', '{"kind":"IpAllowlist","name":"Staff"}', 'no-policy'],
    ['a kind that there is not', 'Staff', '{"kind":"constructor","name":"Staff"}', 'no-policy'],
    ['a document without a name', 'Staff', '{"kind":"AuthenticationPolicy"}', 'no-policy'],
    ['a policy by another name', 'staff', text, 'other-name'],
    ['a policy with members', 'Staff', documentText({ ...staff, members: {} }), 'has-members'],
  ])('%s is refused at its place', (_, name, policy, why) => {
    expect(membershipDocuments(policies({ [name]: { policy, members: null } }))).toEqual({
      documents: [],
      unknowns: [],
      refused: [{ path: [{ attribute: 'policies' }, { key: name }, { attribute: 'policy' }], why }],
    })
  })

  it('keeps the policies that are right', () => {
    const both = policies({ Staff: { policy: text, members: null }, other: { policy: text, members: null } })
    const { documents, refused } = membershipDocuments(both)
    expect(documents).toEqual([document(staff)])
    expect(refused).toHaveLength(1)
  })
})

describe('a membership that is not known whole', () => {
  const at = (...steps: readonly string[]) => [
    { attribute: 'policies' },
    ...steps.map((step, index) => (index === 0 ? { key: step } : { attribute: step })),
  ]
  const text = documentText(staff)

  it.each<readonly [string, ValueObject, readonly DocumentValue[], readonly unknown[]]>([
    ['the policies', policies(unknown), [], [at()]],
    ['one of them', policies({ Staff: unknown }), [], [at('Staff')]],
    ['what a policy is', policies({ Staff: { policy: unknown, members: null } }), [], [at('Staff', 'policy')]],
    [
      'its members',
      policies({ Staff: { policy: text, members: unknown } }),
      [document(staff)],
      [at('Staff', 'members')],
    ],
    [
      'a selector',
      policies({ Staff: { policy: text, members: { domains: ['acme.com'], accounts: ['a@acme.com', unknown] } } }),
      [document({ ...staff, members: { domains: ['acme.com'] } })],
      [at('Staff', 'members', 'accounts')],
    ],
    [
      'the requirements and an exception',
      { policies: {}, coverage_requirements: unknown, exceptions: { bot: unknown } },
      [],
      [[{ attribute: 'coverage_requirements' }], [{ attribute: 'exceptions' }, { key: 'bot' }]],
    ],
  ])('%s', (_, value, documents, unknowns) => {
    expect(membershipDocuments(value)).toEqual({ documents, unknowns, refused: [] })
  })
})

describe('the text of a document', () => {
  it('is the same for any order of its members, and the document again', () => {
    expect(documentText({ b: 1, a: { d: [2, 1], c: null } })).toBe('{"a":{"c":null,"d":[2,1]},"b":1}')
    fc.assert(
      fc.property(randomDocument('AuthenticationPolicy'), spec => {
        const reversed = Object.fromEntries(Object.entries(spec).reverse())
        expect(documentText(reversed)).toBe(documentText(spec))
        expect(documentOfText(documentText(spec))).toEqual(document(spec))
      }),
    )
  })
})
