import { expect, it } from 'vitest'
import { escapeTemplate } from '../../src/blocks/escape-template.ts'

// What Terraform itself reads of them is tried in test/construct/template.test.ts.
it.each([
  ['plain', 'plain'],
  ['${x}', '$${x}'],
  ['%{ if x }', '%%{ if x }'],
  ['$${x}', '$$${x}'],
  ['a ${b} %{c} ${d}', 'a $${b} %%{c} $${d}'],
  ['$ { % {', '$ { % {'],
  ['$', '$'],
  ['{$}%', '{$}%'],
  ['${${', '$${$${'],
  ['', ''],
])('%j is written as %j', (text, written) => {
  expect(escapeTemplate(text)).toBe(written)
})
