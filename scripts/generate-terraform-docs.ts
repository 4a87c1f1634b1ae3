// docs/terraform, in the page format of the Terraform registry: from the schemas of the provider, the configurations in examples/terraform, and for the first page the text in scripts/terraform-docs/index.md.
import { readFileSync } from 'node:fs'
import type { ResourceType } from '../src/blocks/document-attributes.ts'
import type { Schema } from '../src/blocks/schema.ts'
import { schemas } from '../src/blocks/schemas.ts'
import { schemaSection } from './terraform-docs/schema-section.ts'

/** Every page, by its path. */
export function terraformPages(): ReadonlyMap<string, string> {
  return new Map([
    ['docs/terraform/index.md', indexPage()],
    ...Object.entries(schemas.resources).map(
      ([type, schema]) =>
        [`docs/terraform/resources/${short(type)}.md`, resourcePage(type as ResourceType, schema)] as const,
    ),
    ...Object.entries(schemas.dataSources).map(
      ([type, schema]) => [`docs/terraform/data-sources/${short(type)}.md`, dataSourcePage(type, schema)] as const,
    ),
  ])
}

/** The registry leaves the name of the provider out. */
const short = (type: string): string => type.replace(/^postern_/, '')

const page = (...parts: readonly string[]): string => `${parts.join('\n\n')}\n`

const head = (title: string, description: string): string =>
  ['---', `page_title: "${title}"`, 'subcategory: ""', 'description: |-', `  ${description}`, '---'].join('\n')

const generated = (template?: string): string =>
  `<!-- Written by scripts/generate-terraform-docs.ts from the schemas of the provider${template === undefined ? ' and' : ','} examples/terraform${template === undefined ? '' : ` and ${template}`}. -->`

/** The first sentence, for lists of pages and for search engines. */
const firstSentence = (text: string): string => /^.*?\.(?= [A-Z]|$)/s.exec(text)?.[0] ?? text

const example = (path: string): string =>
  ['```terraform', readFileSync(`examples/terraform/${path}`, 'utf8').trimEnd(), '```'].join('\n')

function indexPage(): string {
  const template = 'scripts/terraform-docs/index.md'
  const { description, attributes } = schemas.provider
  const text = readFileSync(template, 'utf8')
    .trimEnd()
    .replace(/^\{\{example (.+)\}\}$/gm, (_, path: string) => example(path))
    .replace(/^\{\{description\}\}$/m, () => description)
    .replace(/^\{\{schema\}\}$/m, () => schemaSection(attributes))
  return page(head('postern Provider', firstSentence(description)), generated(template), text)
}

const typePage = (type: string, what: string, { description, attributes }: Schema, file: string): readonly string[] => [
  head(`${type} ${what} - postern`, firstSentence(description)),
  generated(),
  `# ${type} (${what})`,
  description,
  '## Example Usage',
  example(file),
  schemaSection(attributes),
]

const dataSourcePage = (type: string, schema: Schema): string =>
  page(...typePage(type, 'Data Source', schema, `data-sources/${type}/data-source.tf`))

function resourcePage(type: ResourceType, schema: Schema): string {
  const { says, label, id } = imports[type]
  return page(
    ...typePage(type, 'Resource', schema, `resources/${type}/resource.tf`),
    '## Import',
    says,
    ['```shell', `terraform import ${type}.${label} ${/\s/.test(id) ? `"${id}"` : id}`, '```'].join('\n'),
    'Or with an `import` block, which `terraform plan` shows before anything happens (Terraform 1.5 and later):',
    ['```terraform', 'import {', `  to = ${type}.${label}`, `  id = "${id}"`, '}', '```'].join('\n'),
  )
}

/** By what each is found, and one of its example. */
const imports: Readonly<Record<ResourceType, { readonly says: string; readonly label: string; readonly id: string }>> =
  {
    postern_authentication_policy: {
      says: 'By the id of the policy, which the console shows in the address of its page, or by its name. The API shows a policy only while an active account is in it, and its name only an export tells that was observed. An import is not needed to adopt a policy: applying the resource does.',
      label: 'staff',
      id: 'Staff behind Okta',
    },
    postern_external_user_policy: {
      says: 'By the name of the policy: `external` or `test`.',
      label: 'external',
      id: 'external',
    },
    postern_ip_allowlist: {
      says: 'By the name of the allowlist, or by its id.',
      label: 'office',
      id: 'Office and VPN',
    },
    postern_membership: {
      says: 'By the id of the organization.',
      label: 'organization',
      id: '96c9b91d-3eab-41b4-9d9c-09eb84db70cf',
    },
  }
