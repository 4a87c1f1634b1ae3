import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Attribute, AttributeType, Attributes, Schema } from '../../../src/blocks/schema.ts'
import { schemas } from '../../../src/blocks/schemas.ts'
import { describeTerraform, workspace, type Workspace } from '../terraform.ts'

describeTerraform('terraform with the built provider', () => {
  let space: Workspace
  beforeAll(async () => {
    space = workspace({ 'main.tf': 'provider "postern" {\n  organization_id = "o"\n}\n' })
    await space.init()
  })
  afterAll(() => space.remove())

  it('finds it in the mirror', () => {
    expect(readFileSync(join(space.folder, '.terraform.lock.hcl'), 'utf8')).toContain(
      'provider "registry.terraform.io/postern/postern"',
    )
  })

  it('shows exactly its schemas', async () => {
    const { code, stdout, stderr } = await space.run(['providers', 'schema', '-json'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const shown = (JSON.parse(stdout) as { provider_schemas: Record<string, unknown> }).provider_schemas
    const each = (from: Readonly<Record<string, Schema>>) =>
      Object.fromEntries(Object.entries(from).map(([name, schema]) => [name, schemaJson(schema)]))
    expect(shown['registry.terraform.io/postern/postern']).toEqual({
      provider: schemaJson(schemas.provider),
      resource_schemas: each(schemas.resources),
      data_source_schemas: each(schemas.dataSources),
    })
  })

  it('validates', async () => {
    expect(await space.run(['validate', '-json'])).toMatchObject({ code: 0 })
  })
})

/** A schema as `terraform providers schema -json` writes it. */
const schemaJson = ({ version, description, attributes }: Schema): object => ({
  version,
  block: { attributes: attributesJson(attributes), description, description_kind: 'markdown' },
})

const attributesJson = (attributes: Attributes): object =>
  Object.fromEntries(Object.entries(attributes).map(([name, attribute]) => [name, attributeJson(attribute)]))

const attributeJson = ({ description, type, nested, writeOnly, ...flags }: Attribute): object => ({
  ...(nested === undefined
    ? { type: typeJson(type ?? 'dynamic') }
    : { nested_type: { attributes: attributesJson(nested.attributes), nesting_mode: nested.nesting } }),
  description,
  description_kind: 'markdown',
  ...(writeOnly && { write_only: true }),
  ...flags,
})

function typeJson(type: AttributeType): unknown {
  if (typeof type === 'string') return type
  const [[word, of]] = Object.entries(type) as [[string, unknown]]
  if (word !== 'object') return [word, typeJson(of as AttributeType)]
  const members = Object.entries(of as Readonly<Record<string, AttributeType>>)
  return [word, Object.fromEntries(members.map(([name, member]) => [name, typeJson(member)]))]
}
