import { readFileSync } from 'node:fs'
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Plan, SavedPlan, SinceBase } from '../../src/model/plan.ts'
import { commit, git, initialize, runGit, write } from '../operations/base/clone.ts'
import { startAt, type Started } from '../operations/start.ts'
import type { WorldOptions } from '../world.ts'
import { commandLine, type Ran } from './command-line.ts'

const organization = `kind: Organization
name: acme
id: 96c9b91d-3eab-41b4-9d9c-09eb84db70cf
domains: [acme.com, acme.io]
identityProviders: [{ name: okta, protocol: saml, enforcesMfa: true }]
directories: [{ name: Acme staff, identityProvider: okta }]
approvals: { loosening: 0 }
`
const external = 'kind: ExternalUserPolicy\nname: external\nsettings:\n  apiTokens: block\n'

/** The range 198.51.100.0/24 that is live is to go: that is pending. */
const office = `kind: IpAllowlist
name: Office and VPN
ranges:
  - 203.0.113.0/24
  - '2001:db8::/48'
allowMobileBypass: false
`
const home = 'kind: IpAllowlist\nname: Home\nranges: [192.0.2.7]\n'

const isPlan = new Ajv2020({ strict: false }).compile(
  JSON.parse(readFileSync('schemas/plan.schema.json', 'utf8')) as object,
)

const allowlists = (plan: Plan): readonly string[] =>
  (plan.base?.steps ?? []).flatMap(({ id, origin, paths = [] }) =>
    id.includes('IpAllowlist') ? [`${id} ${[origin, ...paths].join(' ')}`] : [],
  )

