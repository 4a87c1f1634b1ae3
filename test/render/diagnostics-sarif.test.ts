import { createRequire } from 'node:module'
import type { Log } from 'sarif'
import { describe, expect, it } from 'vitest'
import { diagnosticsSarif } from '../../src/render/diagnostics-sarif.ts'
import { hostile, sorts } from './diagnostics.ts'

interface OldAjv {
  addMetaSchema(schema: unknown): void
  compile(schema: unknown): ((value: unknown) => boolean) & { readonly errors?: unknown }
}

// The matcher itself wants Jest’s globals; its schema and the validator for it do not.
const require = createRequire(createRequire(import.meta.url).resolve('@microsoft/jest-sarif'))
const Ajv = require('ajv') as new (options: object) => OldAjv
const ajv = new Ajv({ schemaId: 'auto', validateSchema: false })
ajv.addMetaSchema(require('ajv/lib/refs/json-schema-draft-04.json'))
const isSarif = ajv.compile(require('./schemas/sarif-2.1.0-rtm.5.json'))

const sarif = (diagnostics: Parameters<typeof diagnosticsSarif>[0], folder = 'policies', page?: string): Log =>
  JSON.parse(diagnosticsSarif(diagnostics, folder, '1.2.3', page)) as Log

describe('SARIF', () => {
  it.each([
    ['every sort of diagnostic', sorts],
    ['nothing', []],
    ['hostile diagnostics', hostile],
  ])('is valid for %s', (_, diagnostics) => {
    isSarif(sarif(diagnostics))
    expect(isSarif.errors ?? []).toEqual([])
  })

  it('is valid with addresses of explanations', () => {
    isSarif(sarif(sorts, 'policies', 'https://postern.example/troubleshooting.html'))
    expect(isSarif.errors ?? []).toEqual([])
  })

  it('would be found invalid', () => {
    const log = sarif(sorts)
    expect(isSarif({ ...log, version: '2.0.0' })).toBe(false)
    expect(isSarif({ ...log, runs: [{ results: [] }] })).toBe(false)
  })

  it('has one rule for each code, and results that name theirs', () => {
    const [run] = sarif([...sorts, ...sorts]).runs
    const rules = run?.tool.driver.rules?.map(({ id }) => id) ?? []
    expect(rules).toEqual([...new Set(sorts.map(({ code }) => code))].sort())
    for (const { ruleId, ruleIndex = -1 } of run?.results ?? []) expect(rules[ruleIndex]).toBe(ruleId)
    expect(run?.tool.driver).toMatchObject({ name: 'postern', version: '1.2.3' })
  })

  it('says where, in the columns that the diagnostics count', () => {
    const [run] = sarif(sorts).runs
    expect(run?.columnKind).toBe('utf16CodeUnits')
    expect(run?.results?.map(({ level }) => level)).toEqual(['error', 'error', 'error', 'warning', 'note'])
    expect(run?.results?.[0]?.locations).toBeUndefined()
    expect(run?.results?.[2]).toMatchObject({
      message: { text: expect.stringMatching(/^the break-glass account .*\nwhen the identity provider/) as string },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'policies/team/staff.yaml' },
            region: { startLine: 8, startColumn: 13, endLine: 8, endColumn: 21 },
          },
        },
      ],
      relatedLocations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'policies/organization.yaml' },
            region: { startLine: 4, startColumn: 14 },
          },
          message: { text: 'declared as a break-glass account here' },
        },
      ],
    })
  })

  it('writes file names as addresses', () => {
    const [found] = sorts.slice(1)
    const uri = (file: string, folder: string) =>
      sarif([{ ...found, file } as typeof found & object], folder).runs[0]?.results?.[0]?.locations?.[0]
        ?.physicalLocation?.artifactLocation?.uri
    expect(uri('a b/ü#?%.yaml', '.')).toBe('a%20b/%C3%BC%23%3F%25.yaml')
    expect(uri('a.yaml', './x/y/')).toBe('x/y/a.yaml')
  })
})
