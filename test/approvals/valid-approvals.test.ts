import { describe, expect, it } from 'vitest'
import { authorsOf, validApprovals } from '../../src/approvals/valid-approvals.ts'
import type { Approver } from '../../src/kinds/protections.ts'
import type { Approval } from '../../src/model/approval.ts'

const approvers: readonly Approver[] = [
  { name: 'alice', email: 'Alice@acme.com', logins: ['alice-gh', '{1f2e}'] },
  { name: 'bob', email: 'bob@acme.com', logins: [] },
  { name: 'bob-2', email: 'BOB@acme.com', logins: ['bob-gh'] },
  { name: 'carol', email: 'carol@acme.com', logins: [] },
]

const given = (approver: string, changes: Partial<Approval> = {}): Approval => ({
  digest: 'd1',
  approver,
  at: '2026-11-24T08:00:00Z',
  expiresAt: '2026-11-25T08:00:00Z',
  ...changes,
})

function counting(
  approvals: readonly Approval[],
  { now = '2026-11-24T09:00:00Z', author = 'dora', minutes = 1440 } = {},
) {
  const rules = { approvers, minutes }
  return validApprovals({ approvals, digest: 'd1', now: new Date(now), rules, author })
}

describe('approvals that count', () => {
  it.each([
    ['one', [given('alice')], {}, ['alice']],
    ['two, sorted', [given('carol'), given('alice')], {}, ['alice', 'carol']],
    ['one given twice', [given('alice'), given('alice', { at: '2026-11-24T08:30:00Z' })], {}, ['alice']],
    ['two names of one person', [given('bob'), given('bob-2')], {}, ['bob-2']],
    ['another digest', [given('alice', { digest: 'd2' })], {}, []],
    ['somebody not listed', [given('mallory')], {}, []],
    ['in another case', [given('Alice')], {}, []],
    ['its last moment', [given('alice')], { now: '2026-11-25T07:59:59.999Z' }, ['alice']],
    ['its end', [given('alice')], { now: '2026-11-25T08:00:00Z' }, []],
    ['a time that cannot be read', [given('alice', { expiresAt: 'never' })], {}, []],
    ['longer than the documents now say', [given('alice')], { minutes: 60 }, []],
    ['the author by login', [given('alice'), given('bob')], { author: 'ALICE-GH ' }, ['bob']],
    ['the author by id', [given('alice')], { author: '{1f2e}' }, []],
    ['the author by address', [given('alice')], { author: 'alice@ACME.com' }, []],
    ['the author by name', [given('alice')], { author: 'alice' }, []],
    ['the author under another name', [given('bob'), given('carol')], { author: 'bob-gh' }, ['carol']],
  ])('%s', (_, approvals, options, names) => {
    expect(counting(approvals, options)).toEqual(names)
  })

  it('none where nobody knows who made the plan', () => {
    const rules = { approvers, minutes: 1440 }
    const now = new Date('2026-11-24T09:00:00Z')
    expect(validApprovals({ approvals: [given('alice')], digest: 'd1', now, rules, author: undefined })).toEqual([])
  })
})

it.each([
  ['alice-gh', ['alice']],
  ['bob', ['bob', 'bob-2']],
  ['alic', []],
  ['', []],
])('who made a plan as %j', (author, names) => {
  expect(authorsOf([author], approvers).map(({ name }) => name)).toEqual(names)
})
