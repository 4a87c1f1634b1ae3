import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { attest } from '../../src/operations/attest.ts'
import { desiredOf, edit } from './console.ts'
import {
  adopted,
  allowlist,
  change,
  changesOf,
  contractors,
  inSecondDirectory,
  listOf,
  local,
  membersNow,
  move,
  policyNamed,
  staff,
  stepsOf,
  textOf,
} from './imported.ts'
import { valueOf } from './start.ts'

describe('a further import takes over', () => {
  it('a setting that current evidence contradicts, on its line', async () => {
    const { started, folder } = await adopted()
    await change(folder, staff, /idleSession: 30d.*/, 'idleSession: 30d   # as agreed')
    await edit(started, 'AuthenticationPolicy', 'Staff behind Okta', { 'settings.idleSession': '8h' })
    const { lines } = await changesOf(started, folder, { exports: await membersNow(started) })
    expect(lines).toEqual([`${staff}: -  idleSession: 30d   # as agreed`, `${staff}: +  idleSession: 8h   # as agreed`])
    expect(await stepsOf(started, folder)).toEqual([])
  })

  it('nothing where the evidence is too old', async () => {
    const { started, folder } = await adopted()
    await change(folder, staff, 'idleSession: 30d', 'idleSession: 8h')
    started.clock.time += 100 * 86_400_000
    expect((await changesOf(started, folder)).lines).toEqual([])
  })

  it('a setting that the document leaves out only with `complete`', async () => {
    const { started, folder } = await adopted()
    await change(folder, staff, /\n {2}idleSession.*/, '')
    const without = await changesOf(started, folder)
    expect([without.lines, without.codes]).toEqual([[], ['import/left-alone']])
    const { lines, codes } = await changesOf(started, folder, { complete: true })
    expect([lines, codes]).toEqual([[`${staff}: +  idleSession: 30d # export, 2026-11-24`], []])
  })

  it('with `complete`, where a value comes from and what is still not observed, in the comments that import wrote', async () => {
    const { started, folder } = await adopted()
    const { ledger } = started
    await edit(started, 'AuthenticationPolicy', 'Staff behind Okta', { 'settings.idleSession': '8h' })
    started.clock.time += 86_400_000
    const statement = { address: 'AuthenticationPolicy/Staff behind Okta', path: 'settings.apiTokens', text: 'allow' }
    const desired = await desiredOf(started, folder)
    valueOf(await attest({ desired, ledger, statements: [statement], by: 'alice', now: started.now() }))
    const { lines } = await changesOf(started, folder, { exports: await membersNow(started), complete: true })
    expect(lines).toEqual([
      `${staff}: -  idleSession: 30d # export, 2026-11-24`,
      `${staff}: +  idleSession: 8h # export, 2026-11-25`,
      `${staff}: +  apiTokens: allow # attested by alice, 2026-11-25`,
      `${staff}: -#   settings.sessionExpiration, settings.apiTokens, settings.apiTokenExpiration,`,
      `${staff}: -#   settings.thirdPartyLogin`,
      `${staff}: +#   settings.sessionExpiration, settings.apiTokenExpiration, settings.thirdPartyLogin`,
    ])
    expect((await changesOf(started, folder, { complete: true })).lines).toEqual([])
    expect(await stepsOf(started, folder)).toEqual([])
  })

  it('what somebody attested of a policy that nobody is in', async () => {
    const { started, folder } = await adopted()
    const { ledger, simulator } = started
    await change(folder, contractors, 'settings:', 'settings:\n  apiTokens: allow')
    const holder = policyNamed(started, 'Contractors and break-glass').id
    for (const { email, policyId } of simulator.state.accounts.list)
      if (policyId === holder) await move(started, email, 'Local accounts')
    const address = 'AuthenticationPolicy/Contractors and break-glass'
    const statements = [{ address, path: 'settings.apiTokens', text: 'block' }]
    const desired = await desiredOf(started, folder)
    valueOf(await attest({ desired, ledger, statements, by: 'alice', now: started.now() }))
    const { lines } = await changesOf(started, folder)
    expect(lines).toContain(`${contractors}: +  apiTokens: block`)
    expect(await stepsOf(started, folder)).toEqual([])
  })

  it('an id that the document does not state', async () => {
    const { started, folder } = await adopted()
    await change(folder, staff, /id: .*\n/, '')
    const { lines } = await changesOf(started, folder)
    expect(lines).toEqual([`${staff}: +id: ${policyNamed(started, 'Staff behind Okta').id}`])
  })

  it('what the API shows of an allowlist, in its order', async () => {
    const { started, folder } = await adopted()
    await change(
      folder,
      allowlist,
      /ranges: .*/,
      'ranges:\n  - 198.51.100.0/24   # VPN\n  - 203.0.113.0/24\n  - 2001:DB8::/48',
    )
    listOf(started).rule = { in: ['203.0.113.0/24', '2001:db8::/48', '192.0.2.0/24'], allowMobileBypass: false }
    const { lines } = await changesOf(started, folder)
    expect(lines).toEqual([`${allowlist}: -  - 198.51.100.0/24   # VPN`, `${allowlist}: +  - 192.0.2.0/24`])
  })

  it('a new name, wherever documents use it; what was attested by the old one goes on to count', async () => {
    const { started, folder } = await adopted()
    const { ledger } = started
    await change(folder, staff, 'settings:', 'settings:\n  apiTokens: block')
    await writeFile(
      join(folder, 'checks.yaml'),
      [
        'kind: CoverageRequirement',
        'name: staff',
        'population: { policies: [Local accounts, Staff behind Okta] }   # both',
        'atLeast: optional',
        '---',
        'kind: Exception',
        'name: tokens',
        'difference: { kind: AuthenticationPolicy, name: Staff behind Okta, path: settings.apiTokens }',
        'owner: alice@acme.com',
        'reason: agreed',
        'expires: 2027-01-31',
        '',
      ].join('\n'),
    )
    const statement = { address: 'AuthenticationPolicy/Staff behind Okta', path: 'settings.apiTokens', text: 'block' }
    const desired = await desiredOf(started, folder)
    valueOf(await attest({ desired, ledger, statements: [statement], by: 'alice', now: started.now() }))
    for (const token of started.simulator.state.apiTokens) token.status = 'BLOCKED'
    expect(await stepsOf(started, folder)).toEqual([])

    policyNamed(started, 'Staff behind Okta').name = 'Crew'
    const { lines } = await changesOf(started, folder, { exports: await membersNow(started) })
    expect(lines).toEqual([
      `${staff}: -name: Staff behind Okta`,
      `${staff}: +name: Crew`,
      'checks.yaml: -population: { policies: [Local accounts, Staff behind Okta] }   # both',
      'checks.yaml: +population: { policies: [Local accounts, Crew] }   # both',
      'checks.yaml: -difference: { kind: AuthenticationPolicy, name: Staff behind Okta, path: settings.apiTokens }',
      'checks.yaml: +difference: { kind: AuthenticationPolicy, name: Crew, path: settings.apiTokens }',
    ])
    expect(await stepsOf(started, folder)).toEqual([])
  })

  it('a domain that was verified since', async () => {
    const { started, folder } = await adopted()
    started.simulator.state.domains.push({ id: 'd', name: 'acme.dev', type: 'dns', status: 'verified' })
    const { lines } = await changesOf(started, folder)
    expect(lines).toEqual([
      'organization.yaml: -domains: [acme.com, acme.io] # verified; checked, never changed',
      'organization.yaml: +domains: [acme.com, acme.io, acme.dev] # verified; checked, never changed',
    ])
  })
})

