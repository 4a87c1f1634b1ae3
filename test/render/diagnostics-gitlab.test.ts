import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { diagnosticsGitlab, type GitlabView } from '../../src/render/diagnostics-gitlab.ts'
import { driftGitlab } from '../../src/render/drift-gitlab.ts'
import { hostile, sorts } from './diagnostics.ts'
import { hostileReports, partialReport, report } from './drift-reports.ts'
import { acting } from './hostile-text.ts'

const view: GitlabView = {
  folder: './policies',
  files: ['organization.yaml', 'staff.yaml'],
  sha256Base64: text => createHash('sha256').update(text).digest('base64'),
}

interface Entry {
  readonly description: string
  readonly check_name: string
  readonly fingerprint: string
  readonly severity: string
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } }
}

const entries = (text: string): readonly Entry[] => JSON.parse(text) as readonly Entry[]

/** What GitLab's documentation asks of each entry. */
function expectReport(text: string): void {
  const all = entries(text)
  for (const { description, check_name: name, fingerprint, severity, location } of all) {
    expect(description).not.toMatch(acting)
    expect(description).not.toBe('')
    expect(name).toMatch(/^[^\n]+$/)
    expect(fingerprint).toMatch(/^[\w+/]{43}=$/)
    expect(['info', 'minor', 'major', 'critical', 'blocker']).toContain(severity)
    // A path from the root of the repository.
    expect(location.path).toMatch(/^(?!\.\/|\/).+/)
    expect(location.lines.begin).toBeGreaterThan(0)
  }
  expect(new Set(all.map(({ fingerprint }) => fingerprint)).size).toBe(all.length)
}

describe('diagnostics as a Code Quality report', () => {
  it('are entries with a place', () => {
    const text = diagnosticsGitlab(sorts, view)
    expectReport(text)
    expect(entries(text).map(({ check_name: name, severity, location }) => [name, severity, location])).toEqual(
      sorts.map(({ code, severity, file = 'organization.yaml', line = 1 }) => [
        code,
        { error: 'critical', warning: 'minor', note: 'info' }[severity],
        { path: `policies/${file}`, lines: { begin: line } },
      ]),
    )
  })

  it('are an empty list where there are none', () => expect(diagnosticsGitlab([], view)).toBe('[]\n'))

  it('keep their fingerprints where lines move, also those that are alike', () => {
    const twice = sorts.flatMap(found => [found, found])
    const moved = twice.map(found => (found.line === undefined ? found : { ...found, line: found.line + 7 }))
    const prints = (text: string) => entries(text).map(({ fingerprint }) => fingerprint)
    expect(prints(diagnosticsGitlab(moved, view))).toEqual(prints(diagnosticsGitlab(twice, view)))
    expectReport(diagnosticsGitlab(twice, view))
  })

  it('without any document stand at the folder', () =>
    expect(
      entries(diagnosticsGitlab(sorts.slice(0, 1), { ...view, folder: 'policies', files: [] })).map(
        ({ location }) => location.path,
      ),
    ).toEqual(['policies']))

  it('are harmless, whatever is in them', () => expectReport(diagnosticsGitlab(hostile, view)))
})

describe('drift as a Code Quality report', () => {
  it('has the differences that nobody excepted, the most urgent first', () => {
    const text = driftGitlab(report, view)
    expectReport(text)
    expect(entries(text).map(({ check_name: name, severity }) => `${severity} ${name}`)).toMatchInlineSnapshot(`
      [
        "info drift/not-read",
        "critical drift/changed-outside",
        "critical drift/conflict",
        "info drift/pending",
        "minor drift/new",
        "minor drift/vendor",
        "info drift/settling",
        "minor drift/stale",
        "minor drift/stale",
        "info drift/unverified",
        "info drift/unverified",
        "minor drift/exception-unused",
      ]
    `)
  })

  it('of a check that is not complete is an error', () =>
    expect(entries(driftGitlab(partialReport, view))[0]).toMatchObject({
      check_name: 'drift/not-read',
      severity: 'critical',
    }))

  it('keeps the fingerprint of a difference whatever its value is', () => {
    const other = { ...report, differences: report.differences.map(one => ({ ...one, live: 'something else' })) }
    const prints = (text: string) => entries(text).map(({ fingerprint }) => fingerprint)
    expect(prints(driftGitlab(other, view))).toEqual(prints(driftGitlab(report, view)))
  })

  it.each(hostileReports)('is harmless, whatever is in it: %j', (_, hostileReport) =>
    expectReport(driftGitlab(hostileReport, view)),
  )
})
