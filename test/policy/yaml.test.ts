import { describe, expect, it } from 'vitest'
import { check, checkBeside, organization, policy } from './check.ts'

const pointsOf = async (text: string) =>
  (await checkBeside(text)).found.map(({ code, line, column }) => `${line}:${column} ${code}`)

describe('values', () => {
  it.each([
    ['yes', 'the text `yes`'],
    ['no', 'the text `no`'],
    ['on', 'the text `on`'],
    ['Off', 'the text `Off`'],
    ['y', 'the text `y`'],
    ['"true"', 'the text `true`'],
    ['0', '`0`'],
    ['[true]', 'a list'],
    ['{ a: true }', 'a mapping'],
    ['2027-03-31', 'the text `2027-03-31`'],
  ])('%s is no truth value', async (written, got) => {
    const { documents } = await checkBeside(policy.replace('default: true', `default: ${written}`))
    expect(documents.map(({ code }) => code)).toEqual(['policy/wrong-type'])
    expect(documents[0]?.summary).toContain(got)
  })

  it('takes the words of YAML 1.1 as the text they are', async () => {
    const { codes, result } = await checkBeside(
      `%YAML 1.1\n---\n${policy.replace('Local', 'yes')}settings: { singleSignOn: off, sessionExpiration: off }\n`,
    )
    expect(codes).toEqual([])
    expect(result.ok && result.value.AuthenticationPolicy[0]?.spec).toMatchObject({
      name: 'yes',
      settings: { singleSignOn: 'off', sessionExpiration: 'off' },
    })
  })

  it.each(['5', '0x1F', '1e3', 'true', '1_000', '12:30:45', '.inf', '.nan', '~'])(
    '`%s` is taken for a name only where it is text',
    async written => {
      const isText = ['1_000', '12:30:45'].includes(written)
      const { codes } = await checkBeside(policy.replace('Local', written))
      expect(codes).toEqual(
        isText || /inf|nan/.test(written) ? [] : [written === '~' ? 'policy/null-value' : 'policy/wrong-type'],
      )
    },
  )

  it.each(['.inf', '-.inf', '.nan', '1e999'])('%s is no number', async written => {
    const { documents } = await check({ 'o.yaml': `${organization}guards: { moves: { percent: ${written} } }\n` })
    expect(documents).toMatchObject([{ code: 'policy/wrong-type', column: 20 }])
    expect(documents[0]?.summary).toContain(written)
  })

  it('takes letters of every script', async () => {
    const { result } = await checkBeside(policy.replace('Local', 'Büro 東京 🔐 отдел'))
    expect(result.ok && result.value.AuthenticationPolicy[0]?.address.name).toBe('Büro 東京 🔐 отдел')
  })
})

describe('documents', () => {
  it.each([
    ['---', `---\n${policy}---\n${policy.replace('Local', 'Other').replace('true', 'false')}`],
    ['...', `${policy}...\n${policy.replace('Local', 'Other').replace('true', 'false')}...\n`],
    ['both', `${policy}...\n---\n${policy.replace('Local', 'Other').replace('true', 'false')}`],
    [
      'empty ones between',
      `---\n---\n${policy}---\n# only a comment\n---\n---\n${policy.replace('Local', 'Other').replace('true', 'false')}---\n`,
    ],
    ['nulls between', `~\n---\n${policy}---\nnull\n---\n${policy.replace('Local', 'Other').replace('true', 'false')}`],
  ])('are separated by %s', async (_, text) => {
    const { codes, result } = await checkBeside(text)
    expect(codes).toEqual([])
    expect(result.ok && result.value.AuthenticationPolicy.map(({ address }) => address.name)).toEqual([
      'Local',
      'Other',
    ])
  })

  it.each(['', '# nothing but a comment\n', '\n\n', '---\n', '---\n---\n...\n', '\ufeff', '\ufeff# comment\n'])(
    'may be none: %j',
    async text => expect((await checkBeside(text)).codes).toEqual([]),
  )

  it('are missing where every file is empty', async () => {
    expect((await check({ 'a.yaml': '', 'b.yaml': '# nothing\n' })).codes).toEqual(['policy/no-organization'])
  })

  it.each([
    ['- a\n- b\n', '1:1'],
    ['just text\n', '1:1'],
    ['--- 5\n', '1:5'],
    ['--- |\n  text\n  more\n', '1:5'],
    ['# first\n\n  true\n', '3:3'],
    ['[]', '1:1'],
  ])('are mappings, which %j is not', async (text, place) => {
    expect(await pointsOf(text)).toEqual([`${place} policy/not-a-mapping`])
  })
})