describe('a further import keeps accounts where they are', () => {
  it('leaves members alone while they hold', async () => {
    const { started, folder } = await adopted()
    await change(folder, contractors, /members:\n/, 'members:   # as agreed with the works council\n')
    await change(folder, local, 'everyoneElse: true', 'everyoneElse: true\n  domains: [acme.io]')
    expect((await changesOf(started, folder)).lines).toEqual([])
  })

  it('names an account in the policy that it was moved into, and no longer in the other', async () => {
    const { started, folder } = await adopted()
    await move(started, 'root@acme.com', 'Local accounts')
    const { lines } = await changesOf(started, folder)
    expect(lines).toEqual([`${contractors}: -  accounts: [root@acme.com]`, `${local}: +  accounts: [root@acme.com]`])
    expect(await stepsOf(started, folder)).toEqual([])
  })

  it('changes the list that the account stands in', async () => {
    const { started, folder } = await adopted()
    await change(folder, contractors, 'accounts: [root@acme.com]', 'accountLists: [Root]')
    await writeFile(
      join(folder, 'root.yaml'),
      'kind: AccountList\nname: Root\naccounts:\n  - root@acme.com   # the last resort\n',
    )
    await move(started, 'root@acme.com', 'Local accounts')
    const { lines } = await changesOf(started, folder)
    expect(lines).toContain('root.yaml: -  - root@acme.com   # the last resort')
    expect(lines).toContain(`${local}: +  accounts: [root@acme.com]`)
    expect(await stepsOf(started, folder)).toEqual([])
  })

  it('takes an account out of `except` where it came in', async () => {
    const { started, folder } = await adopted()
    await move(started, 'owen.price@acme.com', 'Contractors and break-glass')
    const { lines } = await changesOf(started, folder)
    expect(lines).toEqual([
      `${contractors}: -  accounts: [root@acme.com]`,
      `${contractors}: +  accounts: [root@acme.com, owen.price@acme.com]`,
      `${contractors}: -    accounts: [owen.price@acme.com, petra.vogel@acme.com, quinn.daly@acme.com, rosa.silva@acme.com]`,
      `${contractors}: +    accounts: [petra.vogel@acme.com, quinn.daly@acme.com, rosa.silva@acme.com]`,
    ])
    expect(await stepsOf(started, folder)).toEqual([])
  })

  it('excepts an account where its own policy cannot name it', async () => {
    const { started, folder } = await adopted()
    const organization = 'organization.yaml'
    await change(folder, organization, /domains: \[acme.com, acme.io\].*\n/, 'domains: [acme.com]\n')
    const [account] = started.simulator.state.accounts.list.filter(
      ({ email, policyId, accountStatus }) =>
        email.endsWith('@acme.io') &&
        accountStatus === 'active' &&
        policyId === policyNamed(started, 'Local accounts').id,
    )
    if (account === undefined) return
    await move(started, account.email, 'Contractors and break-glass')
    // Only the kind that is asked for: the domain stays out.
    await changesOf(started, folder, { only: ['AuthenticationPolicy'] })
    expect(await stepsOf(started, folder)).toEqual([])
  })
})

