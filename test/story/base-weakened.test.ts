import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Plan } from '../../src/model/plan.ts'
import { commit, git, initialize, runGit, write } from '../operations/base/clone.ts'
import { startAt, type Started } from '../operations/start.ts'
import { commandLine } from './command-line.ts'

const key = `ed25519:${'a'.repeat(43)}`
const otherKey = `ed25519:${'b'.repeat(43)}`

const organization = `kind: Organization
name: acme
id: 96c9b91d-3eab-41b4-9d9c-09eb84db70cf
domains: [acme.com, acme.io]
identityProviders: [{ name: okta, protocol: saml, enforcesMfa: true }]
directories: [{ name: Acme staff, identityProvider: okta }]
breakGlass: [root@acme.com]
snapshots: { signedBy: ['${key}'] }
approvals: { loosening: 1, approvers: [{ name: bob, email: bob@acme.com }] }
`
const external = 'kind: ExternalUserPolicy\nname: external\nsettings:\n  apiTokens: block\n'
const requirement = `kind: CoverageRequirement
name: tokens
population: { accounts: [external] }
atLeast: none
tokens: possible
`
const office = `kind: IpAllowlist
name: Office and VPN
ranges:
  - 203.0.113.0/24
  - '2001:db8::/48'
allowMobileBypass: false
`

/** What a pull request changes, what that weakens, and how the line begins that says it all. */
const changes: readonly (readonly [string, Readonly<Record<string, string>>, readonly string[], RegExp])[] = [
  [
    'no requirement',
    { 'requirements.yaml': '' },
    ['`CoverageRequirement/tokens` is dropped'],
    /1 weakened in the documents, /i,
  ],
  [
    'no approval, nobody to save, another signer',
    {
      'a.yaml': organization
        .replace('loosening: 1', 'loosening: 0')
        .replace('breakGlass: [root@acme.com]\n', '')
        .replace(`'${key}'`, `'${key}', '${otherKey}'`),
    },
    [
      '`approvals.loosening` goes from 1 to 0',
      '`root@acme.com` is no break-glass account any more',
      `snapshots signed by \`${otherKey}\` become believed`,
    ],
    /3 weakened in the documents, /i,
  ],
  [
    'a setting that nobody has looked at yet, and a requirement with it',
    { 'external.yaml': external.replace('block', 'allow') },
    ['`settings.apiTokens` of `ExternalUserPolicy/external` goes from block to allow'],
    /requirement “tokens” no longer met, 1 weakened in the documents, 1 to confirm/i,
  ],
]

describe('a pull request that weakens what the documents protect', () => {
  let cwd = ''
  let started: Started

  const postern = (...argv: readonly string[]) => commandLine(cwd, started, argv, { machine: { runGit } })

  beforeEach(async () => {
    cwd = await mkdtemp(join(tmpdir(), 'postern-weakened-'))
    started = await startAt(cwd, {})
    await write(cwd, {
      '.gitignore': '.postern\n*.json\n',
      'policies/a.yaml': organization,
      'policies/external.yaml': external,
      'policies/office.yaml': office,
      'policies/requirements.yaml': requirement,
    })
    initialize(cwd)
    git(cwd, 'checkout', '-b', 'change')
  })

  afterEach(() => rm(cwd, { recursive: true, force: true }))

  async function told(change: Readonly<Record<string, string>>) {
    const files = Object.entries(change).map(([file, text]) => [`policies/${file}`, text])
    await write(cwd, Object.fromEntries(files) as Record<string, string>)
    commit(cwd, 'weaken')
    const since = ['plan', 'policies', '--base', 'main', '--format'] as const
    const { code, out } = await postern(...since, 'json')
    return { code, plan: JSON.parse(out) as Plan, markdown: (await postern(...since, 'markdown')).out }
  }

  it.each(changes)('before the first apply: %s', async (_, change, weakens, line) => {
    const { code, plan, markdown } = await told(change)
    expect([code, plan.base?.weakens]).toEqual([2, weakens])
    expect(plainly(markdown)).toMatch(new RegExp(`^### ${line.source}`, 'i'))
    expect(markdown).toMatch(/^#### Weakened by this change$/m)
  })

  it.each(changes)('after an apply it takes an approval, too: %s', async (_, change, weakens, line) => {
    expect((await postern('plan', 'policies', '--out', 'plan.json')).code).toBe(2)
    expect((await postern('apply', 'plan.json', '--yes')).code).toBe(2)
    const { code, plan, markdown } = await told(change)
    expect([code, plan.base?.weakens]).toEqual([3, weakens])
    expect(plan.base?.guards).toContainEqual({ code: 'loosens', origin: 'change' })
    expect(plainly(markdown)).toMatch(new RegExp(`^### Blocked by .*loosens: ${line.source}`, 'i'))
  })

  it('the way back weakens nothing', async () => {
    for (const [, change] of changes) await told(change)
    git(cwd, 'branch', '--force', 'main')
    const { plan } = await told({
      'a.yaml': organization,
      'external.yaml': external,
      'requirements.yaml': requirement,
    })
    expect(plan.base?.weakens).toEqual([])
  })
})

/** Markdown without the backslashes that keep it text. */
const plainly = (markdown: string): string => markdown.replaceAll('\\', '')
