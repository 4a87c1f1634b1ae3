import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const declared = readdirSync('src/library').flatMap(file => {
  const text = readFileSync(`src/library/${file}`, 'utf8')
  return [...text.matchAll(/^export interface (\w*(?:Options|Connection|Clock)) [^{]*\{\n([^]*?)^\}/gm)].map(
    ([, name = '', body = '']) => [name, body] as const,
  )
})

it.each(declared)('each option of %s says what it is for', (_, body) => {
  const lines = body.split('\n')
  const undocumented = lines.filter((line, at) => /^ {2}readonly /.test(line) && !lines[at - 1]?.endsWith('*/'))
  expect(undocumented).toEqual([])
})

it('knows all of them', () => {
  expect(declared.length).toBeGreaterThan(12)
})
