// Writes files together on a disk that has no room for all of them: `node files-on-full-disk.mjs FOLDER`. Prints how that ended, and what is there.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { writeTogether } from '../../src/operations/write-together.ts'

const [folder = ''] = process.argv.slice(2)
mkdirSync(`${folder}/policies`)
writeFileSync(`${folder}/policies/organization.yaml`, 'before')
const inside = `${folder}/policies`
const written = await writeTogether([
  { path: `${inside}/organization.yaml`, inside, shown: 'organization.yaml', text: 'after', before: 'before' },
  { path: `${inside}/access/new.yaml`, inside, shown: 'access/new.yaml', text: 'x'.repeat(500_000) },
])
process.stdout.write(
  JSON.stringify({
    diagnostics: written.diagnostics.map(({ code, facts }) => ({ code, facts })),
    files: readdirSync(inside),
    text: readFileSync(`${inside}/organization.yaml`, 'utf8'),
  }),
)
