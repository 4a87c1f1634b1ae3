// The floor of `postern validate`: parses every file below a folder with places, and checks nothing.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { LineCounter, parseAllDocuments } from 'yaml'

const [folder] = process.argv.slice(2)
let documents = 0
for (const path of readdirSync(folder, { recursive: true })) {
  if (!path.endsWith('.yaml')) continue
  const lineCounter = new LineCounter()
  documents += parseAllDocuments(readFileSync(join(folder, path), 'utf8'), { lineCounter }).length
}
console.log(documents)
