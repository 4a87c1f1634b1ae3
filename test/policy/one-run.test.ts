import { describe, expect, it } from 'vitest'
import { check, organization, policy } from './check.ts'

describe('one run', () => {
  it('reports every problem of every document of every file, in order', async () => {
    const { found } = await check({
      'z/organization.yaml': organization.replace('acme.io', 'acme'),
      'z/b.yaml': `${policy}setings: {}\nbillable: 1\n---\nkind: Organisation\nname: x\n---\n- a list\n`,
      'z/a.yaml': 'kind: IpAllowlist\nname: Office\nranges: [203.0.113.0/24, office]\n---\nname: no kind\n',
      'z/broken.yaml': 'kind: Exception\nname: "no end\n',
      'z/broken-and-whole.yaml': `a: [\n---\n${policy.replace('Local', 'Other')}`,
      'z/latin.yaml': new Uint8Array([0x6b, 0x3a, 0x20, 0xe9]),
      'elsewhere.yaml': policy.replace('Local', 'Outside').replace('default: true\n', ''),
    })
    expect(found.map(({ file = '', line = 0, column = 0, code }) => `${file}:${line}:${column} ${code}`)).toEqual([
      'elsewhere.yaml:1:7 policy/outside-organization',
      'z/a.yaml:3:26 policy/bad-range',
      'z/a.yaml:5:1 policy/missing-kind',
      'z/b.yaml:5:1 policy/unknown-field',
      'z/b.yaml:6:1 policy/wrong-type',
      'z/b.yaml:8:1 policy/unknown-kind',
      'z/b.yaml:11:1 policy/not-a-mapping',
      'z/broken-and-whole.yaml:2:1 policy/yaml-syntax',
      'z/broken-and-whole.yaml:6:1 policy/two-defaults',
      'z/broken.yaml:3:1 policy/yaml-syntax',
      'z/latin.yaml:1:4 policy/not-utf8',
      'z/organization.yaml:4:21 policy/bad-format',
    ])
  })

  const faults = {
    'an unknown field': 'setings: {}',
    'a value that is none of the possible ones': 'settings: { thirdPartyLogin: maybe }',
    'a null': 'id: null',
    'a wrong type': 'settings: []',
    'an item of a wrong type': 'members: { domains: [7] }',
    'a key that stands twice': 'billable: true\nbillable: true',
  }
  it.each(Object.entries(faults))('reports what a rule refuses in a document that also has %s', async (_, fault) => {
    const members = fault.startsWith('members')
      ? 'members: { domains: [7], accounts: [a@b.example] }'
      : 'members: { accounts: [a@b.example] }'
    const text = `${policy}${fault.startsWith('members') ? '' : `${fault}\n`}${members}\n`
    const { codes } = await check({ 'document.yaml': text, 'organization.yaml': organization })
    expect(codes).toHaveLength(2)
    expect(codes).toContain('policy/account-not-managed')
  })

  it.each(['directory: 5', 'directory: null', '', 'name: 5', 'name: null'])(
    'reports what a rule refuses in a document whose own name or directory is `%s`',
    async line => {
      const lines = ['kind: AuthenticationPolicy', 'default: true', 'members: { accounts: [a@b.example] }', line]
      const given = line.split(':')[0] ?? ''
      const rest = [
        ...(given === 'name' ? [] : ['name: Local']),
        ...(given === 'directory' || given === '' ? [] : ['directory: local']),
      ]
      const { codes } = await check({
        'document.yaml': [...lines, ...rest].join('\n'),
        'organization.yaml': organization,
      })
      expect(codes).toHaveLength(2)
      expect(codes).toContain('policy/account-not-managed')
    },
  )

  it('reports what a rule refuses where the Organization document has a problem of its own', async () => {
    const { codes } = await check({
      'organization.yaml': organization.replace('name: acme\n', ''),
      'policy.yaml': `${policy}members: { accounts: [a@b.example] }\n`,
    })
    expect(codes).toEqual(['policy/missing-field', 'policy/account-not-managed'])
  })
})
