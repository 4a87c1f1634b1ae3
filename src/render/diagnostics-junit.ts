import { compareText } from '../model/address.ts'
import type { DiagnosticDocument } from '../model/diagnostic-document.ts'
import { forXml } from './harmless.ts'
import { fileFrom, placeOf } from './place.ts'

/** JUnit XML: a test case for each file, which fails by its errors; warnings and notes are its output. */
export function diagnosticsJunit(
  diagnostics: readonly DiagnosticDocument[],
  folder: string,
  files: readonly string[],
): string {
  const names = [...new Set([...files, ...diagnostics.flatMap(({ file }) => file ?? [])])].sort(compareText)
  const elsewhere = diagnostics.filter(({ file }) => file === undefined)
  const cases = [
    ...names.map(file => ({ name: fileFrom(folder, file), found: diagnostics.filter(other => other.file === file) })),
    ...(elsewhere.length > 0 ? [{ name: folder, found: elsewhere }] : []),
  ]
  const failures = cases.filter(({ found }) => found.some(isFailure)).length
  const counts = `tests="${cases.length}" failures="${failures}" errors="0"`
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="postern" ${counts}>`,
    `  <testsuite name="postern" ${counts}>`,
    ...cases.map(({ name, found }) => testCase(name, found, folder)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

const isFailure = ({ severity }: DiagnosticDocument): boolean => severity === 'error'

function testCase(name: string, found: readonly DiagnosticDocument[], folder: string): string {
  const failures = found.filter(isFailure)
  const others = found.filter(diagnostic => !isFailure(diagnostic))
  const opening = `    <testcase classname="postern" name="${forXml(name)}"`
  if (found.length === 0) return `${opening}/>`
  return [
    `${opening}>`,
    ...failures.map(({ code, summary, ...rest }) => {
      const text = words({ code, summary, ...rest }, folder)
      return `      <failure type="${forXml(code)}" message="${forXml(summary)}">${forXml(text)}</failure>`
    }),
    ...(others.length > 0
      ? [`      <system-out>${forXml(others.map(other => words(other, folder)).join('\n'))}</system-out>`]
      : []),
    '    </testcase>',
  ].join('\n')
}

const words = (found: DiagnosticDocument, folder: string): string =>
  `${found.file === undefined ? '' : `${placeOf(folder, found)}: `}${found.severity}[${found.code}]: ${found.summary}${found.hint === undefined ? '' : `\n${found.hint}`}`
