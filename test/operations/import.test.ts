import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { GivenExports, ImportOptions } from '../../src/operations/import.ts'
import { writeImport } from '../../src/operations/import.ts'
import { attest } from '../../src/operations/attest.ts'
import { filesOf } from '../properties/imported-folders.ts'
import { desiredOf, edit, exportFile } from './console.ts'
import { imported, newFolder, planned } from './importing.ts'
import { codesOf, exists, start, valueOf, writesOf, type Started } from './start.ts'

/** The members export of this moment. */
async function membersNow(started: Started): Promise<GivenExports> {
  const path = await exportFile(started, 'members.csv')
  const exportedAt = started.now().toISOString()
  return { files: [{ shown: 'members.csv', path }], exportedAt, confirmTime: undefined, ci: true }
}

/** An organization that was imported with its members export. */
async function adopted(): Promise<{ readonly started: Started; readonly folder: string }> {
  const started = await start()
  const folder = await newFolder()
  await imported(started, folder, { exports: await membersNow(started) })
  started.clock.time += 3_600_000
  return { started, folder }
}

const staff = 'authentication/staff-behind-okta.yaml'
const local = 'authentication/local-accounts.yaml'
const contractors = 'authentication/contractors-and-break-glass.yaml'
const allowlist = 'ip-allowlists/office-and-vpn.yaml'

const textOf = (folder: string, file: string): Promise<string> => readFile(join(folder, file), 'utf8')

async function change(folder: string, file: string, from: string | RegExp, to: string): Promise<void> {
  const before = await textOf(folder, file)
  const after = before.replace(from, to)
  expect(after, `${file} holds no ${String(from)}`).not.toBe(before)
  await writeFile(join(folder, file), after)
}

/** The lines that a further import takes out and puts in, by file. */
async function changesOf(started: Started, folder: string, changes: Partial<ImportOptions> = {}) {
  const plan = await imported(started, folder, changes)
  const lines = plan.report.files.flatMap(({ file, diff }) =>
    diff
      .split('\n')
      .filter(line => /^[-+](?![-+]{2} )/.test(line))
      .map(line => `${file}: ${line}`),
  )
  return { lines, codes: plan.report.diagnostics.map(({ code }) => code), report: plan.report }
}

const stepsOf = async (started: Started, folder: string) =>
  valueOf(await started.plan(folder)).steps.map(({ id }) => id)

function policyNamed({ simulator }: Started, name: string) {
  const policy = simulator.state.authenticationPolicies.find(other => other.name === name)
  if (policy === undefined) throw new Error(`no policy ${name}`)
  return policy
}

const move = ({ simulator }: Started, email: string, policy: string) =>
  simulator.fetch(
    `/console/o/${simulator.organizationId}/authentication-policies/${policyNamed({ simulator } as Started, policy).id}/members`,
    { method: 'POST', body: new URLSearchParams({ emails: email }) },
  )

/** A directory that came, with a policy that somebody was moved into. */
async function inSecondDirectory(started: Started): Promise<void> {
  const { state } = started.simulator
  state.directories.push({ id: 'new-directory', name: 'Second', identityProvider: 'entra' })
  state.authenticationPolicies.push({
    ...policyNamed(started, 'Local accounts'),
    id: '00000009-0000-4000-8000-000000000000',
    name: 'Second default',
    directoryId: 'new-directory',
    default: true,
  })
  await move(started, 'root@acme.com', 'Second default')
}

const listOf = ({ simulator }: Started) => {
  const [list] = simulator.state.controlPolicies.filter(({ name }) => name === 'Office and VPN')
  if (list === undefined) throw new Error('no allowlist')
  return list
}

