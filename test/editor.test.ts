import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { blockSnippets, documentSnippets } from '../scripts/policy-snippets.ts'
import { kindNames } from '../src/kinds/index.ts'
import type { JsonObject } from '../src/model/json.ts'
import { languageServer, type LanguageServer } from './language-server.ts'

/** The published schema in the editor: the YAML language server, driven over its protocol, with nothing but the schema line to go by. */

const line = '# yaml-language-server: $schema=../schemas/policy.schema.json\n'
const external = `${line}kind: ExternalUserPolicy\nname: external\n`
const staff = `${line}kind: AuthenticationPolicy\nname: Staff\ndirectory: local\n`

let server: LanguageServer
beforeAll(async () => {
  server = await languageServer('policies')
})
afterAll(() => server.stop())

const labels = async (text: string): Promise<readonly string[]> =>
  (await server.completions(text)).map(({ label }) => label)

describe('completion', () => {
  it('offers the kinds, and says what each is for', async () => {
    const offered = await server.completions(`${line}kind: ¦`)
    expect(offered.map(({ label }) => label)).toEqual(kindNames)
    expect(offered.find(({ label }) => label === 'ExternalUserPolicy')?.documentation).toContain('you do not own')
  })

  it('offers the settings that are left, with their effect and their name at Atlassian', async () => {
    const offered = await server.completions(`${external}settings:\n  authorizationMethod: none\n  ¦\n`)
    const settings = offered.filter(({ insertText }) => /^\w+: $/.test(insertText))
    expect(settings.map(({ label }) => label)).toEqual(['identityProvider', 'sessionDuration', 'apiTokens', 'billable'])
    for (const { documentation } of settings) expect(documentation).toContain('Atlassian: **')
  })

  it.each([
    [`${external}settings:\n  authorizationMethod: ¦\n`, ['none', 'one-time-passcode', 'single-sign-on'], /passcode/],
    [`${staff}settings:\n  twoStepVerification: ¦\n`, ['optional', 'mandatory', 'identity-provider'], /sign-in/],
    [
      `${staff}settings:\n  password:\n    minimumStrength: ¦\n`,
      ['weak', 'fair', 'good', 'strong', 'very-strong'],
      /scale/,
    ],
    [`${line}kind: CoverageRequirement\ntokens: ¦\n`, ['ignore', 'live', 'possible'], /allows/],
  ])('offers the values of a setting, each explained: %j', async (text, values, words) => {
    const offered = (await server.completions(text)).filter(({ label }) => values.includes(label))
    expect(offered.map(({ label }) => label)).toEqual(values)
    for (const { documentation } of offered) expect(documentation).toMatch(/^[A-Z].*\.$/)
    expect(offered.map(({ documentation }) => documentation).join('\n')).toMatch(words)
  })
})

describe('hover', () => {
  it.each([
    [
      `${external}settings:\n  api¦Tokens: block\n`,
      [
        'A token is never asked for a passcode',
        'Atlassian: **API token access** (Security → External users → the policy)',
        'Evidence: an attestation.',
        'API tokens of external users fail, existing ones too.',
      ],
    ],
    [
      `${staff}settings:\n  two¦StepVerification: mandatory\n`,
      ['people are asked at their next sign-in', 'Atlassian: **Two-step verification**', 'Members must set it up'],
    ],
    [
      `${staff}settings:\n  idle¦Session: 8h\n`,
      ['Applies from the next sign-in', 'Atlassian: **Idle session duration**', 'From 15m to 30d.', 'Export members'],
    ],
    [
      `${staff}bill¦able: true\n`,
      ['count for Atlassian Guard', 'Atlassian: **Policy type**', '`false` as “non-billable”'],
    ],
    [
      `${staff}settings:\n  singleSign¦On: enforced\n`,
      ['needs Atlassian Guard Standard', 'Atlassian: **Single sign-on**'],
    ],
    [
      `${line}kind: IpAllowlist\nname: Office\nran¦ges: [203.0.113.0/24]\n`,
      ['Leave yourself a way in.', 'Atlassian: **Addresses** (Security → IP allowlists)', 'Admin API'],
    ],
  ])('says the effect of a field and what Atlassian calls it: %j', async (text, words) => {
    const shown = await server.hover(text)
    for (const word of words) expect(shown).toContain(word)
    expect(shown).not.toContain('\\`')
  })
})

