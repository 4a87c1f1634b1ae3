import { format, resolveConfig } from 'prettier'
import { kindNames, kinds } from '../src/kinds/index.ts'
import { isObject, type Json, type JsonObject } from '../src/model/json.ts'

const folder = 'src/model/documents'

/**
 * The types of the documents of all kinds, for programs that hold documents, a file for each kind: written out, since users of the package have no other types than its own, and with the descriptions
 * of the schemas.
 */
export async function documentTypes(): Promise<ReadonlyMap<string, string>> {
  const written = kindNames.map(async (name): Promise<readonly [string, string]> => [
    `${folder}/${fileOf(name)}`,
    await source(
      `${comment(kinds[name].summary)}\nexport interface ${name}Document ${typeOf(kinds[name].schema, name)}`,
    ),
  ])
  const union = await source(
    [
      ...kindNames.map(name => `import type { ${name}Document } from './${fileOf(name)}'`),
      `\n${comment('One document in a program. `kind` says which members it has.')}`,
      `export type InlineDocument = ${kindNames.map(name => `${name}Document`).join(' | ')}`,
    ].join('\n'),
  )
  return new Map([...(await Promise.all(written)), [`${folder}/inline-document.ts`, union]])
}

const source = async (text: string): Promise<string> =>
  format(`// Made from the schemas of the kinds by \`npm run generate\`.\n\n${text}`, {
    ...(await resolveConfig('package.json')),
    parser: 'typescript',
  })

const fileOf = (name: string): string => `${name.replace(/(?<=.)[A-Z]/g, '-$&').toLowerCase()}-document.ts`

const comment = (text: string): string => `/** ${text.replaceAll('*/', '* /')} */`

/** What no schema of a kind has is refused here, so that a new one is not told wrongly. */
function typeOf(schema: Json | undefined, at: string): string {
  if (!isObject(schema)) throw new Error(`${at}: no schema`)
  const { const: only, enum: words, type } = schema
  if (only !== undefined) return JSON.stringify(only)
  if (Array.isArray(words)) return words.map(word => JSON.stringify(word)).join(' | ')
  if (Array.isArray(type)) return (type as readonly Json[]).map(one => typeOf({ ...schema, type: one }, at)).join(' | ')
  switch (type) {
    case 'string':
    case 'boolean':
    case 'number':
      return type
    case 'integer':
      return 'number'
    case 'array':
      return `readonly (${typeOf(schema['items'], `${at}[]`)})[]`
    case 'object':
      return objectType(schema, at)
    default:
      throw new Error(`${at}: the type ${JSON.stringify(type)} has no words here`)
  }
}

function objectType({ properties, required, additionalProperties }: JsonObject, at: string): string {
  if (!isObject(properties) || additionalProperties !== false) throw new Error(`${at}: an object of any members`)
  const needed = new Set(Array.isArray(required) ? required : [])
  const members = Object.entries(properties).map(([name, schema]) => {
    const description = isObject(schema) ? schema['description'] : undefined
    const said = typeof description === 'string' ? `${comment(description)}\n` : ''
    return `${said}readonly ${name}${needed.has(name) ? '' : '?'}: ${typeOf(schema, `${at}.${name}`)}`
  })
  return `{\n${members.join('\n')}\n}`
}