describe('a first import', () => {
  it('needs few requests, and none that could change anything', async () => {
    const { started, folder } = await adopted()
    expect(writesOf(started.simulator)).toEqual([])
    expect(started.simulator.requests.length).toBeLessThan(40)
    expect(await stepsOf(started, folder)).toEqual([])
  })

  it('records the exports once the files are there, and nothing else', async () => {
    const { started } = await adopted()
    expect((await started.ledger.read('evidence'))?.facts.length).toBeGreaterThan(5)
    expect((await started.ledger.read('organization'))?.name).toBe('acme')
    expect(await started.ledger.read('bindings')).toBeUndefined()
    const without = await start()
    await imported(without, await newFolder())
    expect(await exists(without.ledgerFolder)).toBe(false)
  })

  it('writes what goes alongside with it, or nothing of either', async () => {
    const started = await start()
    const folder = await newFolder()
    const plan = valueOf(await planned(started, folder, { exports: await membersNow(started) }))
    const beside = join(folder, '..', 'workflow.yml')
    await writeFile(beside, 'theirs')
    const refused = await writeImport(plan, [{ path: beside, text: 'on: push\n' }])
    expect([codesOf(refused), await exists(folder), await exists(started.ledgerFolder)]).toEqual([
      ['run/unwritable'],
      false,
      false,
    ])
    expect(valueOf(await writeImport(plan, [{ path: beside, text: 'on: push\n', before: 'theirs' }])).written).toBe(
      true,
    )
    expect(await readFile(beside, 'utf8')).toBe('on: push\n')
  })

  it('says so where the files are written and the evidence cannot be', async () => {
    const started = await start()
    const folder = await newFolder()
    const plan = valueOf(await planned(started, folder, { exports: await membersNow(started) }))
    await writeFile(started.ledgerFolder, 'a file where the folder must be')
    expect(codesOf(await writeImport(plan))).toEqual(['ledger/unreadable', 'import/not-recorded'])
    expect(await exists(join(folder, 'organization.yaml'))).toBe(true)
  })

  it('lists accounts where the ledger recorded them in another directory', async () => {
    const started = await start()
    const [account] = started.simulator.state.accounts.list.filter(
      ({ policyId, accountStatus }) =>
        policyId === policyNamed(started, 'Local accounts').id && accountStatus === 'active',
    )
    await started.ledger.update('last-applied', () => ({
      run: 'run',
      at: '2026-11-20T08:00:00.000Z',
      digest: 'digest',
      documents: {},
      policyOf: { [account?.accountId ?? '']: 'Staff behind Okta' },
    }))
    const folder = await newFolder()
    await imported(started, folder, { exports: await membersNow(started) })
    expect(await textOf(folder, local)).toContain('acrossDirectories: true')
    expect(await stepsOf(started, folder)).toEqual([])
  })

  it('stopped before it writes, it leaves nothing', async () => {
    const started = await start()
    const folder = await newFolder()
    const plan = valueOf(await planned(started, folder))
    const stopped = await writeImport({ ...plan, signal: AbortSignal.abort() })
    expect([codesOf(stopped), await exists(folder)]).toEqual([['import/stopped'], false])
  })
})

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
    expect([lines, codes]).toEqual([[`${staff}: +  idleSession: 30d`], []])
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

describe('a further import says', () => {
  it('which declared allowlist is gone, and where it stands; the document stays', async () => {
    const { started, folder } = await adopted()
    started.simulator.state.controlPolicies = []
    const plan = valueOf(await planned(started, folder))
    expect(plan.report.diagnostics).toMatchObject([
      { code: 'import/gone', severity: 'warning', file: allowlist, line: 3 },
    ])
    expect(plan.report.files).toEqual([])
  })

  it('what documents refuse of what was seen', async () => {
    const { started, folder } = await adopted()
    listOf(started).rule = { in: ['office'], allowMobileBypass: false }
    await change(folder, staff, 'singleSignOn: enforced', 'singleSignOn: off')
    await change(folder, staff, /directory: Acme staff.*/, 'directory: local')
    await change(folder, local, 'everyoneElse: true', 'accounts: []')
    const { lines, report } = await changesOf(started, folder)
    expect(lines.filter(line => line.includes('enforced') || line.includes('office'))).toEqual([])
    expect(
      report.leftOut
        .filter(({ name, path }) => name !== '*' && path !== undefined)
        .map(({ name, path }) => [name, path]),
    ).toEqual(
      expect.arrayContaining([
        ['Staff behind Okta', 'settings.singleSignOn'],
        ['Office and VPN', 'ranges'],
      ]),
    )
  })

  it('that two objects have one name', async () => {
    const { started, folder } = await adopted()
    const list = listOf(started)
    started.simulator.state.controlPolicies.push({ ...list, id: '00000009-0000-4000-8000-000000000000' })
    const { report } = await changesOf(started, folder)
    expect(report.leftOut.map(({ name }) => name)).toContain('Office and VPN')
  })

  it('what cannot be edited, and leaves it', async () => {
    const { started, folder } = await adopted()
    await change(folder, staff, /idleSession: 30d.*/, 'idleSession: &day 30d\n  sessionExpiration: *day')
    await edit(started, 'AuthenticationPolicy', 'Staff behind Okta', { 'settings.idleSession': '8h' })
    const { lines, codes } = await changesOf(started, folder, { exports: await membersNow(started) })
    expect([lines, codes.filter(code => code.startsWith('import/'))]).toEqual([[], ['import/not-edited']])
  })

  it('what documents of one kind need of another, and writes nothing', async () => {
    const { started, folder } = await adopted()
    await inSecondDirectory(started)
    const before = await filesOf(folder)
    const plan = await planned(started, folder, { exports: await membersNow(started), only: ['AuthenticationPolicy'] })
    expect(codesOf(plan)).toEqual(expect.arrayContaining(['policy/dangling-reference', 'import/not-valid']))
    expect(plan.texts.size).toBe(before.size + 1)
    expect(await filesOf(folder)).toEqual(before)
  })
})

it('is about one organization: that of the documents', async () => {
  const { started, folder } = await adopted()
  const refused = await planned(started, folder, { organization: 'ffffffff-0000-4000-8000-000000000000' })
  expect(codesOf(refused)).toEqual(['import/other-organization'])
})