describe('the schema line', () => {
  const wrong = 'kind: IpAllowlist\nname: Office\nranges: [203.0.113.0/24]\nenbled: true\n'

  it('is enough to have a wrong document marked', async () => {
    const problems = await server.problems(line + wrong)
    expect(problems.join('\n')).toContain('enbled')
    const duration = await server.problems(`${external}settings: { sessionDuration: a week }\n`)
    expect(duration).toEqual(['must be a duration such as 15m, 8h or 30d'])
  })

  // As of yaml-language-server 1.25. Where this fails, docs/editors.md can do without the advice.
  it('counts for one document: each further one needs its own', async () => {
    expect(await labels(`${line}kind: Exception\n---\nkind: ¦\n`)).toEqual([])
    expect(await labels(`${line}kind: Exception\n---\n${line}kind: ¦\n`)).toEqual(kindNames)
  })
})

describe('docs/editors.md', () => {
  const page = readFileSync('docs/editors.md', 'utf8')

  it('gives the address of the schema to the catalog, and settings that are JSON', () => {
    const [settings, entry] = [...page.matchAll(/ *```json\n([\s\S]*?)```/g)].map(
      ([, block = '']) => JSON.parse(block) as JsonObject,
    )
    const schema = JSON.parse(readFileSync('schemas/policy.schema.json', 'utf8')) as JsonObject
    expect(entry).toMatchObject({ name: schema['title'], url: schema['$id'] })
    expect(Object.keys(settings ?? {})).toEqual(['yaml.schemas'])
  })

  it('shows what an editor shows', async () => {
    const shown = await server.hover(`${staff}settings:\n  two¦StepVerification: mandatory\n`)
    const words = (text: string) => text.split(/\s+/).filter(word => word !== '' && word !== '>')
    const [, quoted = ''] = /Hover over `twoStepVerification`:\n\n((?:>.*\n)+)/.exec(page) ?? []
    expect(words(shown).join(' ')).toContain(words(quoted).join(' '))
  })
})

describe('a snippet', () => {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  formats.default(ajv)
  const isPolicy = ajv.compile(JSON.parse(readFileSync('schemas/policy.schema.json', 'utf8')) as JsonObject)
  const errorsIn = (text: string) => (isPolicy(parse(text)) ? [] : isPolicy.errors)

  /** A text as an editor leaves it: what is to fill in at its default, further lines as deep as the line of the cursor. */
  const inserted = (text: string, snippet: string): string => {
    const [before = '', after = ''] = text.split('¦')
    const [indent = ''] = /^ */.exec(before.slice(before.lastIndexOf('\n') + 1)) ?? []
    const plain = snippet
      .replace(/\$\{\d+\|([^,|]*)[^}]*\}/g, '$1')
      .replace(/\$\{\d+:([^}]*)\}/g, '$1')
      .replace(/\$(\d+|\{\d+\})/g, '')
    return before + plain.replaceAll('\n', `\n${indent}`) + after
  }

  const offered = async (text: string, label: string): Promise<string> => {
    const found = (await server.completions(text)).find(item => item.label === label)
    expect(found?.documentation).toMatch(/^[A-Z].*\.$/)
    return inserted(text, found?.insertText ?? '')
  }

  it.each(documentSnippets)('for a whole document is offered and valid: $label', async ({ label, body }) => {
    const text = await offered(`${line}¦`, label)
    expect(Object.keys(parse(text) as JsonObject)).toEqual(Object.keys(body))
    expect(errorsIn(text)).toEqual([])
  })

  it('for a whole document is there for every kind, and not inside one', async () => {
    expect([...new Set(documentSnippets.map(({ body }) => body['kind']))]).toEqual(kindNames)
    const inside = await labels(`${line}kind: IpAllowlist\nname: Office\n¦`)
    expect(inside.filter(label => documentSnippets.some(snippet => snippet.label === label))).toEqual(['IpAllowlist'])
  })

  const starts: Readonly<Record<string, string>> = { AuthenticationPolicy: staff, ExternalUserPolicy: external }
  const blocks = Object.entries(blockSnippets).flatMap(([kind, members]) =>
    Object.entries(members).flatMap(([member, snippets]) =>
      snippets.map(({ label, body }) => ({ kind, member, label, body, start: starts[kind] ?? '' })),
    ),
  )

  it.each(blocks)('for $member of $kind is offered and valid: $label', async ({ start, member, label, body }) => {
    for (const place of ['\n  ¦\n', ' ¦\n']) {
      const text = await offered(`${start}${member}:${place}`, label)
      const block = (parse(text) as JsonObject)[member]
      expect(Object.keys(block as JsonObject)).toEqual(Object.keys(body))
      expect(errorsIn(text)).toEqual([])
    }
  })
})
