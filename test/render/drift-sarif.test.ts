import { createRequire } from 'node:module'
import type { Log, Result } from 'sarif'
import { describe, expect, it } from 'vitest'
import type { DriftDifference, DriftReport } from '../../src/model/drift.ts'
import { driftSarif } from '../../src/render/drift-sarif.ts'
import {
  changedOutside,
  excepted,
  hostileReports,
  longReport,
  partialReport,
  quietReport,
  report,
  unknownClassReport,
} from './drift-reports.ts'
import { acting } from './hostile-text.ts'

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

const sarif = (shown: DriftReport): Log => JSON.parse(driftSarif(shown, 'policies', '1.2.3')) as Log
const results = (shown: DriftReport): readonly Result[] => sarif(shown).runs[0]?.results ?? []
const of = (...differences: readonly DriftDifference[]): readonly Result[] => results({ ...quietReport, differences })

describe('drift as SARIF', () => {
  it.each<readonly [string, DriftReport]>([
    ['each class', report],
    ['nothing', quietReport],
    ['a check that is not complete', partialReport],
    ['many differences', longReport],
    ['a class that is not known', unknownClassReport],
    ...hostileReports,
  ])('is valid for %j', (_, shown) => {
    isSarif(sarif(shown))
    expect(isSarif.errors ?? []).toEqual([])
  })

  it('has a rule for each class, with its level', () =>
    expect([...new Set(results(report).map(({ ruleId, level }) => `${ruleId} ${level}`))]).toEqual([
      'drift/changed-outside error',
      'drift/conflict error',
      'drift/pending note',
      'drift/new warning',
      'drift/vendor warning',
      'drift/settling note',
      'drift/stale warning',
      'drift/unverified note',
      'drift/exception-unused warning',
    ]))

  it('says what a class means where the rule is, and results name theirs', () => {
    const [run] = sarif(report).runs
    const rules = run?.tool.driver.rules ?? []
    expect(rules[0]).toMatchObject({
      id: 'drift/changed-outside',
      shortDescription: { text: 'the organization moved, git did not' },
    })
    for (const { ruleId, ruleIndex = -1 } of run?.results ?? []) expect(rules[ruleIndex]?.id).toBe(ruleId)
  })

  it('points at the line that governs it, and names object, values and actor', () =>
    expect(of(changedOutside)[0]).toMatchObject({
      message: {
        text: expect.stringMatching(
          /^AuthenticationPolicy “Contractors and break-glass” members of jo@acme\.com: .* ↔ live Staff behind Okta; by bo@acme\.com \(Bo Lind\), 2026-11-24 08:15 UTC, event event-17, from 198\.51\.100\.7\n/,
        ) as string,
      },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'policies/contractors.yaml' },
            region: { startLine: 9, startColumn: 3 },
          },
        },
      ],
    }))

  it('keeps the fingerprint whatever time, place, value and actor it has', () => {
    const { actor, at, eventId, source, ...rest } = changedOutside
    const email = 'JO@acme.com'
    const prints = of(
      { ...changedOutside },
      { ...rest, live: 'other', account: { email } },
      { ...changedOutside, path: 'settings.apiTokens' },
      { ...changedOutside, account: { email: 'kim@acme.com' } },
    ).map(({ partialFingerprints }) => partialFingerprints?.['difference/v1'])
    expect([actor, at, eventId, source]).not.toContain(undefined)
    expect(prints[1]).toBe(prints[0])
    expect(new Set(prints).size).toBe(3)
  })

  it('suppresses what is excepted', () =>
    expect(of(excepted, changedOutside).map(({ suppressions }) => suppressions)).toEqual([
      [
        {
          kind: 'external',
          justification: 'excepted by “office is moving”, owner alice@acme.com, until 2027-03-31',
        },
      ],
      undefined,
    ]))

  it.each([
    ['complete', report, true, ['warning']],
    ['not complete', partialReport, false, ['error']],
  ])('tells that a check is %s', (_, shown, successful, levels) => {
    const [run] = sarif(shown).runs
    expect(run?.properties).toMatchObject({ lastCompleteAt: shown.lastCompleteAt, complete: successful })
    expect(run?.invocations?.[0]).toMatchObject({ executionSuccessful: successful })
    expect(run?.invocations?.[0]?.toolExecutionNotifications?.map(({ level }) => level)).toEqual(levels)
  })

  it.each(hostileReports)('has no link and no mark that a name brought in: %j', (_, hostile) => {
    for (const { message, partialFingerprints } of results(hostile)) {
      if (partialFingerprints === undefined) continue
      expect(message.text?.replaceAll('\u200d', '')).not.toMatch(acting)
      expect(message.text).not.toContain('](')
    }
  })
})
