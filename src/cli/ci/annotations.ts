import { count } from '../../diagnostics/wording.ts'
import { textOf } from '../../model/json.ts'
import type { DiagnosticDocument } from '../../model/diagnostic-document.ts'
import type { Plan, Step } from '../../model/plan.ts'
import { diagnosticsGithub } from '../../render/diagnostics-github.ts'
import { shortEmails } from '../../render/review/short-email.ts'

/** GitHub shows ten of each level that a step gives: https://docs.github.com/actions/reference/workflow-commands-for-github-actions. */
const shown = 10

const order: readonly Step['direction'][] = ['loosens', 'unknown', 'tightens', 'neutral']

/** What a reviewer sees at the lines: messages that are new, and what each line that the change touches does, loosening first. */
export function annotations(plan: Plan, folder: string): string {
  const before = new Set(plan.base?.diagnosticsBefore)
  const found = plan.diagnostics.filter((_, position) => !before.has(position))
  const old = new Set(plan.base?.steps.flatMap(({ id, origin }) => (origin === 'before' ? [id] : [])))
  const steps = plan.steps
    .filter(({ id, action }) => !old.has(id) && action !== 'confirm')
    .sort((a, b) => order.indexOf(a.direction) - order.indexOf(b.direction))
  return diagnosticsGithub([...found, ...steps.flatMap(step => atItsLine(step) ?? []).slice(0, shown)], folder)
}

function atItsLine({
  action,
  kind,
  name,
  direction,
  source,
  changes,
  accounts = [],
}: Step): DiagnosticDocument | undefined {
  if (source === undefined) return undefined
  const what = changes.map(({ path, before, after }) =>
    before === undefined || before === null
      ? `${path}: ${textOf(after)}`
      : `${path}: ${textOf(before)} → ${textOf(after)}`,
  )
  const whom = accounts.length === 0 ? [] : [count(accounts.length, 'account')]
  const isLooser = direction === 'loosens' || direction === 'unknown'
  return {
    code: direction === 'unknown' ? 'may loosen' : direction === 'neutral' ? action : direction,
    severity: isLooser ? 'warning' : 'note',
    summary: shortEmails([`${action} ${kind} “${name}”`, ...what, ...whom].join('; ')),
    ...source,
    endLine: source.line,
    endColumn: source.column,
  }
}
