import type { ApplyReport, StepResult } from '../model/reports.ts'
import type { Step } from '../model/plan.ts'
import { forTerminal } from './harmless.ts'
import type { PlanView } from './plan-text.ts'
import { fitted, type Style } from './style.ts'

/** How a step ended. */
export const endWords = {
  done: 'done',
  failed: 'failed',
  'not-attempted': 'not attempted',
  pending: 'left for a person',
} as const

/** What came of a step that ended, while apply goes on. */
export function stepResultLine(step: Step, result: StepResult, style: Style): string {
  const paint = { done: style.green, failed: style.red, 'not-attempted': style.yellow, pending: style.yellow }[
    result.status
  ]
  const mark = { done: '✓', failed: '✗', 'not-attempted': '-', pending: '…' }[result.status]
  const why = result.reason === undefined || result.status === 'pending' ? '' : `: ${forTerminal(result.reason)}`
  const line = `${paint(`${mark} ${endWords[result.status]}`)}  ${step.action} ${step.kind} “${forTerminal(step.name)}”${why}`
  return fitted([line], style.width).join('\n')
}

/** How an apply ended, and what is left. Console steps are repeated as a checklist. */
export function applyText(report: ApplyReport, steps: readonly Step[], view: PlanView): string {
  const { style } = view
  const results = new Map(report.steps.map(result => [result.id, result]))
  const left = steps.filter(({ id, channel }) => channel === 'console' && results.get(id)?.status === 'pending')
  const tally = (['done', 'failed', 'not-attempted', 'pending'] as const).flatMap(status => {
    const number = report.steps.filter(result => result.status === status).length
    return number === 0 ? [] : [`${number} ${endWords[status]}`]
  })
  const lines = [
    ...(left.length === 0
      ? []
      : [
          style.bold('Left to do in the console'),
          ...left.flatMap(step => [
            `  [ ] ${step.action} ${step.kind} “${forTerminal(step.name)}”`,
            `      ${forTerminal(step.console?.url ?? '')}`,
          ]),
          style.dim('  `postern plan` shows each setting and how to bring evidence.'),
          '',
        ]),
    ...(report.guards.some(({ status }) => status === 'blocks')
      ? [`${style.bold('Nothing was applied:')} a guard blocks the plan`]
      : [
          `${style.bold('Applied:')} ${tally.length === 0 ? 'there was nothing to do' : tally.join(', ')}  ${style.dim(`(run ${report.run})`)}`,
        ]),
    '',
  ]
  return fitted(lines, style.width).join('\n')
}
