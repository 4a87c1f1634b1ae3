import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.ts'))
  .map(file => file.replaceAll('\\', '/'))

/** The files that name a package in an import, an export or a call of `import` or `require`. */
const importers = (names: RegExp): readonly string[] =>
  sources.filter(file =>
    [...readFileSync(join('src', file), 'utf8').matchAll(/(?:from|import|require)\s*\(?\s*['"]([^'"]+)['"]/g)].some(
      ([, name = '']) => names.test(name),
    ),
  )

it('binds to CDKTF in one file', () => {
  expect(importers(/^(cdktf|cdktn|constructs)(\/|$)/)).toEqual(['construct/cdktf.ts'])
})

it('is used by the constructs only: whoever has the command line or the library needs none of it', () => {
  expect(importers(/construct\//).filter(file => !file.startsWith('construct/'))).toEqual([])
})