describe('anchors, aliases and merge keys', () => {
  it('may repeat a value', async () => {
    const { codes, result } = await checkBeside(
      `${policy.replace('Local', '&name Local')}members: { accounts: &them [a@acme.com], except: { accounts: [b@acme.com] }, groups: [*name] }\n`,
    )
    expect(codes).toEqual([])
    expect(result.ok && result.value.AuthenticationPolicy[0]?.spec.members?.groups).toEqual(['Local'])
  })

  it('are pointed at where the value is written', async () => {
    expect(
      await pointsOf(`${policy}members:\n  domains: &d\n    - acme.com\n    - b@c\n  except:\n    domains: *d\n`),
    ).toEqual(['8:7 policy/bad-format', '8:7 policy/bad-format'])
  })

  it('stand for the anchor before them, though it is set again', async () => {
    const { result } = await checkBeside(
      `${policy}members:\n  groups: [&g one, *g]\n  except: { groups: [&g two, *g] }\n`,
    )
    expect(result.ok && result.value.AuthenticationPolicy[0]?.spec.members).toEqual({
      groups: ['one', 'one'],
      except: { groups: ['two', 'two'] },
    })
  })

  it.each([
    'id: *x\n',
    'id: &x a\nmembers: { groups: [*y] }\n',
    'members: { groups: [*later], except: { groups: [&later x] } }\n',
  ])('must not lead nowhere: %j', async text =>
    expect((await checkBeside(`${policy}${text}`)).codes).toEqual(['policy/yaml-syntax']),
  )

  it('do not merge', async () => {
    const { documents } = await checkBeside(`${policy}settings: &s { apiTokens: block }\nmembers: { <<: *s }\n`)
    expect(documents).toMatchObject([{ code: 'policy/unknown-field', line: 6, column: 12 }])
    expect(documents[0]?.hint).toContain('merge')
  })
})

describe('keys', () => {
  it.each([
    ['a list as a key', '? [a, b]\n: c\n', '5:3 policy/yaml-syntax'],
    ['a mapping as a key', '{ a: b }: c\n', '5:1 policy/yaml-syntax'],
    ['an alias as a key', 'id: &a x\n*a : y\n', '6:1 policy/yaml-syntax'],
    ['a number as a key', '1: x\n', '5:1 policy/unknown-field'],
    ['a null as a key', '~: x\n', '5:1 policy/unknown-field'],
    ['no key', ': x\n', '5:1 policy/unknown-field'],
    ['an empty key', '"": x\n', '5:1 policy/unknown-field'],
    ['a key with slashes', 'a/b~1c: x\n', '5:1 policy/unknown-field'],
    ['a key twice, quoted or not', 'id: a\n"id": b\n', '6:1 policy/duplicate-key'],
    ['a key twice in braces', 'settings: { idleSession: 8h, idleSession: 9h }\n', '5:30 policy/duplicate-key'],
  ])('refuses %s', async (_, text, expected) => {
    expect(await pointsOf(`${policy}${text}`)).toContain(expected)
  })

  it('reports each key that stands twice', async () => {
    expect(await pointsOf('kind: IpAllowlist\nkind: IpAllowlist\nname: x\nname: y\nranges: [::1]\n')).toEqual([
      '2:1 policy/duplicate-key',
      '4:1 policy/duplicate-key',
    ])
  })
})

describe('tags', () => {
  it.each([
    '!secret x',
    '!!binary aGVsbG8=',
    '!!set { a }',
    '!!timestamp 2027-03-31',
    '!!python/object:os.system x',
    '!<x> y',
  ])('refuses %s', async written =>
    expect((await checkBeside(`${policy}id: ${written}\n`)).codes).toEqual(['policy/yaml-tag']),
  )

  it('takes !!str, which only says what a text is', async () => {
    const { result } = await checkBeside(policy.replace('Local', '!!str 5'))
    expect(result.ok && result.value.AuthenticationPolicy[0]?.spec.name).toBe('5')
  })

  it.each(['%FOO bar', '%YAML 1.3', '%YAML 2.0', '%TAG ! tag:example.com,2026:'])(
    'refuses what `%s` would do',
    async line => {
      const { codes } = await checkBeside(`${line}\n---\n${policy}id: !x y\n`)
      expect(codes).toHaveLength(1)
      expect(codes[0]).toMatch(/^policy\/yaml-(?:syntax|tag)$/)
    },
  )
})

describe('tabs', () => {
  it.each([
    ['settings:\n\tapiTokens: block\n', '6:1 policy/yaml-tab'],
    ['members:\n  groups:\n\t- a\n', '7:1 policy/yaml-tab'],
  ])('do not indent: %j', async (text, expected) => {
    expect(await pointsOf(`${policy}${text}`)).toEqual([expected])
  })

  it('may stand between a key and its value', async () => {
    expect(await pointsOf(policy.replace('name: ', 'name:\t'))).toEqual([])
  })
})
