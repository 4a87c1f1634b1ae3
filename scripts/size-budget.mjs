// `node scripts/size-budget.mjs`, a part of `npm run check`: fails where what is shipped outgrows its limit, or where a short run loads more than
// it did. A limit leaves about a tenth of room: whoever goes over it looks why, and raises it only for something that is worth it.
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { loadedBy } from './loaded-by.mjs'
import { root } from './ensure-installed.mjs'

/** Bytes of files, and of all files below a folder. */
const shipped = {
  'dist/postern.cjs': 6_800,
  'dist/postern.chunks': 4_800_000,
  'dist/terraform-provider-postern': 3_900_000,
  'dist/index.js': 1_500,
  'dist/chunks': 2_600_000,
  'dist/simulator.js': 305_000,
  'dist/cdktf.js': 9_600,
  'dist/cdktf-aws.js': 60_000,
  'action/postern.cjs': 6_900,
  'action/postern.chunks': 2_950_000,
  'action/s3.cjs': 650_000,
}

/** Bytes of source text that a run reads, and modules of Node.js that it asks for. */
const loaded = {
  '--version': [6_800, 2],
  '--help': [182_000, 6],
  'validate policies': [405_000, 6],
}

process.chdir(root)
const rows = Object.entries(shipped).map(([name, limit]) => [name, sizeOf(name), limit])
for (const [args, [bytes, modules]] of Object.entries(loaded)) {
  const { groups, builtins } = await loadedBy(args.split(' '))
  const read = Object.values(groups).reduce((sum, length) => sum + length, sizeOf('dist/postern.cjs'))
  rows.push(
    [`postern ${args}: text read`, read, bytes],
    [`postern ${args}: modules of Node.js`, builtins.length, modules],
  )
}
for (const [name, size, limit] of rows) {
  const numbers = [size, limit].map(number => number.toLocaleString('en').padStart(12)).join('')
  process.stdout.write(`  ${name.padEnd(52)}${numbers}${size > limit ? '  too large' : ''}\n`)
}
if (rows.some(([, size, limit]) => size > limit)) process.exitCode = 1

function sizeOf(path) {
  const found = statSync(path)
  if (!found.isDirectory()) return found.size
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0)
}
