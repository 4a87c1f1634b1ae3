import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

/** Which folder of src may import which, besides itself. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  model: [],
  diagnostics: ['model'],
  kinds: ['model', 'diagnostics'],
  policy: ['model', 'diagnostics', 'kinds'],
  evidence: ['model', 'diagnostics', 'kinds'],
  engine: ['model', 'diagnostics', 'kinds'],
  coverage: ['model', 'diagnostics', 'kinds'],
  drift: ['model', 'diagnostics', 'kinds'],
  approvals: ['model', 'diagnostics', 'kinds'],
  adoption: ['model', 'diagnostics', 'kinds'],
  blocks: ['model', 'diagnostics', 'kinds'],
  org: ['model', 'diagnostics', 'kinds'],
  render: ['model', 'diagnostics'],
  ledger: ['model', 'diagnostics'],
  simulator: ['model'],
  operations: [
    'model',
    'diagnostics',
    'kinds',
    'policy',
    'evidence',
    'engine',
    'coverage',
    'drift',
    'approvals',
    'adoption',
    'org',
    'ledger',
  ],
  forge: ['model', 'diagnostics', 'org'],
  cli: ['operations', 'forge', 'render', 'simulator', 'model', 'diagnostics'],
  library: ['operations', 'org', 'render', 'blocks', 'kinds', 'model', 'diagnostics'],
  'index.ts': ['library', 'blocks', 'model'],
  terraform: ['operations', 'render', 'blocks', 'kinds', 'model', 'diagnostics'],
  construct: ['index.ts'],
  lambda: ['cli', 'operations', 'ledger', 'render', 'model', 'diagnostics'],
}

/** Folders that touch nothing of the machine: what they need comes in as an argument. */
const pure = [
  'model',
  'diagnostics',
  'kinds',
  'policy',
  'evidence',
  'engine',
  'coverage',
  'drift',
  'approvals',
  'adoption',
  'blocks',
  'render',
]

const impure = [
  /from 'node:/,
  /import\('node:/,
  /\bprocess\./,
  /\bconsole\.(log|error|warn|info)/,
  /\bfetch\(/,
  /\bDate\.now\(/,
  /new Date\(\)/,
  /\bMath\.random\(/,
  /\bperformance\.now\(/,
  /\bset(Timeout|Interval)\(/,
  /\bcrypto\./,
]

const files = readdirSync('src', { recursive: true, withFileTypes: true })
  .filter(entry => entry.isFile() && entry.name.endsWith('.ts'))
  .map(entry => join(entry.parentPath, entry.name).replaceAll('\\', '/'))
  .sort()

const folderOf = (file: string): string => file.split('/')[1] ?? ''

/** The code of a file without comments, so that words in them do not count. */
const codeOf = (file: string): string =>
  readFileSync(file, 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '')

function importedFolders(file: string): readonly string[] {
  const depth = file.split('/').length - 2
  return [...codeOf(file).matchAll(/(?:from|import\()\s*'(\.{1,2}\/[^']+)'/g)].flatMap(([, path = '']) => {
    const ups = path.split('/').filter(part => part === '..').length
    const target = path.replace(/^(?:\.\.?\/)+/, '')
    if (ups < depth) return []
    return ups === depth ? [target.split('/')[0] ?? ''] : []
  })
}

describe('architecture', () => {
  it.each(files)('%s imports only what its folder may', file => {
    const own = folderOf(file)
    const allowed = mayImport[own]
    expect(allowed, `no row for ${own}`).toBeInstanceOf(Array)
    expect(importedFolders(file).filter(folder => folder !== own && !allowed?.includes(folder))).toEqual([])
  })

  it.each(files.filter(file => pure.includes(folderOf(file))))('%s touches nothing of the machine', file => {
    expect(impure.filter(pattern => pattern.test(codeOf(file))).map(String)).toEqual([])
  })

  it.each(files)('%s has fewer than 300 lines and only named exports', file => {
    const text = readFileSync(file, 'utf8')
    expect(text.split('\n').length).toBeLessThanOrEqual(301)
    expect(/^export default /m.test(text) && !file.includes('/generated/')).toBe(false)
  })

  it('has no folder of leftovers', () => {
    expect(files.filter(file => /(utils?|helpers?|common)(\.ts|\/)/.test(file))).toEqual([])
  })
})
