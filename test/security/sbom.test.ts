import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, describe, expect, it } from 'vitest'

interface Component {
  readonly 'bom-ref': string
  readonly name: string
  readonly version: string
  readonly scope: 'required' | 'optional'
  readonly licenses: readonly [{ readonly license: { readonly id: string } }]
}

interface Bom {
  readonly components: readonly Component[]
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[]
  readonly metadata: { readonly timestamp?: string; readonly component: { readonly version: string } }
  readonly serialNumber: string
}

const folder = mkdtempSync(join(tmpdir(), 'postern-sbom-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Makes one as the release does. */
function made(
  name: string,
  env: Readonly<Record<string, string>> = {},
  flags: readonly string[] = [],
): { readonly text: string; readonly bom: Bom } {
  const file = join(folder, name)
  const { status, stderr } = spawnSync(process.execPath, ['scripts/sbom.mjs', ...flags, file], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], ...env },
  })
  if (status !== 0) throw new Error(stderr)
  const text = readFileSync(file, 'utf8')
  return { text, bom: JSON.parse(text) as Bom }
}

const text = { type: 'string', minLength: 1 }
const closed = (properties: object, ...optional: readonly string[]) => ({
  type: 'object',
  additionalProperties: false,
  required: Object.keys(properties).filter(name => !optional.includes(name)),
  properties,
})
const licenses = { type: 'array', minItems: 1, items: closed({ license: closed({ id: text }) }) }
const purl = { type: 'string', pattern: '^pkg:npm/(%40[a-z0-9.-]+/)?[A-Za-z0-9._-]+@[0-9][^@/]*$' }
const named = { name: text, version: text, 'bom-ref': purl, licenses, purl }

/** As much of the schema of CycloneDX 1.5 as there is of it in the file: no other member may be there. */
const schema = closed({
  bomFormat: { const: 'CycloneDX' },
  specVersion: { const: '1.5' },
  serialNumber: { type: 'string', pattern: '^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' },
  version: { const: 1 },
  metadata: closed(
    {
      timestamp: { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' },
      component: closed({ type: { const: 'application' }, ...named }),
    },
    'timestamp',
  ),
  components: {
    type: 'array',
    uniqueItems: true,
    items: closed({
      type: { const: 'library' },
      ...named,
      scope: { enum: ['required', 'optional'] },
      hashes: {
        type: 'array',
        minItems: 1,
        items: closed({ alg: { const: 'SHA-512' }, content: { type: 'string', pattern: '^[0-9a-f]{128}$' } }),
      },
    }),
  },
  dependencies: {
    type: 'array',
    items: closed({ ref: purl, dependsOn: { type: 'array', uniqueItems: true, items: purl } }),
  },
})

/** The packages that the sources name in an import, generated code apart. */
function importedPackages(): readonly string[] {
  const files = readdirSync('src', { recursive: true, withFileTypes: true }).filter(
    entry => entry.isFile() && entry.name.endsWith('.ts'),
  )
  const names = files.flatMap(entry => {
    const code = readFileSync(join(entry.parentPath, entry.name), 'utf8').replaceAll(/^import type [^;]*?'$/gm, '')
    return [...code.matchAll(/(?:^(?:import|export|\}) .*from |import\()'([^'.][^']*)'/gm)].map(([, name = '']) => name)
  })
  return [...new Set(names)]
    .filter(name => !name.startsWith('node:') && !builtinModules.includes(name))
    .map(name =>
      name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/'),
    )
    .filter((name, at, all) => all.indexOf(name) === at)
    .sort()
}

describe('the bill of materials', () => {
  const { text: first, bom } = made('a.json')
  const { bom: ofProvider } = made('provider.json', {}, ['--provider'])

  it.each([
    ['package', bom],
    ['provider', ofProvider],
  ])('of the %s has the shape of CycloneDX 1.5', (_name, bom) => {
    const validate = new Ajv2020({ strict: false, allErrors: true }).compile(schema)
    expect(validate(bom), JSON.stringify(validate.errors)).toBe(true)
    const refs = bom.components.map(each => each['bom-ref'])
    expect(new Set(refs).size).toBe(refs.length)
    expect(
      bom.dependencies.flatMap(({ ref, dependsOn }) => [ref, ...dependsOn]).filter(ref => !refs.includes(ref)),
    ).toEqual([expect.stringMatching(/^pkg:npm\/postern@/) as string])
  })

  it('holds every package that the sources import, and what those bring', () => {
    const names = new Set(bom.components.map(({ name }) => name))
    const namesOfProvider = new Set(ofProvider.components.map(({ name }) => name))
    const imported = importedPackages()
    expect(imported.length).toBeGreaterThan(15)
    expect(imported.filter(name => !names.has(name) && !namesOfProvider.has(name))).toEqual([])
    expect(names.size).toBeGreaterThan(imported.length)
    // A part of it is copied into the validators, which import nothing.
    expect(names).toContain('ajv')
    for (const tool of ['typescript', 'vitest', 'eslint', 'esbuild', 'prettier'])
      expect([...names, ...namesOfProvider]).not.toContain(tool)
  })

  it('of the provider holds what only it speaks with, which the package does not, and leaves nothing to be installed', () => {
    const names = (of: Bom) => of.components.map(({ name }) => name)
    const own = ['@grpc/grpc-js', '@msgpack/msgpack', 'protobufjs', 'selfsigned']
    expect(own.filter(name => !names(ofProvider).includes(name))).toEqual([])
    expect(own.filter(name => names(bom).includes(name))).toEqual([])
    expect(ofProvider.components.filter(({ scope }) => scope === 'optional')).toEqual([])
  })

  it('holds only what the lock file holds, in that version, under a permissive license', () => {
    const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
      packages: Record<string, { version?: string }>
    }
    const locked = Object.entries(packages).map(
      ([place, { version }]) => `${place.split('node_modules/').at(-1) ?? ''}@${version ?? ''}`,
    )
    const components = [...bom.components, ...ofProvider.components]
    expect(components.map(({ name, version }) => `${name}@${version}`).filter(each => !locked.includes(each))).toEqual(
      [],
    )
    const permissive = ['0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT']
    const shipped = components.filter(({ scope }) => scope === 'required')
    expect(shipped.filter(({ licenses: [{ license }] }) => !permissive.includes(license.id))).toEqual([])
  })

  it('marks as optional what people install themselves', () => {
    const { peerDependencies = {} } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      peerDependencies?: Record<string, string>
    }
    expect(bom.components.filter(({ scope }) => scope === 'optional').map(({ name }) => name)).toEqual(
      Object.keys(peerDependencies).sort(),
    )
  })

  it('is the same for the same commit, and holds a time only where one is given', () => {
    expect(made('b.json').text).toBe(first)
    expect(bom.metadata.timestamp).toBeUndefined()
    const dated = made('c.json', { SOURCE_DATE_EPOCH: '1764000000' }).bom
    expect(dated.metadata.timestamp).toBe('2025-11-24T16:00:00.000Z')
    expect(dated.serialNumber).not.toBe(bom.serialNumber)
  })
})
