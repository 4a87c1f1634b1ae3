import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { User } from '../../src/org/answers/user.ts'
import type { KeptAnswers } from '../../src/operations/incremental/kept-answers.ts'
import { packAnswers, unpackAnswers } from '../../src/operations/incremental/packed-answers.ts'

const user = (index: number): User => ({
  accountId: `account-${index}`,
  email: `ünï${index}@acme.com`,
  claimStatus: index % 2 === 0 ? 'managed' : 'unmanaged',
  platformRoles: ['a\nb', '{}'],
  lastActive: '2026-11-24T08:00:00Z',
})

const answersOf = (count: number): KeptAnswers => ({
  users: new Map(Array.from({ length: count }, (_, index) => [`account-${index}`, user(index)])),
  policies: new Map([
    ['account-0', { accountId: 'account-0', email: 'ünï0@acme.com', policyId: 'p', policyName: 'Staff' }],
    ['account-1', null],
  ]),
  groups: new Map([
    ['staff', [{ id: 'g', name: 'staff' }]],
    ['none', []],
  ]),
  members: new Map([['g', ['account-0', 'somebody-else']]]),
})

describe('kept answers', () => {
  it.each([2, 3_000])('are the same packed and unpacked, %i accounts', async count => {
    const answers = answersOf(count)
    expect(await unpackAnswers(await packAnswers(answers))).toEqual(answers)
  })

  it('make the same text each time, without what nothing is made of', async () => {
    const answers = answersOf(2)
    const more = new Map(
      [...(answers.users ?? [])].map(([id, one]) => [id, { ...one, groups: ['g'], managementSource: 'synced' }]),
    )
    expect(await packAnswers({ ...answers, users: more })).toBe(await packAnswers(answers))
  })

  it('are none where the text is damaged', async () => {
    const text = await packAnswers(answersOf(50))
    const bytes = Buffer.from(text, 'base64')
    const lines = (...all: readonly unknown[]): string =>
      gzipSync(all.map(one => `${JSON.stringify(one)}\n`).join('')).toString('base64')
    const head = { accounts: 1, groups: [], members: [] }
    const damaged = [
      '',
      'no base64!',
      bytes.subarray(0, bytes.length - 20).toString('base64'),
      Buffer.concat([bytes.subarray(0, 40), bytes.subarray(60)]).toString('base64'),
      gzipSync('no JSON\n').toString('base64'),
      lines(7),
      lines(head),
      lines({ ...head, groups: 1 }, [{ accountId: 'a' }]),
      lines(head, null),
    ]
    for (const one of damaged) expect(await unpackAnswers(one)).toBeUndefined()
    expect(await unpackAnswers(lines(head, [{ accountId: 'a' }]))).toBeDefined()
  })
})
