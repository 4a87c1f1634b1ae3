import { describe, expect, it } from 'vitest'
import { weakened } from '../../src/engine/weakened.ts'

const now = new Date('2026-11-24T08:00:00Z')

/** The keys whose snapshots are believed; undefined: the Organization document says nothing of snapshots. */
type Keys = readonly string[] | undefined

const documents = (keys: Keys) => ({
  'Organization/acme': {
    kind: 'Organization',
    name: 'acme',
    id: 'x',
    ...(keys !== undefined && { snapshots: { signedBy: keys } }),
  },
})

const [a, b] = ['ed25519:a', 'ed25519:b']

describe('who may sign the snapshots that are believed', () => {
  it.each<[string, Keys, Keys, readonly string[]]>([
    ['one more', [a], [b, a], ['snapshots signed by `ed25519:b` become believed']],
    ['another', [a], [b], ['snapshots signed by `ed25519:b` become believed']],
    ['anybody again', [a], undefined, ['`snapshots.signedBy` is dropped']],
    ['anybody, by an empty list', [a], [], ['`snapshots.signedBy` is dropped']],
    ['one less', [a, b], [b], []],
    ['another order', [a, b], [b, a], []],
    ['one in place of anybody', undefined, [a], []],
    ['anybody as before', undefined, [], []],
  ])('%s', (_, before, after, expected) => {
    expect(weakened(documents(before), documents(after), now)).toEqual(expected)
  })
})
