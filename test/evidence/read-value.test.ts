import { describe, expect, it } from 'vitest'
import { choicesOf, readValue, schemaOf } from '../../src/evidence/read-value.ts'
import { kindNamed } from '../../src/kinds/index.ts'
import type { Json } from '../../src/model/json.ts'

const at = (kind: 'AuthenticationPolicy' | 'ExternalUserPolicy', path: string) => schemaOf(kindNamed(kind).schema, path)

describe('readValue', () => {
  it.each<readonly ['AuthenticationPolicy' | 'ExternalUserPolicy', string, string, Json]>([
    ['AuthenticationPolicy', 'settings.apiTokens', ' block ', 'block'],
    ['AuthenticationPolicy', 'settings.idleSession', '8h', '8h'],
    ['AuthenticationPolicy', 'default', 'TRUE', true],
    ['AuthenticationPolicy', 'default', 'false', false],
    ['AuthenticationPolicy', 'default', 'yes', 'yes'],
    ['ExternalUserPolicy', 'testUsers', 'a@x.example, b@x.example', ['a@x.example', 'b@x.example']],
    ['ExternalUserPolicy', 'testUsers', '["a@x.example","b@x.example"]', ['a@x.example', 'b@x.example']],
    ['ExternalUserPolicy', 'testUsers', '[]', []],
    ['ExternalUserPolicy', 'testUsers', '', []],
  ])('%s %s: %j', (kind, path, text, value) => {
    expect(readValue(at(kind, path), text)).toEqual(value)
  })
})

describe('choicesOf', () => {
  it.each([
    ['settings.apiTokens', ['allow', 'block']],
    ['default', ['true', 'false']],
    ['settings.idleSession', undefined],
  ])('%s', (path, choices) => {
    expect(choicesOf(at('AuthenticationPolicy', path))).toEqual(choices)
  })
})

it('schemaOf a path that leads nowhere is empty', () => {
  expect(at('AuthenticationPolicy', 'settings.nothing.at.all')).toEqual({})
})
