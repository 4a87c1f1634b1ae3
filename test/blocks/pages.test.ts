import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Attributes, Schema } from '../../src/blocks/schema.ts'
import { schemas } from '../../src/blocks/schemas.ts'

const pageOf: Readonly<Record<string, Schema>> = {
  'index.md': schemas.provider,
  ...Object.fromEntries(
    [
      ['resources', schemas.resources],
      ['data-sources', schemas.dataSources],
    ].flatMap(([folder, all]) =>
      Object.entries(all as Readonly<Record<string, Schema>>).map(([type, schema]) => [
        `${folder as string}/${type.replace('postern_', '')}.md`,
        schema,
      ]),
    ),
  ),
}
const names = Object.keys(pageOf)
const pageText = (name: string): string => readFileSync(`docs/terraform/${name}`, 'utf8')

/** The names of all attributes, inner ones too. */
const namesIn = (attributes: Attributes): readonly string[] =>
  Object.entries(attributes).flatMap(([name, { nested }]) => [name, ...namesIn(nested?.attributes ?? {})])

describe('the pages of the provider', () => {
  it('are these, for the provider and for each of its types', () => {
    const found = readdirSync('docs/terraform', { recursive: true, encoding: 'utf8' })
    expect(found.filter(name => name.endsWith('.md')).sort()).toEqual([...names].sort())
  })

  it.each(names)('%s begins as the registry wants it', name => {
    expect(pageText(name)).toMatch(
      /^---\npage_title: "postern(_\w+ (Resource|Data Source) -)? (postern|Provider)"\nsubcategory: ""\ndescription: \|-\n {2}[A-Z].*\.\n---\n/,
    )
  })

  it.each(names)('%s leads to no anchor that is not there, and has each once', name => {
    const text = pageText(name)
    const anchors = [...text.matchAll(/<a id="([^"]+)"><\/a>/g)].map(([, id]) => id)
    const links = [...text.matchAll(/\]\(#(nestedatt[^)]+)\)/g)].map(([, id]) => id)
    expect(links).toEqual([...new Set(anchors)].sort((a, b) => links.indexOf(a) - links.indexOf(b)))
    expect(anchors).toHaveLength(links.length)
  })

  it.each(names)('%s tells of every attribute', name => {
    const { attributes } = pageOf[name] ?? expect.fail()
    const told = [...pageText(name).matchAll(/^- `(\w+)` \([A-Z]/gm)].map(([, attribute]) => attribute)
    expect(told.sort()).toEqual([...namesIn(attributes)].sort())
  })
})

const folder = 'examples/terraform'
const examples = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .map(file => file.replaceAll('\\', '/'))
  .filter(file => file.endsWith('.tf'))

describe('the examples of the provider', () => {
  it('are there for the provider and for each of its types', () => {
    expect(examples).toEqual(
      expect.arrayContaining([
        'provider/provider.tf',
        ...Object.keys(schemas.resources).map(type => `resources/${type}/resource.tf`),
        ...Object.keys(schemas.dataSources).map(type => `data-sources/${type}/data-source.tf`),
      ]),
    )
  })

  it.each(examples.filter(file => file.startsWith('resources/')))('%s names attributes that there are', file => {
    const text = readFileSync(`${folder}/${file}`, 'utf8')
    const used = [...text.matchAll(/([a-z_]+) += /g)].map(([, name = '']) => name)
    const known = Object.values(schemas.resources).flatMap(({ attributes }) => namesIn(attributes))
    expect(used.length).toBeGreaterThan(3)
    expect(used.filter(name => !known.includes(name))).toEqual([])
  })

  const terraform = spawnSync('terraform', ['version'], { encoding: 'utf8' }).status === 0

  it.skipIf(!terraform)('are formatted as Terraform does it (skipped where terraform is not on the PATH)', () => {
    const { status, stdout } = spawnSync('terraform', ['fmt', '-check', '-diff', '-recursive', folder], {
      encoding: 'utf8',
    })
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' })
  })
})