describe('a further import adds', () => {
  it('a new policy beside those of its kind, under a name and in a file that nobody has', async () => {
    const { started, folder } = await adopted()
    const { simulator } = started
    await writeFile(join(folder, 'authentication/sales.yaml'), '# a note to myself\n')
    await simulator.fetch(`/console/o/${simulator.organizationId}/authentication-policies`, {
      method: 'POST',
      body: new URLSearchParams({ name: 'Sales', directory: 'Acme staff' }),
    })
    const members = simulator.state.accounts.list.filter(
      ({ policyId, accountStatus }) =>
        policyId === policyNamed(started, 'Staff behind Okta').id && accountStatus === 'active',
    )
    for (const { email } of members.slice(0, 12)) await move(started, email, 'Sales')
    const { report } = await changesOf(started, folder, { exports: await membersNow(started) })
    expect(report.files.filter(({ change: what }) => what === 'created').map(({ file }) => file)).toContain(
      'authentication/sales-2.yaml',
    )
    expect(await textOf(folder, 'authentication/sales-2.yaml')).toMatch(
      /^# yaml-language-server: \$schema=\.\.\/policy\.schema\.json\nkind: AuthenticationPolicy\nname: Sales\n[\s\S]*directory: Acme staff /,
    )
    expect(await stepsOf(started, folder)).toEqual([])
  })

  it('a new directory to the Organization document, where a new policy is in it', async () => {
    const { started, folder } = await adopted()
    await inSecondDirectory(started)
    const { lines } = await changesOf(started, folder, { exports: await membersNow(started) })
    expect(lines.some(line => line.startsWith('organization.yaml: +') && line.includes('Second'))).toBe(true)
    expect(await stepsOf(started, folder)).toEqual([])
  })
})
