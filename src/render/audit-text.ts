import { count } from '../diagnostics/wording.ts'
import type { AuditedRun, AuditReport } from '../model/run-record.ts'
import { forMarkdown, forTerminal, markdownCode } from './harmless.ts'
import { markdownTable } from './markdown-table.ts'
import { fitted, paragraph, type Style } from './style.ts'

const outcomeOf = ({ done, failed, complete, problem }: AuditedRun): string =>
  problem ??
  [`${done} done`, ...(failed === 0 ? [] : [`${failed} failed`]), ...(complete ? [] : ['cut off'])].join(', ')

const approvers = ({ approvedBy }: AuditedRun): string =>
  approvedBy.length === 0 ? '' : `, approved by ${approvedBy.join(', ')}`

const caveat =
  'A chain alone can be rewritten whole by whoever can write to the ledger: note the head where they cannot, such as in the job’s log or a ticket, and check it later with --head.'

const notIntact = (runs: AuditReport['runs']): string =>
  runs.some(({ problem }) => problem !== undefined)
    ? 'The chain is not intact.'
    : 'The chain is not the one whose head was noted.'

/** The chain, the newest run first, with its head to be noted elsewhere. */
export function auditText({ head, intact, runs }: AuditReport, style: Style): string {
  if (head === null) return ''
  const last = runs.at(-1)
  const lines = [
    ...runs.flatMap(run => [
      `${run.problem === undefined ? style.green('✓') : style.red('✗')} ${forTerminal(run.run)}${run.at === '' ? '' : `  ${style.dim(forTerminal(run.at.slice(0, 16).replace('T', ' ')))}`}`,
      ...paragraph(
        `${forTerminal(outcomeOf(run))}${run.by === '' ? '' : `, by ${forTerminal(run.by)}`}${forTerminal(approvers(run))}`,
        style.width,
        '    ',
      ),
    ]),
    '',
    intact
      ? `${style.bold('The chain is intact:')} ${count(runs.length, 'run')}, from ${forTerminal(last?.run ?? '')} to the head`
      : style.red(notIntact(runs)),
    `${style.bold('Head:')} ${forTerminal(head.digest)}`,
    ...paragraph(caveat, style.width).map(style.dim),
    '',
  ]
  return fitted(lines, style.width).join('\n')
}

/** The same as Markdown. */
export const auditMarkdown = ({ head, intact, runs }: AuditReport): string =>
  head === null
    ? 'The ledger holds no run yet.\n'
    : [
        `### The chain of runs is ${intact ? 'intact' : '**not intact**'}`,
        '',
        ...markdownTable(
          ['run', 'at', 'by', 'approved by', 'outcome'],
          runs.map(run => [
            markdownCode(run.run),
            forMarkdown(run.at),
            forMarkdown(run.by),
            forMarkdown(run.approvedBy.join(', ')),
            forMarkdown(outcomeOf(run)),
          ]),
        ),
        `Head: ${markdownCode(head.digest)}`,
        '',
        caveat,
        '',
      ].join('\n')
