import { describe, expect, it } from 'vitest'
import { valueOfMembers } from '../../src/model/document-member.ts'
import { adopted, reasons, specs } from './adopted.ts'
import { member, policyId, seenPolicy } from './sighting.ts'

describe('members', () => {
  const two = { policies: [seenPolicy(1), seenPolicy(2)] }
  const many = (count: number, number: number) =>
    Array.from({ length: count }, (_, index) => member(`p${number}-${index + 10}@acme.com`, number))

  it('stand in a file of their own where they are many', async () => {
    const made = await adopted({ ...two, accounts: [...many(30, 1), ...many(11, 2)] })
    expect(specs(made)['AuthenticationPolicy/Policy 2']).toMatchObject({ members: { accountLists: ['Policy 2'] } })
    const list = made.drafts.find(({ address }) => address.kind === 'AccountList')
    expect(list?.file).toBe('authentication/policy-2.accounts.yaml')
    expect(valueOfMembers(list?.members ?? [])['accounts']).toHaveLength(11)
  })

  it('stand in the document where they are few', async () => {
    const made = await adopted({ ...two, accounts: [...many(30, 1), ...many(10, 2)] })
    expect(made.drafts.filter(({ address }) => address.kind === 'AccountList')).toEqual([])
  })

  it('that no document can name stay where they are', async () => {
    const odd = 'q ö@acme.com'
    const made = await adopted({ ...two, accounts: [...many(3, 1), ...many(2, 2), member(odd, 2)] })
    expect(specs(made)['AuthenticationPolicy/Policy 1']).toHaveProperty('members.accounts')
    expect(specs(made)['AuthenticationPolicy/Policy 2']).toHaveProperty('members.accounts')
    expect(reasons(made)).toEqual([expect.stringContaining(odd)])
  })

  it('are all listed, whatever directory the ledger saw them in, where that is asked for', async () => {
    const made = await adopted({ ...two, accounts: [...many(2, 1), ...many(1, 2)] }, { listed: new Set([policyId(1)]) })
    expect(specs(made)['AuthenticationPolicy/Policy 1']?.['members']).toEqual({
      accounts: ['p1-10@acme.com', 'p1-11@acme.com'],
      acrossDirectories: true,
    })
    expect(specs(made)['AuthenticationPolicy/Policy 2']?.['members']).toEqual({ everyoneElse: true })
  })

  it('are nobody where an account is inactive, has no address, or no policy', async () => {
    const accounts = [
      { ...member('gone@acme.com', 1), active: false },
      member('5b10a2844c20165700ede21g', 1),
      { accountId: 'x', email: 'x@acme.com', active: true, groups: [] },
    ]
    const made = await adopted({ policies: [seenPolicy(1)], accounts })
    expect(specs(made)['AuthenticationPolicy/Policy 1']).not.toHaveProperty('members')
  })
})
