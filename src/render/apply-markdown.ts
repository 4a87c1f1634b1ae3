import type { Step } from '../model/plan.ts'
import type { ApplyReport, StepResult } from '../model/reports.ts'
import { count } from '../diagnostics/wording.ts'
import { endWords } from './apply-text.ts'
import { fitted, type Section } from './review/fit.ts'
import { penFor, type Pen } from './review/pen.ts'
import { messages } from './review/rest-sections.ts'
import type { ReviewView } from './review/view.ts'

/** How an apply ended as Markdown: what failed, what is left for a person as a checklist, and what is done. */
export function applyMarkdown(report: ApplyReport, steps: readonly Step[], view: ReviewView): string {
  const pen = penFor(view)
  const byId = new Map(steps.map(step => [step.id, step]))
  const of = (status: StepResult['status']) => report.steps.filter(result => result.status === status)
  const part = (status: StepResult['status'], more: Pick<Section, 'rank' | 'what' | 'title' | 'folded'>): Section => ({
    ...more,
    between: '\n',
    blocks: of(status).map(result => item(result, byId.get(result.id), pen)),
  })
  const done = of('done').length
  return fitted(
    `### ${pen.text(headline(report))}\n\nRun ${pen.code(report.run)}, plan ${pen.code(report.digest)}.`,
    [
      {
        rank: 1,
        what: 'guards that block',
        title: 'Blocked: nothing was applied',
        between: '\n',
        blocks: report.guards
          .filter(({ status }) => status === 'blocks')
          .map(({ code, summary }) => `- ${pen.code(code)}: ${pen.prose(summary)}`),
      },
      part('failed', { rank: 2, what: 'steps that failed', title: 'Failed' }),
      part('pending', { rank: 3, what: 'steps left for a person', title: 'Left for a person' }),
      part('not-attempted', { rank: 4, what: 'steps not attempted', title: 'Not attempted' }),
      part('done', { rank: 5, what: 'steps done', title: `${count(done, 'step')} done`, folded: true }),
      ...messages(report.diagnostics, pen),
    ],
    view,
  )
}

/** How an apply ended in one line of plain text. */
function headline({ steps, guards }: ApplyReport): string {
  if (guards.some(({ status }) => status === 'blocks')) return 'Nothing was applied: a guard blocks the plan'
  const tally = (['failed', 'done', 'not-attempted', 'pending'] as const).flatMap(status => {
    const number = steps.filter(result => result.status === status).length
    return number === 0 ? [] : [`${number} ${endWords[status]}`]
  })
  return `Applied: ${tally.length === 0 ? 'there was nothing to do' : tally.join(', ')}`
}

function item({ id, status, reason }: StepResult, step: Step | undefined, pen: Pen): string {
  const name =
    step === undefined ? pen.code(id) : `${pen.text(step.action)} ${pen.text(step.kind)} ${pen.code(step.name)}`
  const page = status === 'pending' ? step?.console : undefined
  const why = reason === undefined || page !== undefined ? '' : `: ${pen.prose(reason)}`
  return [
    `- [${status === 'done' ? 'x' : ' '}] ${name}${why}`,
    ...(page === undefined ? [] : [`    - ${pen.page(page.url)}`]),
    ...(page?.settings ?? []).map(({ label, to }) => `    - ${pen.text(label)}: ${pen.code(to)}`),
  ].join('\n')
}
