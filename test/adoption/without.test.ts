import { describe, expect, it } from 'vitest'
import { without } from '../../src/adoption/without.ts'
import { valueOfMembers } from '../../src/model/document-member.ts'

describe('a draft without a member', () => {
  const draft = {
    address: { kind: 'X', name: 'x' },
    file: 'x.yaml',
    head: [],
    members: [
      {
        key: 'settings',
        value: [
          { key: 'password', value: [{ key: 'minimumStrength', value: 'weak' }] },
          { key: 'apiTokens', value: 'block' },
        ],
      },
      { key: 'domains', value: ['a.example', 'b.example'] },
    ],
    foot: [],
  }

  it.each([
    [
      ['settings', 'password', 'minimumStrength'],
      { settings: { apiTokens: 'block' }, domains: ['a.example', 'b.example'] },
    ],
    [['settings'], { domains: ['a.example', 'b.example'] }],
    [
      ['domains', 0],
      { settings: { password: { minimumStrength: 'weak' }, apiTokens: 'block' }, domains: ['b.example'] },
    ],
    [['nothing', 'there'], valueOfMembers(draft.members)],
  ])('%j leaves the rest', (path, rest) => {
    expect(valueOfMembers(without(draft, path).members)).toEqual(rest)
  })
})
