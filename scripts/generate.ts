// Writes what is generated from the kinds, the model, the commands and the diagnostics: JSON Schemas, compiled validators, reference pages, the pages of the Terraform provider, the man page, the program of the GitHub Action. `--check` only compares.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { format } from 'prettier'
import { actionBundle } from './build-action.mjs'
import { apiPages } from './generate-api.ts'
import { commandReference } from './generate-command-reference.ts'
import { contractSchemas } from './generate-contracts.ts'
import { documentTypes } from './generate-document-types.ts'
import { kindReference } from './generate-kind-reference.ts'
import { manPage } from './generate-man-page.ts'
import { policySchema } from './generate-policy-schema.ts'
import { terraformPages } from './generate-terraform-docs.ts'
import { compiledValidators } from './generate-validators.ts'

const json = (value: unknown) => format(JSON.stringify(value), { parser: 'json', printWidth: 120 })

const files = new Map<string, string>([
  ['schemas/policy.schema.json', await json(policySchema())],
  ['src/policy/generated/validators.js', await compiledValidators()],
  ['docs/reference/commands.md', commandReference()],
  ['docs/reference/kinds.md', kindReference()],
  ['man/postern.1', manPage()],
])
for (const [name, schema] of contractSchemas()) files.set(`schemas/${name}.schema.json`, await json(schema))
for (const [file, text] of await documentTypes()) files.set(file, text)
for (const [file, text] of terraformPages()) files.set(file, text)

const check = process.argv.includes('--check')
let outdated = 0
async function settle(file: string, text: string): Promise<void> {
  const before = await readFile(file, 'utf8').catch(() => '')
  if (before === text) return
  outdated++
  console.log(`${check ? 'out of date' : 'written'}: ${file}`)
  if (check) return
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, text)
}
for (const [file, text] of files) await settle(file, text)
// Made of the sources as they were just written.
for (const [file, text] of await apiPages()) await settle(file, text)
// Loaded only now: its examples are what the validators, as they were just written, refuse.
const { troubleshootingPage } = await import('./generate-troubleshooting.ts')
await settle('docs/troubleshooting.md', await troubleshootingPage())
for (const [file, text] of await actionBundle()) await settle(file, text)
if (check && outdated > 0) {
  console.log('run: npm run generate')
  process.exitCode = 1
}
