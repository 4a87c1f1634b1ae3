import type { AccountCoverage, CoverageReport, RequirementResult } from '../model/coverage.ts'
import { count } from '../diagnostics/wording.ts'
import { demandWords, levelChange } from './coverage-words.ts'
import { forTerminal } from './harmless.ts'
import { diagnosticCases, junitSuite, type JunitCase } from './junit-suite.ts'
import { placeOf } from './place.ts'

/** Accounts that a failure names. */
const named = 50

/** JUnit XML: a test case for each requirement, which fails where it is not met, then one for each file as for diagnostics. */
export const coverageJunit = (report: CoverageReport, folder: string, files: readonly string[]): string =>
  junitSuite([
    ...report.requirements.map(requirement => requirementCase(requirement, report.gaps, folder)),
    // What is not met is told by the case of its requirement already.
    ...diagnosticCases(
      report.diagnostics.filter(({ code }) => code !== 'coverage/unmet'),
      folder,
      files,
    ),
  ])

function requirementCase(requirement: RequirementResult, gaps: readonly AccountCoverage[], folder: string): JunitCase {
  const { name, met, severity, percent, required, population, meeting, excepted } = requirement
  const exceptions = excepted.map(({ account, expires, exception }) =>
    forTerminal(`excepted until ${expires}: ${account.email} (${exception})`),
  )
  const title = `requirement ${name}`
  if (met) return { name: title, failures: [], output: exceptions }
  const message =
    population === 0
      ? 'no account is in it: nothing is measured, which is not the same as met'
      : `${percent} % of ${required} %: ${meeting} of ${count(population, 'account')} ${demandWords(requirement)}`
  const text = [
    ...(requirement.source === undefined ? [] : [placeOf(folder, requirement.source)]),
    message,
    ...shortAccounts(name, gaps),
  ].join('\n')
  return severity === 'error'
    ? { name: title, failures: [{ type: 'coverage/unmet', message, text }], output: exceptions }
    : { name: title, failures: [], output: [`${severity}: ${text}`, ...exceptions] }
}

function shortAccounts(requirement: string, gaps: readonly AccountCoverage[]): readonly string[] {
  const short = gaps.filter(({ unmet }) => unmet.includes(requirement))
  const rest = short.length - named
  return [
    // A line each, whatever is in a name.
    ...short.slice(0, named).map(gap => forTerminal(`${gap.account.email}: ${levelChange(gap)}: ${gap.reason}`)),
    ...(rest > 0 ? [`and ${rest} more`] : []),
  ]
}
