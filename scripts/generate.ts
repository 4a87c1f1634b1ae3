// Writes what is generated from the kinds and the model: the JSON Schemas and the compiled validators. `--check` only compares.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { format } from 'prettier'
import { contractSchemas } from './generate-contracts.ts'
import { policySchema } from './generate-policy-schema.ts'
import { compiledValidators } from './generate-validators.ts'

const json = (value: unknown) => format(JSON.stringify(value), { parser: 'json', printWidth: 120 })

const files = new Map<string, string>([
  ['schemas/policy.schema.json', await json(policySchema())],
  ['src/policy/generated/validators.js', await compiledValidators()],
])
for (const [name, schema] of contractSchemas()) files.set(`schemas/${name}.schema.json`, await json(schema))

const check = process.argv.includes('--check')
let outdated = 0
for (const [file, text] of files) {
  const before = await readFile(file, 'utf8').catch(() => '')
  if (before === text) continue
  outdated++
  console.log(`${check ? 'out of date' : 'written'}: ${file}`)
  if (!check) {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
  }
}
if (check && outdated > 0) {
  console.log('run: npm run generate')
  process.exitCode = 1
}