/** A branch for a pull request, where main asks for more than is live: each test changes it as it likes. */
describe('a pull request is judged by what it changes', () => {
  let cwd = ''
  let started: Started

  const postern = (argv: readonly string[], machine: WorldOptions['machine'] = { runGit }): Promise<Ran> =>
    commandLine(cwd, started, argv, { machine })

  async function plan(
    ...flags: readonly string[]
  ): Promise<{ code: number; plan: Plan & { base: SinceBase }; err: string }> {
    const { code, out, err } = await postern(['plan', 'policies', '--base', 'main', '--format', 'json', ...flags])
    const made = JSON.parse(out) as Plan & { base: SinceBase }
    expect(isPlan(made), JSON.stringify(isPlan.errors)).toBe(true)
    return { code, plan: made, err }
  }

  beforeEach(async () => {
    cwd = await mkdtemp(join(tmpdir(), 'postern-base-'))
    started = await startAt(cwd, {})
    await write(cwd, {
      '.gitignore': '.postern\n',
      'policies/a.yaml': organization,
      'policies/external.yaml': external,
      'policies/office.yaml': office,
    })
    initialize(cwd)
    git(cwd, 'checkout', '-b', 'change')
  })

  afterEach(() => rm(cwd, { recursive: true, force: true }))

  it('that is nothing: whatever is pending, the check is green', async () => {
    await write(cwd, { 'README.md': 'hello' })
    commit(cwd, 'nothing')
    const { code, plan: made } = await plan()
    expect([code, allowlists(made)]).toEqual([0, ['api/update/IpAllowlist/Office and VPN before']])
    expect(made.base.steps.map(({ id }) => id)).toEqual(made.steps.map(({ id }) => id))
    expect((await postern(['plan', 'policies', '--format', 'json'])).code).toBe(2)
  })

  it('one field, while another is pending and a third drifted outside', async () => {
    const live = started.simulator.state.controlPolicies.find(({ name }) => name === 'Office and VPN')
    if (live !== undefined) live.rule = { ...live.rule, allowMobileBypass: true }
    await write(cwd, { 'policies/office.yaml': `${office}enabled: false\n`, 'policies/home.yaml': home })
    commit(cwd, 'change')
    const { code, plan: made } = await plan()
    expect([code, allowlists(made)]).toEqual([
      2,
      ['api/create/IpAllowlist/Home change', 'api/update/IpAllowlist/Office and VPN both enabled'],
    ])
    const { out } = await postern(['plan', 'policies', '--base', 'main'])
    expect(out).toMatch(/This change\n.*create IpAllowlist “Home”.*of this change: enabled; the rest was pending/s)
    expect(out).toMatch(/Pending before \(main\)\n.*confirm ExternalUserPolicy/s)
    expect(out).toMatch(/In all: .*\nThis change: 2 steps; pending before \(main at [0-9a-f]{9}\): 1\n$/)
  })

  it('that takes back what is pending: no step is left for it, and what it weakens is said', async () => {
    await write(cwd, { 'policies/office.yaml': office.replace("  - '2001", "  - 198.51.100.0/24\n  - '2001") })
    const { code, plan: made } = await plan()
    expect([code, allowlists(made)]).toEqual([2, []])
    expect(made.base.weakens).toEqual([expect.stringContaining('`ranges` of `IpAllowlist/Office and VPN` goes from')])
    expect(made.base.withdrawn).toMatchObject([{ name: 'Office and VPN', changes: [{ path: 'ranges' }] }])
    const { out } = await postern(['plan', 'policies', '--base', 'main'])
    expect(out).toMatch(/No longer pending with this change\n\n {2}update IpAllowlist “Office and VPN”: ranges\n/)
  })

  it('that only renames a file: nothing', async () => {
    await rename(join(cwd, 'policies/office.yaml'), join(cwd, 'policies/vpn.yaml'))
    commit(cwd, 'rename')
    const { code, plan: made } = await plan()
    expect([code, made.base.withdrawn]).toEqual([0, []])
    expect(made.base.diagnosticsBefore).toEqual(made.diagnostics.map((_, index) => index))
  })

  it('costs no request more where both need the same, and the digest stays', async () => {
    await write(cwd, { 'policies/home.yaml': home })
    const { requests } = started.simulator
    const sentSince = (first: number) => requests.slice(first).map(({ method, path }) => `${method} ${path}`)
    const alone = JSON.parse((await postern(['plan', 'policies', '--format', 'json'])).out) as Plan
    const without = requests.length
    const { plan: made } = await plan('--out', 'plan.json')
    expect(sentSince(without)).toEqual(sentSince(0).slice(0, without))
    expect([made.requests, made.digest]).toEqual([alone.requests, alone.digest])
    const { base, ...rest } = made
    expect([base.steps.length, rest]).toEqual([made.steps.length, alone])
    const saved = JSON.parse(await readFile(join(cwd, 'plan.json'), 'utf8')) as SavedPlan
    expect(saved.base).toEqual(base)
    // What was saved is carried out whole, as ever.
    expect((await postern(['apply', 'plan.json', '--yes'])).code).toBe(2)
  })

  it('from a snapshot in a job without a key: the same is told apart, and nothing is sent', async () => {
    const key = { POSTERN_SNAPSHOT_KEY: 'a secret that is long enough to sign with' }
    const env = { POSTERN_API_KEY: started.simulator.apiKey, POSTERN_LEDGER: '.postern', ...key }
    const taken = await commandLine(cwd, started, ['snapshot', 'policies', '--output', 'snapshot.json'], { env })
    expect(taken.code).toBe(0)
    await write(cwd, { 'policies/office.yaml': `${office}enabled: false\n`, 'policies/home.yaml': home })
    const live = await plan()
    const { length: sent } = started.simulator.requests
    const argv = ['plan', 'policies', '--base', 'main', '--snapshot', 'snapshot.json', '--format', 'json']
    const fork = await commandLine(cwd, started, argv, { env: { CI: 'true' }, machine: { runGit } })
    const { base } = JSON.parse(fork.out) as Plan
    expect([fork.code, base?.steps, base?.coverage]).toEqual([2, live.plan.base.steps, live.plan.base.coverage])
    expect(started.simulator.requests.length).toBe(sent)
  })

  it('a guard that blocks without it does not fail it; one that blocks because of it does', async () => {
    const guarded = organization.replace(
      '{ loosening: 0 }',
      '{ loosening: 1, approvers: [{ name: bob, email: bob@acme.com }] }',
    )
    const open = office.replace('allowMobileBypass: false', 'allowMobileBypass: true')
    await write(cwd, { 'policies/a.yaml': guarded, 'policies/office.yaml': open })
    commit(cwd, 'loosen')
    git(cwd, 'branch', '--force', 'main')
    expect((await postern(['plan', 'policies'])).code).toBe(3)
    const before = await plan()
    expect([before.code, before.plan.base.guards]).toEqual([0, [{ code: 'loosens', origin: 'before' }]])
    const { out } = await postern(['plan', 'policies', '--base', 'main', '--out', 'plan.json'])
    expect(out).toMatch(/What blocks does so without this change just the same\.\n$/)
    // It stops an apply all the same.
    expect((await postern(['apply', 'plan.json', '--yes'])).code).toBe(3)
    await write(cwd, { 'policies/office.yaml': `${open}enabled: false\n` })
    const now = await plan()
    expect([now.code, now.plan.base.guards]).toEqual([3, [{ code: 'loosens', origin: 'change' }]])
  })

  it('annotations are made only of what is new', async () => {
    const list = (name: string) => `kind: AccountList\nname: ${name}\naccounts: [jo@acme.com]\n`
    await write(cwd, { 'policies/lists.yaml': list('Old') })
    commit(cwd, 'list')
    git(cwd, 'branch', '--force', 'main')
    await write(cwd, { 'policies/lists.yaml': `${list('New')}---\n# above\n${list('Old')}` })
    const github = async (...flags: readonly string[]) =>
      (await postern(['plan', 'policies', '--format', 'github', ...flags])).out
    expect(await github()).toMatch(/`New`[^]*`Old`/)
    const found = await github('--base', 'main')
    expect(found).toContain('`New`')
    expect(found).not.toContain('`Old`')
  })

  it('where the folder is new everything is its own', async () => {
    await rename(join(cwd, 'policies'), join(cwd, 'moved'))
    const { code, out, err } = await postern(['plan', 'moved', '--base', 'main', '--format', 'json'])
    const { base, steps } = JSON.parse(out) as Plan
    expect([code, base?.unknown, base?.steps.every(({ origin }) => origin === 'change')]).toEqual([
      2,
      'no-documents',
      true,
    ])
    expect(base?.steps).toHaveLength(steps.length)
    expect(err).toContain('base/no-documents')
  })

  it('where no plan could be made before everything is its own, and why is said', async () => {
    await write(cwd, { 'policies/office.yaml': `${office}rangs: []\n` })
    commit(cwd, 'broken')
    git(cwd, 'branch', '--force', 'main')
    const broken = await postern(['plan', 'policies', '--base', 'main'])
    expect(broken.code).toBe(1)
    expect(broken.err).toMatch(/policy\/unknown-field.*base\/same-errors\]: the error is at `main` just the same/s)
    await write(cwd, { 'policies/office.yaml': office })
    const { code, plan: made, err } = await plan()
    expect([code, made.base.unknown]).toEqual([2, 'no-plan'])
    expect(err).toMatch(/warning\[base\/no-plan\].*office\.yaml:7/s)
  })

  it('where another organization was meant before everything is its own', async () => {
    await write(cwd, { 'policies/a.yaml': organization.replace('96c9b91d', '00000000') })
    commit(cwd, 'other')
    git(cwd, 'branch', '--force', 'main')
    await write(cwd, { 'policies/a.yaml': organization })
    const { plan: made, err } = await plan()
    expect([made.base.unknown, err]).toEqual(['no-plan', expect.stringContaining('base/other-organization')])
  })

  it.each([
    ['a base that is not there', ['--base', 'origin/main'], 'base/unknown-ref'],
    ['a base that looks like an option', ['--base=--output=x'], 'base/unknown-ref'],
    ['a guard that is not there', ['--base', 'main', '--allow', 'everything'], 'guard/unknown-code'],
  ])('%s', async (_, flags, expected) => {
    const { code, out } = await postern(['plan', 'policies', '--format', 'json', ...flags])
    expect([code, started.simulator.requests.length]).toEqual([1, 0])
    expect((JSON.parse(out) as Plan).diagnostics.map(({ code: found }) => found)).toContain(expected)
  })

  it('no git, no repository, no folder', async () => {
    expect((await postern(['plan', 'policies', '--base', 'main'], {})).err).toContain('base/no-git')
    expect((await postern(['plan', 'nowhere', '--base', 'main'])).err).toContain('policy/not-a-folder')
    await rm(join(cwd, '.git'), { recursive: true })
    expect((await postern(['plan', 'policies', '--base', 'main'])).err).toContain('base/no-repository')
  })

  it('in a clone without history it says how to get it', async () => {
    await writeFile(join(cwd, 'policies/home.yaml'), home)
    commit(cwd, 'change')
    git(cwd, 'clone', '--depth', '1', '--branch', 'change', `file://${cwd}`, 'shallow')
    const { code, err } = await postern(['plan', 'shallow/policies', '--base', 'origin/main'])
    expect([code, err]).toEqual([1, expect.stringContaining('fetch-depth: 0')])
    git(cwd, '-C', 'shallow', 'fetch', '--depth', '1', 'origin', 'main:refs/remotes/origin/main')
    const found = await postern(['plan', 'shallow/policies', '--base', 'origin/main'])
    expect([found.code, found.err]).toEqual([2, expect.stringContaining('base/no-common-commit')])
  })
})
