import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { full } from '../../survival/extent.ts'
import type { Scenario } from '../../../src/simulator/index.ts'
import { acme } from '../../../src/simulator/scenarios/acme.ts'
import { organizationId, provider } from './acme-hcl.ts'
import { beginLife, type Life } from './life.ts'
import { ended } from './said.ts'
import { describeLife } from '../terraform.ts'

/** A hundred resources, and with the long suites a thousand. */
const sizes: readonly (readonly [policies: number, isApplied: boolean])[] = [
  [89, true],
  ...(full ? [[989, false] as const] : []),
]
const allowlists = 10

const idOf = (index: number): string => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`
const range = (index: number): string => `10.${index}.0.0/16`

/** So many policies, each with an account so that the API shows it, and some allowlists. */
const scenarioOf = (policies: number): Scenario => ({
  ...acme,
  authenticationPolicies: [
    ...(acme.authenticationPolicies ?? []),
    ...Array.from({ length: policies }, (_, index) => ({ id: idOf(index), name: `Team ${index}`, directory: 'local' })),
  ],
  accounts: [
    ...(acme.accounts ?? []),
    ...Array.from({ length: policies }, (_, index) => ({ email: `member-${index}@acme.com`, policy: `Team ${index}` })),
  ],
  ipAllowlists: Array.from({ length: allowlists }, (_, index) => ({
    name: `Site ${index}`,
    status: 'enabled',
    rule: { in: [range(index)] },
  })),
})

const team = (index: number) => ({ id: idOf(index), name: `Team ${index}`, directory: 'local' })
const numbered = <T>(length: number, make: (index: number) => T): Readonly<Record<string, T>> =>
  Object.fromEntries(Array.from({ length }, (_, index) => [`n${index}`, make(index)]))

/** As JSON, which is what a program writes that makes so many. */
const configurationOf = (policies: number) => ({
  provider: { postern: { organization_id: organizationId, organization: { name: 'acme' } } },
  resource: {
    postern_authentication_policy: numbered(policies, team),
    postern_ip_allowlist: numbered(allowlists, index => ({ name: `Site ${index}`, ranges: [range(index)] })),
    postern_membership: {
      organization: {
        policies: Object.fromEntries(
          Array.from({ length: policies }, (_, index) => [
            `Team ${index}`,
            {
              policy: `\${postern_authentication_policy.n${index}.document}`,
              members: { accounts: [`member-${index}@acme.com`] },
            },
          ]),
        ),
      },
    },
  },
})

describeLife('many resources', () => {
  describe.each(sizes)('%d policies', (policies, isApplied) => {
    const count = policies + allowlists + 1
    let life: Life
    beforeAll(async () => {
      life = await beginLife({ scenario: scenarioOf(policies) })
      life.space.write({ 'main.tf.json': JSON.stringify(configurationOf(policies)) })
    })
    afterAll(() => life.end())

    /** How many requests the organization answered meanwhile. The provider has little memory. */
    async function requestsOf(args: readonly string[], code: number): Promise<number> {
      const before = life.simulator.requests.length
      ended(await life.terraform(args, { env: { NODE_OPTIONS: '--max-old-space-size=256' } }), code)
      return life.simulator.requests.length - before
    }
    const plan = ['plan', '-detailed-exitcode']
    const fewRequests = 40

    it('are planned with the requests of one', { timeout: 300_000 }, async () => {
      expect(await requestsOf(plan, 2)).toBeLessThanOrEqual(fewRequests)
      expect(life.printed()).toContain(`Plan: ${count} to add`)
    })

    // An apply writes a record for each: of a thousand that takes minutes, and shows nothing that a hundred do not.
    it.runIf(isApplied)('are applied, and then there is nothing to do', async () => {
      // Each apply asks once whose key it is; the organization is looked at anew only after something was sent.
      expect(await requestsOf(['apply', '-auto-approve'], 0)).toBeLessThanOrEqual(count + fewRequests * 2)
      expect(life.writes()).toEqual([])
      expect(await requestsOf(plan, 0)).toBeLessThanOrEqual(fewRequests)
    })
  })
})

describeLife('30 allowlists at once', () => {
  const names = Array.from({ length: 30 }, (_, index) => `Branch ${index}`)
  let life: Life
  beforeAll(async () => {
    life = await beginLife()
  })
  beforeEach(() => life.startOver())
  afterAll(() => life.end())

  it('are all applied, one after the other, and the ledger knows them all', async () => {
    life.main(`${provider()}
resource "postern_ip_allowlist" "branch" {
  count  = ${names.length}
  name   = "Branch \${count.index}"
  ranges = ["203.0.113.0/24", "10.0.\${count.index}.0/24"]
}
`)
    expect(ended(await life.apply(), 0)).toContain(`${names.length} added`)
    const there = life.simulator.state.controlPolicies.map(({ name }) => name)
    expect(there).toEqual(expect.arrayContaining(names))
    expect(life.writes()).toHaveLength(names.length)
    const { documents } = (await life.ledger.read('last-applied')) ?? {}
    expect(Object.keys(documents ?? {})).toEqual(expect.arrayContaining(names.map(name => `IpAllowlist/${name}`)))
    expect((await life.ledger.read('lock'))?.holder).toBeNull()
    ended(await life.plan(), 0)
  })
})
