import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Token } from '../../src/construct/cdktf.ts'
import { written } from '../../src/construct/template.ts'
import type { InlineDocument } from '../../src/index.ts'
import { policyFolder, temporaryFolder } from '../operations/start.ts'
import { synthesize } from './synthesize.ts'

// A name that somebody in the organization chose so that CDKTF would put a value of its own in its place.
const token = Token.asString({ resolve: () => 'stolen' })

const hostile = [
  '${path.root}',
  '%{ if true }yes%{ endif }',
  '$${x} %%{y} $$${z}',
  'a ${"b"} ${1 + 1}',
  '${',
  '%{',
  '$',
  token,
  `$${token}`,
  token.replace('$', '#'),
  token.replace('$', '&'),
  'TfToken[TOKEN.0]',
  '__proto__',
  'constructor',
  'toString',
  'tags',
  '1e5 and -1.8881545897087505e+289',
  `"quoted" \\ 'and' \\n`,
  '//',
  'Ärzte 🩺 \u202e',
  'a.b.c["d"]',
]

/** What Terraform reads: an escape, a text in a template, or the characters as they are. */
const readByTerraform = (text: string): string =>
  text.replace(/([$%])\1\{|\$\{"([^"]*)"\}/g, (_, sign: string | undefined, inner: string | undefined) =>
    sign === undefined ? (inner ?? '') : `${sign}{`,
  )

const documentsFor = (names: readonly string[]): readonly InlineDocument[] => [
  { kind: 'Organization', name: 'acme', id: '96c9b91d-3eab-41b4-9d9c-09eb84db70cf' },
  ...names.map((name, index) => ({
    kind: 'AuthenticationPolicy' as const,
    name,
    directory: 'local',
    default: index === 0,
    members: { groups: [name] },
  })),
]

/** The names in the stack: those of the resources, the keys of the membership, and the groups below them. */
async function namesIn(names: readonly string[]) {
  // In a folder: what a program has yet to fill in is refused in documents of its own.
  const text = documentsFor(names).map(document => JSON.stringify(document))
  const { resources } = synthesize({ folder: await policyFolder({ 'all.yaml': text.join('\n---\n') }) })
  const policies = Object.values(resources['postern_authentication_policy'] ?? {}).map(({ name }) => String(name))
  const [membership] = Object.values(resources['postern_membership'] ?? {})
  const held = Object.entries(membership?.['policies'] as Record<string, { members: { groups: string[] } }>)
  return { policies, keys: held.map(([key]) => key), groups: held.flatMap(([, { members }]) => members.groups) }
}

const sorted = (names: readonly string[]) => [...names].sort()

describe('names that mean something to Terraform or to CDKTF', () => {
  it('stay what they are, each of these', async () => {
    const { policies, keys, groups } = await namesIn(hostile)
    for (const found of [policies, keys, groups]) expect(sorted(found.map(readByTerraform))).toEqual(sorted(hostile))
    expect(({} as Record<string, unknown>)['members']).toBeUndefined()
  })

  it('stay what they are, made of any pieces', async () => {
    const piece = fc.oneof(
      fc.constantFrom(...hostile, '{', '}', '[', ']', '"', 'TfToken['),
      fc.string({ maxLength: 5 }),
    )
    const name = fc
      .array(piece, { minLength: 1, maxLength: 6 })
      .map(pieces =>
        pieces
          .join('')
          .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, '')
          .trim()
          .slice(0, 255),
      )
      .filter(text => text !== '' && !/[\ud800-\udfff]/.test(text) && text.trim() === text)
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(name, { minLength: 1, maxLength: 4 }), async names => {
        const { policies, keys } = await namesIn(names)
        expect(sorted(policies.map(readByTerraform))).toEqual(sorted(names))
        expect(sorted(keys.map(readByTerraform))).toEqual(sorted(names))
      }),
      { numRuns: 60 },
    )
  })

  it('are told apart from what is a reference', () => {
    expect(
      written({ a: { reference: 'b.c.d' }, b: { c: 'reference' }, reference: { x: 1 } }, () => 'referred'),
    ).toEqual({
      a: 'referred',
      b: { c: 'reference' },
      reference: { x: 1 },
    })
  })
})

const terraform = spawnSync('terraform', ['version'], { encoding: 'utf8' }).status === 0

describe.skipIf(!terraform)(`with Terraform${terraform ? '' : ' (skipped: terraform is not on the PATH)'}`, () => {
  it('are read back by it, as texts and as keys', async () => {
    const folder = await temporaryFolder()
    const names = written(Object.fromEntries(hostile.map(name => [name, name])), () => '')
    writeFileSync(join(folder, 'main.tf.json'), JSON.stringify({ output: { names: { value: names } } }))
    const run = (...args: readonly string[]) => {
      const { stdout, stderr, status } = spawnSync('terraform', [...args], {
        cwd: folder,
        encoding: 'utf8',
        env: {
          ...process.env,
          CHECKPOINT_DISABLE: '1',
          TF_IN_AUTOMATION: '1',
          TF_CLI_CONFIG_FILE: join(folder, 'none'),
        },
      })
      expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' })
      return stdout
    }
    run('apply', '-auto-approve', '-input=false')
    expect(Object.entries(JSON.parse(run('output', '-json', 'names')) as Record<string, string>).sort()).toEqual(
      hostile.map(name => [name, name]).sort(),
    )
  }, 60_000)
})
