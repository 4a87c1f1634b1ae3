import type { DoctorCheck, DoctorReport } from '../model/doctor-report.ts'
import { doctorTally } from './doctor-text.ts'
import { forMarkdown, markdownCode } from './harmless.ts'
import { markdownTable } from './markdown-table.ts'

const words: Readonly<Record<DoctorCheck['status'], string>> = {
  ok: 'ok',
  warning: 'warning',
  failed: '**failed**',
  'not-checked': 'not checked',
}

/** What is missing to run, as a table. */
export const doctorMarkdown = ({ organization, checks }: DoctorReport): string =>
  [
    `### What Postern needs${organization === undefined ? '' : `: ${forMarkdown(organization.name)}`}`,
    '',
    ...markdownTable(
      ['check', 'status', 'what was found', 'what to do'],
      checks.map(({ check, status, summary, fix = '' }) => [
        markdownCode(check),
        words[status],
        forMarkdown(summary),
        forMarkdown(fix),
      ]),
    ),
    doctorTally(checks),
    '',
  ].join('\n')
