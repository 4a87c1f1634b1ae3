import { compareText } from '../model/address.ts'
import type { DriftDifference, DriftReport } from '../model/drift.ts'
import { grouped } from '../model/grouped.ts'
import { timeWords } from './coverage-words.ts'
import {
  differenceDiagnostic,
  domainWords,
  driftTally,
  lastCompleteWords,
  lifeWords,
  noHistoryWords,
  subjectWords,
} from './drift-words.ts'
import { forTerminal } from './harmless.ts'
import { diagnosticCases, junitSuite, type JunitCase } from './junit-suite.ts'
import { placeOf } from './place.ts'
import { readingWords } from './reading-words.ts'

/**
 * JUnit XML: a test case for the check itself, which fails where not everything was read; one for each object that differs, which fails by what was changed
 * outside; then one for each file as for diagnostics.
 */
export const driftJunit = (report: DriftReport, folder: string, files: readonly string[]): string =>
  junitSuite([
    checkCase(report),
    ...[...grouped(report.differences, ({ kind, name }) => JSON.stringify([kind, name]))]
      .sort(([a], [b]) => compareText(a, b))
      .map(([, differences]) => objectCase(differences, report, folder)),
    // A check that is not complete is told by its own case already.
    ...diagnosticCases(
      report.diagnostics.filter(({ code }) => code !== 'drift/partial'),
      folder,
      files,
    ),
  ])

function checkCase(report: DriftReport): JunitCase {
  const { organization, checkedAt, complete, history, notRead, life, domains } = report
  const unread = notRead.map(({ what, why }) => forTerminal(`not read: ${what}: ${why}`))
  const message = forTerminal(`the check is not complete; last complete check: ${lastCompleteWords(report)}`)
  return {
    name: forTerminal(`drift of ${organization.name}`),
    failures: complete ? [] : [{ type: 'drift/partial', message, text: [message, ...unread].join('\n') }],
    output: [
      `checked ${timeWords(checkedAt)}: ${driftTally(report)}`,
      `last complete check: ${lastCompleteWords(report)}`,
      ...[readingWords(report)].filter(words => words !== ''),
      ...(history ? [] : [noHistoryWords]),
      ...(complete ? unread : []),
      ...life.map(lifeWords),
      ...domains.map(domainWords),
    ].map(forTerminal),
  }
}

function objectCase(differences: readonly DriftDifference[], { history }: DriftReport, folder: string): JunitCase {
  const [first] = differences
  const told = differences.map(difference => {
    const { code, severity, summary, hint = '' } = differenceDiagnostic(difference, history)
    const place = difference.source === undefined ? '' : `${placeOf(folder, difference.source)}: `
    return {
      fails: severity === 'error' && difference.exception === undefined,
      failure: { type: code, message: summary, text: `${place}${summary}\n${hint}` },
      output: `${place}${code}: ${summary}`,
    }
  })
  return {
    name: first === undefined ? '' : forTerminal(subjectWords({ kind: first.kind, name: first.name, path: '' })),
    failures: told.filter(({ fails }) => fails).map(({ failure }) => failure),
    output: told.filter(({ fails }) => !fails).map(({ output }) => output),
  }
}
