import { describe, expect, it } from 'vitest'
import { driftGithub } from '../../src/render/drift-github.ts'
import { excepted, hostileReports, partialReport, quietReport, report, unknownClassReport } from './drift-reports.ts'
import { acting } from './hostile-text.ts'

const lines = (shown: typeof report): readonly string[] => driftGithub(shown, 'policies').trimEnd().split('\n')

const heads = (shown: typeof report): readonly string[] =>
  lines(shown).map(line => /^::(.*?)::/.exec(line)?.[1] ?? line)

describe('drift for GitHub', () => {
  it('is the summary, what was not read, each difference at its line, then the diagnostics', () =>
    expect(heads(report)).toEqual([
      'notice title=drift',
      'notice title=drift/not-read',
      'error file=policies/contractors.yaml,line=9,col=3,title=drift/changed-outside',
      'error file=policies/network.yaml,line=4,col=1,title=drift/conflict',
      'notice title=drift/pending',
      'warning title=drift/new',
      'warning file=policies/network.yaml,line=3,col=1,title=drift/vendor',
      'notice title=drift/settling',
      'warning file=policies/external.yaml,line=8,col=5,title=drift/stale',
      'warning file=policies/external.yaml,line=9,col=5,title=drift/stale',
      'notice file=policies/staff.yaml,line=11,col=3,title=drift/unverified',
      'notice file=policies/staff.yaml,line=12,col=3,title=drift/unverified',
      'warning file=policies/network.yaml,line=30,col=1,title=drift/exception-unused',
    ]))

  it.each([
    [
      'nothing',
      quietReport,
      [
        '::notice title=drift::Drift of acme, checked 2026-11-24 12:00 UTC: No drift. Last complete check: 2026-11-24 12:00 UTC.',
      ],
    ],
    [
      'what is excepted',
      { ...quietReport, differences: [excepted] },
      [
        '::notice title=drift::Drift of acme, checked 2026-11-24 12:00 UTC: No drift; 1 excepted. Last complete check: 2026-11-24 12:00 UTC.',
      ],
    ],
  ])('of %s is the summary alone', (_, shown, expected) => expect(lines(shown)).toEqual(expected))

  it('fails by a check that is not complete', () =>
    expect(heads(partialReport)).toEqual([
      'error title=drift',
      'error title=drift/not-read',
      'notice title=drift/no-history',
      'error title=drift/partial',
    ]))

  it('warns of a class that is not known', () =>
    expect(heads(unknownClassReport)[1]).toMatch(/^warning .*title=drift\/foreseen$/))

  it.each(hostileReports)('stays one command a line: %j', (_, hostile) => {
    expect(lines(hostile)).toHaveLength(7)
    for (const line of lines(hostile)) {
      expect(line).not.toMatch(acting)
      expect(line).toMatch(/^::(error|warning) (file=[^:]*,line=1,col=1,)?title=[^:]*::/)
    }
  })
})
