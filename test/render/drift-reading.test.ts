import { describe, expect, it } from 'vitest'
import type { DriftReport } from '../../src/model/drift.ts'
import { driftGithub } from '../../src/render/drift-github.ts'
import { driftJunit } from '../../src/render/drift-junit.ts'
import { driftMarkdown } from '../../src/render/drift-markdown.ts'
import { driftMetrics } from '../../src/render/drift-metrics.ts'
import { driftSarif } from '../../src/render/drift-sarif.ts'
import { driftSlack } from '../../src/render/drift-slack.ts'
import { driftText } from '../../src/render/drift-text.ts'
import { driftTally } from '../../src/render/drift-words.ts'
import { driftHtml } from '../../src/render/html/drift-html.ts'
import { readingWords } from '../../src/render/reading-words.ts'
import { plainStyle } from '../../src/render/style.ts'
import { incrementalReport, quietReport } from './drift-reports.ts'

const now = new Date('2026-11-24T12:00:00Z')
const folder = 'policies'

const formats: Readonly<Record<string, (report: DriftReport) => string>> = {
  text: report => driftText(report, { style: plainStyle(100), folder, now, verbose: false }),
  markdown: report => driftMarkdown(report, { folder, now, emails: 'short' }),
  html: report => driftHtml(report, { folder, now, version: '1.0.0', sha256Base64: () => 'x' }),
  slack: report => driftSlack(report, { folder }),
  junit: report => driftJunit(report, folder, []),
  github: report => driftGithub(report, folder),
}

const flat = (text: string): string =>
  text
    .replaceAll('%2C', ',')
    .replaceAll('\\-', '-')
    .replace(/\\n|\s+/g, ' ')

describe('a check that went by the audit log', () => {
  it.each(Object.entries(formats))('is labelled so in %s, and one that read everything is not', (_, render) => {
    const told = flat(render(incrementalReport))
    expect(told).toContain('No drift as far as the audit log tells')
    expect(told).toMatch(/verything was last read .*2026-11-24.09:00/)
    expect(told).toContain('Not read again: accounts, which policies accounts are in, groups, but for 3 accounts;')
    expect(told).toContain('12 requests in place of 2,004.')
    const full = flat(render(quietReport))
    expect(full).toContain('No drift')
    expect(full).not.toMatch(/audit log tells|last read|Not read again/)
  })

  it('is told in full in SARIF and metrics', () => {
    const { runs } = JSON.parse(driftSarif(incrementalReport, folder, '1.0.0')) as {
      runs: { properties: DriftReport }[]
    }
    expect(runs[0]?.properties.reading).toEqual(incrementalReport.reading)
    const counters = { checks: { ok: 1, failed: 0 }, lastFailed: false, requests: 12 }
    const line = `postern_last_full_read_timestamp_seconds ${Date.parse(incrementalReport.reading.fullAt) / 1000}\n`
    expect(driftMetrics(incrementalReport, counters)).toContain(line)
    expect(driftMetrics(undefined, counters)).toContain('postern_last_full_read_timestamp_seconds 0\n')
  })

  it('is no check without drift where something differs', () => {
    const [difference] = [{ class: 'new', kind: 'ExternalUserPolicy', name: 'external', path: 'access' } as const]
    expect(driftTally({ ...incrementalReport, differences: [difference] })).toBe('1 difference: 1 new')
  })
})

describe('how much was read, in words', () => {
  const because = [
    { code: 'day-old', summary: 'everything is read once a day' },
    { code: 'applied', summary: 'an apply ended since everything was last read' },
  ]
  it.each<[string, DriftReport['reading'], string]>([
    ['nothing of the first check', quietReport.reading, ''],
    [
      'why everything was read',
      { ...quietReport.reading, because },
      'Everything was read: everything is read once a day; an apply ended since everything was last read.',
    ],
    [
      'what was read all the same',
      {
        ...incrementalReport.reading,
        because: [{ code: 'actions-missing', summary: 'the audit log has no action for X: accounts are read in full' }],
        kept: { collections: ['policies', 'groups'], accountsReadAgain: 0, fullRequests: 1204 },
      },
      'Not read again: which policies accounts are in, groups; --full reads everything. 12 requests in place of 1,204. Read all the same: the audit log has no action for X: accounts are read in full.',
    ],
  ])('%s', (_, reading, words) => {
    expect(readingWords({ ...incrementalReport, reading })).toBe(words)
  })
})
