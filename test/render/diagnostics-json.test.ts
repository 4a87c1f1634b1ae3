import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { check, organization, policy } from '../policy/check.ts'
import { hostile, sorts } from './diagnostics.ts'

const ajv = new Ajv2020({ allErrors: true })
const schemaOf = (name: string): object =>
  JSON.parse(readFileSync(join(import.meta.dirname, `../../schemas/${name}.schema.json`), 'utf8')) as object

const report = (diagnostics: unknown): unknown =>
  JSON.parse(JSON.stringify({ formatVersion: '1.0', diagnostics })) as unknown

describe.each(['validate', 'failure'])('the schema of what `%s` prints', name => {
  const isReport = ajv.compile(schemaOf(name))

  it.each([
    ['every sort of diagnostic', sorts],
    ['hostile ones', hostile],
    ['none', []],
  ])('takes %s', (_, diagnostics) => {
    isReport(report(diagnostics))
    expect(isReport.errors ?? []).toEqual([])
  })

  it('takes what validating finds', async () => {
    const { documents } = await check({
      'a.yaml': organization,
      'b.yaml': `${policy}foo: 1\n---\n${policy}members: { accounts: [a@b.example] }\n`,
    })
    expect(documents.length).toBeGreaterThan(3)
    isReport(report(documents))
    expect(isReport.errors ?? []).toEqual([])
  })

  it('takes members that are still to come, and refuses what breaks the contract', () => {
    expect(isReport({ formatVersion: '1.0', diagnostics: [{ ...sorts[0], later: 1 }], later: {} })).toBe(true)
    for (const broken of [
      { diagnostics: [] },
      { formatVersion: '1.0' },
      { formatVersion: '1.0', diagnostics: [{ code: 'x/y', severity: 'fatal', summary: 's' }] },
      { formatVersion: '1.0', diagnostics: [{ severity: 'error', summary: 's' }] },
      { formatVersion: '1.0', diagnostics: [{ code: 'x/y', severity: 'error', summary: 's', line: '1' }] },
    ])
      expect(isReport(broken)).toBe(false)
  })
})
