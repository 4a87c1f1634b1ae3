import { count } from '../../diagnostics/wording.ts'
import type { SavedPlan, Step } from '../../model/plan.ts'
import type { StepResult } from '../../model/reports.ts'
import { stepLines } from '../../render/step-text.ts'
import { plainStyle } from '../../render/style.ts'
import { shellWord } from '../../model/shell-word.ts'
import type { Configured } from '../configured.ts'
import type { Problem } from '../contract.ts'
import { error, warning } from '../problems.ts'

/** Columns that Terraform leaves of 80 for what a problem says. */
const width = 74

const textOf = (step: Step, { world }: Pick<Configured, 'world'>): string =>
  stepLines(step, { style: plainStyle(width), folder: '', now: world.now(), verbose: false })
    .join('\n')
    // The attributes of the plan show all.
    .replace(' (--verbose shows all)', '')

/** The console steps that a plan waits for. */
export const consoleSteps = ({ steps }: SavedPlan): readonly Step[] =>
  steps.filter(({ channel }) => channel === 'console')

/** What a person has to do in the console before an apply can be done, as a plan says it. */
export const consoleWarnings = (plan: SavedPlan, configured: Configured): readonly Problem[] =>
  consoleSteps(plan).map(step =>
    warning(
      `${titleOf(step)}: a step in the console comes first`,
      `${textOf(step, configured)}\n\n${thenAttest(configured)}`,
    ),
  )

/** The same as errors, for an apply that cannot be done without. */
export const consoleErrors = (plan: SavedPlan, configured: Configured): readonly Problem[] =>
  consoleSteps(plan).map(step =>
    error(
      `${titleOf(step)}: not done, because no API does it`,
      `${textOf(step, configured)}\n\n${thenAttest(configured)}\nThen apply again.`,
    ),
  )

const thenAttest = ({ view }: Configured): string =>
  `Both commands take \`--from-ledger --ledger ${shellWord(view.ledger.place)}\` where the documents are in Terraform alone.`

const titleOf = ({ action, kind, name, changes }: Step): string =>
  action === 'create'
    ? `create ${kind} “${name}”`
    : `${action} ${count(changes.length, 'setting')} of ${kind} “${name}”`

/** What became of the steps that were not done. */
export const resultProblems = (plan: SavedPlan, results: readonly StepResult[]): readonly Problem[] => {
  const byId = new Map(results.map(result => [result.id, result]))
  return plan.steps.flatMap(step => {
    const result = byId.get(step.id)
    // Why a step failed is told with what was noticed; what was not begun is told nowhere else.
    if (step.channel !== 'api' || result === undefined || ['done', 'failed'].includes(result.status)) return []
    const why = result.reason === undefined ? '' : `: ${result.reason}`
    return [error(`${step.action} ${step.kind} “${step.name}” is ${result.status}${why}`)]
  })
}

/** What people will notice of a plan, in one warning. */
export const impactProblems = ({ impact }: SavedPlan): readonly Problem[] =>
  impact.length === 0
    ? []
    : [
        warning(
          'people will notice this',
          impact.map(({ summary, certain }) => (certain ? summary : `perhaps: ${summary}`)).join('\n'),
        ),
      ]

/** What a plan does through the API where the attributes do not show it: from which policy accounts come, and what an adopted object has before. */
export const apiWarnings = ({ steps }: SavedPlan, configured: Configured): readonly Problem[] =>
  steps
    .filter(({ channel, status }) => channel === 'api' && status === 'ready')
    .map(step => warning(`apply will ${step.action} ${whatOf(step)}`, textOf(step, configured)))

const whatOf = ({ action, kind, name, accounts = [] }: Step): string => {
  if (action === 'move') return `${count(accounts.length, 'account')} into “${name}”`
  if (action === 'suspend' || action === 'restore') return `the access of ${count(accounts.length, 'account')}`
  return `${kind} “${name}”`
}
