import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attributeName, memberName } from '../../src/blocks/attribute-name.ts'
import { documentAttributes, memberAttributes, type BlockKind } from '../../src/blocks/document-attributes.ts'
import type { Attributes } from '../../src/blocks/schema.ts'
import { documentPathOf, valuePathOf, type DocumentPath } from '../../src/blocks/value-path.ts'
import type { ValuePath } from '../../src/blocks/value.ts'
import { kindNamed, kindNames } from '../../src/kinds/index.ts'
import { isObject, type Json } from '../../src/model/json.ts'

/** A path as people write it. */
const shown = (path: ValuePath): string =>
  path
    .map(step =>
      'attribute' in step
        ? `.${step.attribute}`
        : 'key' in step
          ? `[${JSON.stringify(step.key)}]`
          : `[${String(step.index)}]`,
    )
    .join('')

/** Every path that attributes have: the third item stands for those of a list, a hard key for those of a map. */
function pathsIn(attributes: Attributes, above: ValuePath = []): readonly ValuePath[] {
  return Object.entries(attributes).flatMap(([name, { nested }]) => {
    const own: ValuePath = [...above, { attribute: name }]
    if (nested === undefined) return [own]
    if (nested.nesting === 'single') return [own, ...pathsIn(nested.attributes, own)]
    const item: ValuePath = [...own, nested.nesting === 'map' ? { key: 'a_b.cD' } : { index: 2 }]
    return [own, item, ...pathsIn(nested.attributes, item)]
  })
}

/** Every name of a member in the schemas of all kinds. */
const membersIn = (schema: Json): readonly string[] =>
  isObject(schema)
    ? [
        ...(isObject(schema['properties']) ? Object.keys(schema['properties']) : []),
        ...Object.values(schema).flatMap(membersIn),
      ]
    : []

describe('names', () => {
  it('of members and of attributes stand for each other, in every kind', () => {
    const members = [...new Set(kindNames.flatMap(kind => membersIn(kindNamed(kind).schema)))]
    expect(members.length).toBeGreaterThan(60)
    expect(members.filter(member => memberName(attributeName(member)) !== member)).toEqual([])
    expect(new Set(members.map(attributeName)).size).toBe(members.length)
  })
})

describe('paths', () => {
  it.each(Object.keys(documentAttributes) as readonly BlockKind[])('%s: there and back, for every attribute', kind => {
    const attributes = documentAttributes[kind]
    for (const path of pathsIn(attributes)) expect(valuePathOf(attributes, documentPathOf(path))).toEqual(path)
  })

  it.each<readonly [string, Attributes, DocumentPath, string]>([
    ['a member', documentAttributes.IpAllowlist, ['allowMobileBypass'], '.allow_mobile_bypass'],
    [
      'one inside another',
      documentAttributes.AuthenticationPolicy,
      ['settings', 'password', 'expiresAfter'],
      '.settings.password.expires_after',
    ],
    [
      'one in a list of objects',
      documentAttributes.Organization,
      ['directories', 1, 'identityProvider'],
      '.directories[1].identity_provider',
    ],
    ['a bare text in place of an object', documentAttributes.Organization, ['breakGlass', 0], '.break_glass[0]'],
    ['an item of a set: the set', memberAttributes, ['except', 'accounts', 3], '.except.accounts'],
    ['what is no attribute: as near as there is one', documentAttributes.IpAllowlist, ['rangs'], ''],
    [
      'what is no attribute inside one',
      documentAttributes.AuthenticationPolicy,
      ['settings', 'apiToken', 'x'],
      '.settings',
    ],
    ['a name that every object has', documentAttributes.IpAllowlist, ['constructor', 'name'], ''],
    ['a number in place of a member', documentAttributes.Organization, ['guards', 0], '.guards'],
    ['the whole document', documentAttributes.IpAllowlist, [], ''],
  ])('%s', (_, attributes, path, expected) => {
    expect(shown(valuePathOf(attributes, path))).toBe(expected)
  })

  it('are found for anything, and lead no further than it', () => {
    const step = fc.oneof(fc.constantFrom('settings', 'members', '__proto__', 'directories'), fc.string(), fc.nat(3))
    fc.assert(
      fc.property(fc.constantFrom(...Object.values(documentAttributes)), fc.array(step), (attributes, path) => {
        const found = documentPathOf(valuePathOf(attributes, path))
        expect(path.slice(0, found.length)).toEqual(found)
      }),
    )
  })
})
