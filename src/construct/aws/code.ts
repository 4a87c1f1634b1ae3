import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { zipSync } from 'fflate'
import { AssetType, TerraformAsset, type Construct } from '../cdktf.ts'

/** The code of all functions: one archive, and the hash that tells Terraform of a new one. */
export interface Code {
  readonly path: string
  readonly hash: string
}

/** The handlers, and the command line that they run. */
const files = {
  'index.cjs': 'lambda/index.cjs',
  'postern.cjs': 'postern.cjs',
  'postern.chunks': 'postern.chunks',
} as const

/** Packs the code as an asset of the stack. The same code gives the same bytes, wherever and whenever it is packed. */
export function packCode(scope: Construct, folder = ownFolder()): Code {
  const bytes = archiveOf(folder)
  const place = mkdtempSync(join(tmpdir(), 'postern-code-'))
  // The asset is copied when the stack is synthesized, which is before the process ends.
  process.once('exit', () => rmSync(place, { recursive: true, force: true }))
  const archive = join(place, 'postern.zip')
  writeFileSync(archive, bytes)
  const asset = new TerraformAsset(scope, 'code', { path: archive, type: AssetType.FILE })
  return { path: asset.path, hash: createHash('sha256').update(bytes).digest('base64') }
}

/** Readable by everybody, as Lambda wants it: an archive without rights is unpacked without any on some systems. */
const attributes = (0o100644 << 16) >>> 0

/** The archive. Times in it are local: one made of local parts is the same in every time zone. */
export function archiveOf(folder: string): Uint8Array {
  const missing = Object.values(files).filter(file => !existsSync(join(folder, file)))
  if (missing.length > 0)
    throw new Error(`PosternRunner cannot find the code of its functions: ${missing.join(', ')} not in ${folder}`)
  const entries = Object.entries(files).map(([name, file]) => [name, readFileSync(join(folder, file))] as const)
  return zipSync(Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1))), {
    level: 9,
    mtime: new Date(1980, 0, 1),
    os: 3,
    attrs: attributes,
  })
}

/** Beside this module where the package is built; in the built package where this is its source. */
function ownFolder(): string {
  const beside = fileURLToPath(new URL('./', import.meta.url))
  return existsSync(join(beside, files['postern.cjs']))
    ? beside
    : fileURLToPath(new URL('../../../dist/', import.meta.url))
}
