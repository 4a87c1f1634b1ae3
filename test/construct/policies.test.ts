import { cpSync, readdirSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { PosternPolicies } from '../../src/construct/index.ts'
import { validate, type InlineDocument } from '../../src/index.ts'
import { policiesFolder, policyFolder, temporaryFolder } from '../operations/start.ts'
import { clock, newApp, newStack, synthesize } from './synthesize.ts'

/** The documents of a folder, as a program would hold them. */
async function documentsOf(folder: string): Promise<readonly InlineDocument[]> {
  const read = await validate({ folder, clock })
  return read.ok ? read.value.documents.map(({ spec }) => spec as unknown as InlineDocument) : expect.fail(folder)
}

const organization = { kind: 'Organization', name: 'acme', id: '96c9b91d-3eab-41b4-9d9c-09eb84db70cf' } as const
const staff = { kind: 'AuthenticationPolicy', name: 'Staff', directory: 'local', default: true } as const

describe('a policy folder', () => {
  const { provider, resources, policies } = synthesize({
    folder: 'policies',
    ledger: 's3://acme/ledger',
    allow: ['b', 'a', 'b'],
    plans: 'plans',
  })

  it('is a provider of this version, the organization in it, and no key', () => {
    expect(provider).toHaveLength(1)
    expect(provider[0]).toMatchObject({
      organization_id: policies.organization.id,
      organization: { name: 'acme', domains: ['acme.com', 'acme.io'] },
      ledger: 's3://acme/ledger',
      allow: ['a', 'b'],
      plans: 'plans',
    })
    expect(Object.keys(provider[0] ?? {}).sort()).toEqual([
      'allow',
      'ledger',
      'organization',
      'organization_id',
      'plans',
    ])
  })

  it('is a resource for each document, and one membership', () => {
    expect(Object.entries(resources).map(([type, all]) => [type, Object.keys(all).length])).toEqual([
      ['postern_authentication_policy', 3],
      ['postern_external_user_policy', 2],
      ['postern_ip_allowlist', 1],
      ['postern_membership', 1],
    ])
    expect(policies.resources.map(({ node }) => node.id)).toEqual(
      Object.values(resources).flatMap(all => Object.keys(all)),
    )
  })

  it('has a membership that refers to the policies, so that it comes after them', () => {
    const members = Object.values(resources['postern_membership'] ?? {})[0]?.['policies']
    const held = Object.entries(members as Record<string, { policy: string }>).map(([name, { policy }]) => [
      name,
      policy,
    ])
    expect(held.map(([name]) => name)).toEqual(['Contractors and break-glass', 'Local accounts', 'Staff behind Okta'])
    for (const [, policy] of held) {
      expect(policy).toMatch(/^\$\{postern_authentication_policy\.policies_authentication_policy_[\w-]+\.document\}$/)
    }
  })

  it('asks for this provider', () => {
    const { text } = synthesize({ folder: 'policies' })
    expect(JSON.parse(text)).toMatchObject({
      terraform: { required_providers: { postern: { source: 'postern/postern', version: manifest.version } } },
    })
  })
})

describe('what is written', () => {
  it('is the same for any names and order of the files, and for documents in a program', async () => {
    const other = await temporaryFolder()
    for (const [index, path] of readdirSync('policies', { recursive: true, encoding: 'utf8' }).sort().entries())
      if (path.endsWith('.yaml')) cpSync(join('policies', path), join(other, `${99 - index}.yaml`))
    const documents = await documentsOf(policiesFolder)
    const first = synthesize({ folder: 'policies' })
    for (const given of [
      { folder: other },
      { folder: policiesFolder },
      { documents },
      { documents: [...documents].reverse() },
    ]) {
      const again = synthesize(given)
      expect(again.text).toBe(first.text)
      expect(again.policies.desiredDigest).toBe(first.policies.desiredDigest)
    }
  })

  it('names no place of the machine', () => {
    const app = newApp()
    new PosternPolicies(newStack(app), 'policies', { folder: policiesFolder, clock })
    app.synth()
    for (const file of ['stacks/stack/cdk.tf.json', 'manifest.json']) {
      const text = readFileSync(join(app.outdir, file), 'utf8')
      expect([resolve('.'), homedir(), app.outdir].filter(place => place !== '/' && text.includes(place))).toEqual([])
    }
  })

  it('has an address that does not change when other documents come', () => {
    const documents = [organization, staff, { ...staff, name: 'Ärzte', default: false }]
    const addresses = (more: readonly InlineDocument[]) =>
      Object.keys(synthesize({ documents: [...documents, ...more] }).resources['postern_authentication_policy'] ?? {})
    const more = ['Aerzte', 'Arzte', 'staff', 'A'].map(name => ({ ...staff, name, default: false }))
    expect(addresses(more)).toEqual(expect.arrayContaining(addresses([])))
  })
})

describe('warnings', () => {
  it('are kept for CDKTF to show, with their lines', async () => {
    const folder = await policyFolder({
      'all.yaml': `kind: Organization\nname: acme\nid: ${organization.id}\n---\nkind: IpAllowlist\nname: Office\nranges: [0.0.0.0/0]\nresources: ['ari:cloud:jira::site/1']\n`,
    })
    const { annotations } = synthesize({ folder })
    expect(annotations.map(({ level }) => level)).toEqual(['@cdktf/warn'])
    expect(annotations[0]?.message).toContain('warning[policy/range-everybody]')
    expect(annotations[0]?.message).toContain('7 | ranges: [0.0.0.0/0]')
    expect(annotations[0]?.message).not.toContain(resolve('.'))
  })
})

describe('two in one app', () => {
  const second = { ...organization, id: '00000000-0000-4000-8000-000000000001' }

  it('are told apart by an alias, for two organizations', () => {
    const app = newApp()
    const stack = newStack(app)
    new PosternPolicies(stack, 'one', { documents: [organization, staff], clock })
    new PosternPolicies(stack, 'two', { documents: [second, staff], alias: 'two', clock })
    app.synth()
    const text = readFileSync(join(app.outdir, 'stacks/stack/cdk.tf.json'), 'utf8')
    expect(JSON.parse(text)).toMatchObject({
      provider: { postern: [{ organization_id: organization.id }, { alias: 'two', organization_id: second.id }] },
    })
    expect(text.match(/"provider": "postern.two"/g)).toHaveLength(2)
  })

  it('can be in a stack each, without one', () => {
    const app = newApp()
    new PosternPolicies(newStack(app, 'one'), 'policies', { documents: [organization, staff], clock })
    new PosternPolicies(newStack(app, 'two'), 'policies', { documents: [second, staff], clock })
    app.synth()
    expect(readdirSync(join(app.outdir, 'stacks')).sort()).toEqual(['one', 'two'])
  })
})
