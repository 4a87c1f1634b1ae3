import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { run } from '../../src/cli/run.ts'
import { PosternPolicies, PosternProvider } from '../../src/construct/index.ts'
import { Token } from '../../src/construct/cdktf.ts'
import type { InlineDocument } from '../../src/index.ts'
import { policyFolder } from '../operations/start.ts'
import { fakeWorld } from '../world.ts'
import { clock, newApp, newStack, refused, synthesize, type Given } from './synthesize.ts'

const cases = 'test/cases/refusals'
const errorsIn = (name: string): number =>
  (JSON.parse(readFileSync(join(cases, name, 'expected.json'), 'utf8')) as { severity: string }[]).filter(
    ({ severity }) => severity === 'error',
  ).length

/** A small folder for each way to be wrong; what takes long to read says nothing more here. */
const names = readdirSync(cases).filter(name => errorsIn(name) > 0 && !['alias-bomb', 'too-deep'].includes(name))

const organization = { kind: 'Organization', name: 'acme', id: '96c9b91d-3eab-41b4-9d9c-09eb84db70cf' } as const
const policy = { kind: 'AuthenticationPolicy', name: 'Staff', directory: 'local' } as const
const id = '90781be9-0863-45f0-92b9-1612379ffa5c'

describe('a folder with errors', () => {
  it.each(names)('%s: is refused in the words of the command line', async name => {
    const folder = join(cases, name)
    const { message } = refused({ folder })
    const { world, err } = fakeWorld({ argv: ['validate', folder], cwd: process.cwd(), clock })
    expect(await run(world)).toBe(1)
    // The one is as wide as a terminal, the other as wide as lines of a program; the one names some folders from the root.
    const plain = (text: string) => text.replace(/\s+/g, ' ').trim()
    const [head = '', ...rest] = message.split('\n')
    expect(head).toBe(
      `stack/policies: ${errorsIn(name)} ${errorsIn(name) === 1 ? 'error' : 'errors'} in the policy folder "${folder}"`,
    )
    expect(plain(err().replaceAll(`${process.cwd()}/`, ''))).toContain(plain(rest.join('\n')))
  })

  it('is told with code, place, line and hint, and with one line of the program', async () => {
    const folder = await policyFolder({
      'organization.yaml': `kind: Organization\nname: acme\nid: ${organization.id}\n`,
      'staff/policy.yaml':
        'kind: AuthenticationPolicy\nname: Staff\ndirectory: local\nsettings:\n  twoStepVerification: mandatry\n',
    })
    const { message, stack } = refused({ folder })
    for (const part of [
      'error[policy/not-one-of]',
      'staff/policy.yaml:5:3',
      '5 |   twoStepVerification: mandatry',
      'did you mean `mandatory`?',
    ])
      expect(message).toContain(part)
    const beyond = stack?.slice(`Error: ${message}\n`.length) ?? ''
    expect(stack?.startsWith(`Error: ${message}\n`)).toBe(true)
    expect(beyond.split('\n')).toHaveLength(1)
    expect(beyond).toContain('synthesize.ts')
  })

  it('is no folder', () => {
    expect(refused({ folder: 'no-such-folder' }).message).toContain('error[policy/not-a-folder]')
  })
})

describe('documents in a program', () => {
  // What the compiler refuses is given all the same: not every program is compiled.
  it.each<readonly [string, readonly unknown[], readonly string[]]>([
    [
      'a value that there is not',
      [organization, { ...policy, settings: { twoStepVerification: 'mandatry' } }],
      [
        'error[policy/not-one-of]',
        '--> documents[1]:6:5',
        '6 |     "twoStepVerification": "mandatry"',
        'did you mean `mandatory`?',
      ],
    ],
    [
      'two that adopt one policy',
      [organization, { ...policy, id }, { ...policy, name: 'Other', id: id.toUpperCase() }],
      ['error[policy/one-id-twice]', '--> documents[2]:5:3', 'documents[1]:5:3: the same id stands here'],
    ],
    ['one name twice', [organization, policy, policy], ['error[policy/duplicate-name]', '--> documents[2]:3:3']],
    ['no organization', [policy], ['error[policy/no-organization]']],
    ['nothing', [], ['error[policy/no-documents]']],
    ['null', [organization, null], ['error[policy/not-a-mapping]', '--> documents[1]:1:1']],
    ['a list', [organization, [policy]], ['error[policy/not-a-mapping]']],
    ['a function', [organization, () => policy], ['error[policy/not-a-mapping]']],
    [
      'a number that is none',
      [organization, { ...policy, members: { priority: Number.NaN } }],
      ['error[policy/null-value]'],
    ],
    [
      'an object inside itself',
      [organization, Object.assign({ ...policy }, { settings: undefined, self: {} })],
      ['error[policy/unknown-field]'],
    ],
  ])('%s', (_, documents, parts) => {
    const { message } = refused({ documents: documents as readonly InlineDocument[] })
    for (const part of parts) expect(message).toContain(part)
  })

  it('that hold themselves are refused, not followed', () => {
    const round: Record<string, unknown> = { ...policy }
    round['settings'] = round
    const { message } = refused({ documents: [organization, round as unknown as InlineDocument] })
    expect(message).toContain('error[policy/not-a-mapping]')
  })

  it('may leave a member undefined', () => {
    const documents = [
      organization,
      { ...policy, default: true, settings: undefined },
    ] as unknown as readonly InlineDocument[]
    expect(synthesize({ documents }).policies.resources).toHaveLength(2)
  })

  it('hold no name that only Terraform knows', () => {
    const unknown = Token.asString({ resolve: () => 'later' })
    expect(refused({ documents: [organization, { ...policy, name: unknown }] }).message).toMatch(
      /^stack\/policies: `documents\[1\]\.name` is known only to Terraform/,
    )
    expect(refused({ folder: unknown }).message).toContain('`folder` is known only to Terraform')
  })
})

describe('a construct that cannot be right', () => {
  it.each<readonly [string, unknown, RegExp]>([
    ['neither folder nor documents', {}, /give either `folder` or `documents`/],
    ['both', { folder: 'policies', documents: [] }, /give either `folder` or `documents`/],
    [
      'another organization than expected',
      { folder: 'policies', organizationId: id },
      /is for the organization "90781be9.*that of "96c9b91d/,
    ],
  ])('%s', (_, given, message) => {
    expect(refused(given as Given).message).toMatch(message)
  })

  it('is a second one for the same organization, anywhere in an app', () => {
    const app = newApp()
    new PosternPolicies(newStack(app, 'one'), 'policies', { folder: 'policies', clock })
    expect(() => new PosternPolicies(newStack(app, 'two'), 'policies', { folder: 'policies', clock })).toThrow(
      'one/policies and two/policies are for one organization (96c9b91d-3eab-41b4-9d9c-09eb84db70cf)',
    )
  })

  it('is a second provider without an alias', () => {
    const stack = newStack(newApp())
    new PosternProvider(stack, 'one')
    expect(() => new PosternProvider(stack, 'two')).toThrow('stack/two and stack/one are two providers of one stack')
    new PosternProvider(stack, 'three', { alias: 'three' })
  })

  it('is one that is to be written in HCL, where nothing of it would be left', () => {
    const app = newApp()
    const stack = newStack(app)
    new PosternPolicies(stack, 'policies', { folder: 'policies', clock })
    expect(() => stack.toHclTerraform() as unknown).toThrow('is written as JSON only')
    expect(existsSync(join(app.outdir, 'stacks'))).toBe(true)
  })
})
