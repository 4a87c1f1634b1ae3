import type { DiagnosticDocument } from '../model/diagnostic-document.ts'
import { diagnosticCases, junitSuite } from './junit-suite.ts'

/** JUnit XML: a test case for each file, which fails by its errors; warnings and notes are its output. */
export const diagnosticsJunit = (
  diagnostics: readonly DiagnosticDocument[],
  folder: string,
  files: readonly string[],
): string => junitSuite(diagnosticCases(diagnostics, folder, files))
