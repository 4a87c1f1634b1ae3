import { describe, expect, it } from 'vitest'
import type { AuthenticationPolicy } from '../../src/kinds/authentication-policy.ts'
import { placeOf, selectedAt } from '../../src/kinds/members.ts'

type Members = NonNullable<AuthenticationPolicy['members']>

const ann = { email: 'Ann@Acme.com', groups: new Set(['staff', 'admins']) }

describe('the levels at which a policy selects an account', () => {
  const table: readonly [string, Members | undefined, readonly string[]][] = [
    ['no members', undefined, []],
    ['empty members', {}, []],
    ['the account, whatever its case', { accounts: ['ANN@acme.COM'] }, ['accounts']],
    ['another account', { accounts: ['ben@acme.com'] }, []],
    ['one of its groups', { groups: ['x', 'admins'] }, ['groups']],
    ['a group of another case', { groups: ['Staff'] }, []],
    ['its domain, whatever its case', { domains: ['ACME.com'] }, ['domains']],
    ['a domain above or below it', { domains: ['com', 'sub.acme.com', 'cme.com'] }, []],
    ['everyone else', { everyoneElse: true }, ['everyoneElse']],
    ['not everyone else', { everyoneElse: false }, []],
    [
      'all at once, the most specific first',
      { everyoneElse: true, domains: ['acme.com'], groups: ['staff'], accounts: ['ann@acme.com'] },
      ['accounts', 'groups', 'domains', 'everyoneElse'],
    ],
    ['except it', { domains: ['acme.com'], everyoneElse: true, except: { accounts: ['ann@acme.com'] } }, []],
    ['except its group', { accounts: ['ann@acme.com'], except: { groups: ['staff'] } }, []],
    ['except its domain', { everyoneElse: true, except: { domains: ['Acme.com'] } }, []],
    ['except others', { domains: ['acme.com'], except: { accounts: ['ben@acme.com'], groups: ['x'] } }, ['domains']],
    ['nothing, except nothing', { except: {} }, []],
  ]
  it.each(table)('%s', (_, members, expected) => expect(selectedAt(members, ann)).toEqual(expected))
})

describe('an account among many', () => {
  it('is the first of its address, whatever its case', () => {
    const accounts = ['ben@acme.com', 'Ann@acme.com', 'ANN@acme.com']
    expect(['ann@acme.com', 'BEN@acme.com', 'eve@acme.com'].map(email => placeOf(accounts, email))).toEqual([
      1,
      0,
      undefined,
    ])
    expect(placeOf([], 'ann@acme.com')).toBeUndefined()
  })

  it('is found without going through the list again', () => {
    const emails = Array.from({ length: 500 }, (_, index) => `user${index}@acme.com`)
    let read = 0
    const accounts = new Proxy(emails, {
      get(target, key) {
        if (typeof key === 'string' && /^\d+$/.test(key)) read++
        return Reflect.get(target, key) as unknown
      },
    })
    const members = { accounts, everyoneElse: true, except: { accounts: ['ann@acme.com'] } }
    for (const email of emails)
      expect(selectedAt(members, { email, groups: new Set() })).toEqual(['accounts', 'everyoneElse'])
    expect(read).toBe(emails.length)
  })
})
