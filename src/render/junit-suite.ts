import { compareText } from '../model/address.ts'
import type { DiagnosticDocument } from '../model/diagnostic-document.ts'
import { forXml } from './harmless.ts'
import { fileFrom, placeOf } from './place.ts'

/** One test case: it fails by its failures; what else there is to say is its output. */
export interface JunitCase {
  readonly name: string
  readonly failures: readonly { readonly type: string; readonly message: string; readonly text: string }[]
  readonly output: readonly string[]
}

/** JUnit XML of one suite. */
export function junitSuite(cases: readonly JunitCase[]): string {
  const failed = cases.filter(({ failures }) => failures.length > 0).length
  const counts = `tests="${cases.length}" failures="${failed}" errors="0"`
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="postern" ${counts}>`,
    `  <testsuite name="postern" ${counts}>`,
    ...cases.map(caseXml),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

function caseXml({ name, failures, output }: JunitCase): string {
  const opening = `    <testcase classname="postern" name="${forXml(name)}"`
  if (failures.length === 0 && output.length === 0) return `${opening}/>`
  return [
    `${opening}>`,
    ...failures.map(
      ({ type, message, text }) =>
        `      <failure type="${forXml(type)}" message="${forXml(message)}">${forXml(text)}</failure>`,
    ),
    ...(output.length === 0 ? [] : [`      <system-out>${forXml(output.join('\n'))}</system-out>`]),
    '    </testcase>',
  ].join('\n')
}

/** A test case for each file, which fails by its errors; warnings and notes are its output. What is nowhere is a case of the folder. */
export function diagnosticCases(
  diagnostics: readonly DiagnosticDocument[],
  folder: string,
  files: readonly string[],
): readonly JunitCase[] {
  const names = [...new Set([...files, ...diagnostics.flatMap(({ file }) => file ?? [])])].sort(compareText)
  const elsewhere = diagnostics.filter(({ file }) => file === undefined)
  return [
    ...names.map(file =>
      diagnosticCase(
        fileFrom(folder, file),
        diagnostics.filter(other => other.file === file),
        folder,
      ),
    ),
    ...(elsewhere.length > 0 ? [diagnosticCase(folder, elsewhere, folder)] : []),
  ]
}

const diagnosticCase = (name: string, found: readonly DiagnosticDocument[], folder: string): JunitCase => ({
  name,
  failures: found
    .filter(({ severity }) => severity === 'error')
    .map(one => ({ type: one.code, message: one.summary, text: words(one, folder) })),
  output: found.filter(({ severity }) => severity !== 'error').map(one => words(one, folder)),
})

const words = (found: DiagnosticDocument, folder: string): string =>
  `${found.file === undefined ? '' : `${placeOf(folder, found)}: `}${found.severity}[${found.code}]: ${found.summary}${found.hint === undefined ? '' : `\n${found.hint}`}`
