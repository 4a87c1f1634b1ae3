import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { bareMembership, barePolicies, office, policyIds, provider } from './acme-hcl.ts'
import { beginLife, type Life } from './life.ts'
import { ended } from './said.ts'
import { describeLife } from '../terraform.ts'

const allowlist = (rest: string): string =>
  `\nresource "postern_ip_allowlist" "plant" {\n  name = "Plant"\n  ${rest}\n}\n`

const everybody = provider() + barePolicies + bareMembership

/** What is wrong with a configuration, and the codes or words that say so. */
const wrong: readonly (readonly [what: string, configuration: string, told: RegExp])[] = [
  [
    'a range that is none',
    provider() + allowlist('ranges = ["203.0.113.0/24", "somewhere"]'),
    /on main\.tf line \d+, in resource "postern_ip_allowlist" "plant": \d+: ranges .*policy\/bad-range/,
  ],
  [
    'a duration that is none',
    provider() + barePolicies.replace('directory = "Acme staff"', '$&\n  settings = { idle_session = "a while" }'),
    /on main\.tf line \d+, in resource "postern_authentication_policy" "staff": \d+: settings .*policy\/bad-format/,
  ],
  ['one id twice', provider() + barePolicies.replace(policyIds.local, policyIds.contractors), /policy\/one-id-twice/],
  [
    'a key that is not the name',
    everybody.replace('"Staff behind Okta" = {', '"Staff" = {'),
    /another name than its key .*\d+: "Staff" = \{/,
  ],
  [
    'a text that is no policy',
    everybody.replace('postern_authentication_policy.staff.document', '"staff"'),
    /no authentication policy .*\d+: "Staff behind Okta" = \{/,
  ],
  ['an unknown guard', provider({ allow: ['everything'] }) + office, /everything/],
  ['no organization', 'provider "postern" {}' + office, /no organization/],
  [
    'an organization that the key does not see',
    provider({ id: '00000000-0000-4000-8000-00000000000f' }) + office,
    /org\/other-organization/,
  ],
  [
    'an allowlist that shuts Postern out',
    provider() + allowlist('ranges = ["192.0.2.0/24"]'),
    /guard locks-out-runner/,
  ],
  [
    'too many moves',
    provider({ organization: 'guards = { moves = { percent = 1, at_least = 2 } }' }) + barePolicies + bareMembership,
    /guard too-many-moves/,
  ],
  [
    'a break-glass account that moves',
    everybody
      .replaceAll(
        'accounts = ["root@acme.com"] }\n    }\n    "Local',
        'accounts = ["ci@acme.com"] }\n    }\n    "Local',
      )
      .replace('members = {}', 'members = { accounts = ["root@acme.com"] }'),
    /guard break-glass/,
  ],
]

describeLife('a refusal', () => {
  let life: Life
  beforeAll(async () => {
    life = await beginLife()
  })
  afterAll(() => life.end())
  beforeEach(() => life.startOver())
  afterEach(() => {
    expect(life.printed()).not.toContain(life.simulator.apiKey)
    expect(life.printed()).not.toMatch(/bug in the postern provider|panic|\.js:\d|\.ts:\d/)
    expect(life.writes()).toEqual([])
  })

  it.each(wrong)('of %s', async (_what, configuration, told) => {
    life.main(configuration)
    expect(ended(await life.plan(), 1)).toMatch(told)
  })

  it('of an empty key, and of a wrong one', async () => {
    life.main(provider() + office)
    const keyless = await life.terraform(['plan'], { env: { POSTERN_API_KEY: '' } })
    expect(ended(keyless, 1)).toContain('no organization API key')
    const stranger = await life.terraform(['plan'], { env: { POSTERN_API_KEY: 'a-key-of-somebody-else' } })
    expect(ended(stranger, 1)).toContain('org/key-refused')
    expect(life.printed()).not.toContain('a-key-of-somebody-else')
  })

  it('of an organization that cannot be reached', async () => {
    life.main(provider() + office)
    const refused = ended(await life.terraform(['plan'], { env: { POSTERN_API_URL: 'http://127.0.0.1:9' } }), 1)
    expect(refused).toContain('org/unreachable')
  })

  it('of the ledger of another organization', async () => {
    await life.ledger.update('organization', () => ({ id: '00000000-0000-4000-8000-00000000000f', name: 'other' }))
    life.main(provider() + office)
    expect(ended(await life.apply(), 1)).toContain('other-organization')
    expect(await life.state()).toEqual({})
  })

  it('of a policy that nobody has seen: the console step to create it', async () => {
    life.main(
      provider() +
        barePolicies
          .replace(/ {2}id .*contractors.*\n|  id +=.*5b0f.*\n/, '')
          .replaceAll('Contractors and break-glass', 'Contractors'),
    )
    const refused = ended(await life.apply(), 1)
    expect(refused).toContain('create AuthenticationPolicy “Contractors”: not done, because no API does it')
    expect(Object.keys(await life.state())).not.toContain('postern_authentication_policy.contractors')
  })
})
