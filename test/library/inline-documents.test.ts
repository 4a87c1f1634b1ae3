import { readFileSync } from 'node:fs'
import { expect, expectTypeOf, it } from 'vitest'
import { documentTypes } from '../../scripts/generate-document-types.ts'
import type { AuthenticationPolicyDocument, InlineDocument } from '../../src/index.ts'
import type { KindName, Specs } from '../../src/kinds/index.ts'

type Written<T> = T extends readonly (infer Item)[]
  ? Written<Item>[]
  : T extends object
    ? { -readonly [K in keyof T]: Written<T[K]> }
    : T

type DocumentOf<K extends KindName> = Extract<InlineDocument, { readonly kind: K }>

it('has a type for the documents of each kind, which are those that the schemas describe', () => {
  expectTypeOf<InlineDocument['kind']>().toEqualTypeOf<KindName>()
  expectTypeOf<Written<DocumentOf<'AuthenticationPolicy'>>>().toExtend<Specs['AuthenticationPolicy']>()
  expectTypeOf<Written<DocumentOf<'AccountList'>>>().toExtend<Specs['AccountList']>()
  expectTypeOf<Written<DocumentOf<'ExternalUserPolicy'>>>().toExtend<Specs['ExternalUserPolicy']>()
  expectTypeOf<Written<DocumentOf<'IpAllowlist'>>>().toExtend<Specs['IpAllowlist']>()
  expectTypeOf<Written<DocumentOf<'CoverageRequirement'>>>().toExtend<Specs['CoverageRequirement']>()
  expectTypeOf<Written<DocumentOf<'Exception'>>>().toExtend<Specs['Exception']>()
  // What has a default is always there in a document that was read.
  expectTypeOf<Specs['Organization']>().toExtend<DocumentOf<'Organization'>>()
  expectTypeOf<Specs['AuthenticationPolicy']>().toExtend<AuthenticationPolicyDocument>()
  expectTypeOf<Specs['ExternalUserPolicy']>().toExtend<DocumentOf<'ExternalUserPolicy'>>()
  expectTypeOf<Specs['IpAllowlist']>().toExtend<DocumentOf<'IpAllowlist'>>()
  expectTypeOf<Specs['CoverageRequirement']>().toExtend<DocumentOf<'CoverageRequirement'>>()
  expectTypeOf<Specs['Exception']>().toExtend<DocumentOf<'Exception'>>()
})

it('is up to date', async () => {
  for (const [file, text] of await documentTypes()) expect(readFileSync(file, 'utf8'), file).toBe(text)
})

it('knows nothing that is not there', () => {
  const documents: readonly InlineDocument[] = [
    // @ts-expect-error: there is no such value.
    { kind: 'AuthenticationPolicy', name: 'a', directory: 'local', settings: { apiTokens: 'no' } },
    // @ts-expect-error: there is no such member.
    { kind: 'IpAllowlist', name: 'a', ranges: [], addresses: [] },
    // @ts-expect-error: an authentication policy is in a directory.
    { kind: 'AuthenticationPolicy', name: 'a' },
  ]
  expect(documents).toHaveLength(3)
})
