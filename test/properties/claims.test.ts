import fc from 'fast-check'
import { expect, it } from 'vitest'
import { settle, settleBy, type Policy } from '../../src/engine/claims.ts'

const emails = ['jo@acme.com', 'JO@acme.com', 'sam@acme.com', 'alice@acme.io', 'bob@partner.example']
const selector = fc.record(
  {
    accounts: fc.uniqueArray(fc.constantFrom(...emails), { minLength: 1, maxLength: 2 }),
    groups: fc.uniqueArray(fc.constantFrom('staff', 'contractors'), { minLength: 1 }),
    domains: fc.uniqueArray(fc.constantFrom('acme.com', 'Acme.IO'), { minLength: 1 }),
  },
  { requiredKeys: [] },
)
const members = fc.record(
  {
    everyoneElse: fc.boolean(),
    except: selector,
    priority: fc.integer({ min: 1, max: 3 }),
    acrossDirectories: fc.boolean(),
  },
  { requiredKeys: [] },
)
const policy = fc
  .tuple(fc.constantFrom('local', 'Acme staff'), selector, members)
  .map(([directory, selected, rest]) => ({ directory, members: { ...selected, ...rest } }))

const account = fc.record({
  email: fc.constantFrom(...emails, 'nobody@acme.com', 'else@else.example'),
  groups: fc.constantFrom(new Set<string>(), new Set<string>(), new Set(['staff']), new Set(['staff', 'contractors'])),
})

/** Whatever is remembered and left out on the way, the answer is that of asking every policy. */
it('finds the claim that asking every policy would find', () => {
  fc.assert(
    fc.property(fc.array(policy, { maxLength: 6 }), fc.array(account, { maxLength: 12 }), (specs, accounts) => {
      const policies = specs.map((spec, index) => ({ spec: { ...spec, name: `policy ${index}` } }) as unknown as Policy)
      const quick = settleBy(policies)
      for (const one of accounts)
        for (const directory of ['local', 'Acme staff'])
          expect(quick(one, directory)).toEqual(settle(policies, one, directory))
    }),
    { numRuns: 2000 },
  )
})
