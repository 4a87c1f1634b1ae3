import { describe, expect, it } from 'vitest'
import type { AuthenticationPolicy } from '../../src/kinds/authentication-policy.ts'
import { selectedAt } from '../../src/kinds/members.ts'

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
