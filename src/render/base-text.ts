import { count } from '../diagnostics/wording.ts'
import type { Plan, SinceBase, Step } from '../model/plan.ts'
import { forTerminal } from './harmless.ts'
import { paragraph, type Style } from './style.ts'

/** Steps that belong together, under what they are called. */
export interface StepPart {
  /** Absent where all steps of the plan stand together. */
  readonly title?: string
  readonly steps: readonly Step[]
}

/** The steps that this change brings first, then what was pending before it. Without `--base` all of them as they are. */
export function stepParts({ steps, base }: Pick<Plan, 'steps' | 'base'>): readonly StepPart[] {
  if (base === undefined) return [{ steps }]
  const before = new Set(base.steps.flatMap(({ id, origin }) => (origin === 'before' ? [id] : [])))
  return [
    { title: 'This change', steps: steps.filter(({ id }) => !before.has(id)) },
    { title: `Pending before (${forTerminal(base.ref)})`, steps: steps.filter(({ id }) => before.has(id)) },
  ].filter(part => part.steps.length > 0)
}

/** What of a step this change brings, where the rest was pending before. */
export function ownLines({ id }: Step, base: SinceBase | undefined, style: Style): readonly string[] {
  const found = base?.steps.find(step => step.id === id)
  if (found?.origin !== 'both') return []
  const { paths = [], accounts = [] } = found
  const parts = [...paths, ...(accounts.length > 0 ? [count(accounts.length, 'account')] : [])]
  return paragraph(
    `of this change: ${forTerminal(parts.join(', '))}; the rest was pending before`,
    style.width,
    '      ',
  )
}

/** What was pending and is no more. */
export const withdrawnLines = (base: SinceBase | undefined, style: Style): readonly string[] =>
  base === undefined || base.withdrawn.length === 0
    ? []
    : [
        style.bold('No longer pending with this change'),
        '',
        ...base.withdrawn.flatMap(({ action, kind, name, changes }) => {
          const paths = changes.length === 0 ? '' : `: ${changes.map(({ path }) => path).join(', ')}`
          return paragraph(forTerminal(`${action} ${kind} “${name}”${paths}`), style.width, '  ')
        }),
        '',
      ]

/** The line that counts what this change brings and what was pending before. */
export function sinceLines(base: SinceBase | undefined, style: Style): readonly string[] {
  if (base === undefined) return []
  const of = (...origins: readonly string[]): number =>
    base.steps.filter(({ origin }) => origins.includes(origin)).length
  const withdrawn = base.withdrawn.length === 0 ? '' : `, ${base.withdrawn.length} withdrawn`
  const words = `${count(of('change', 'both'), 'step')}${withdrawn}; pending before (${forTerminal(base.ref)} at ${base.commit.slice(0, 9)}): ${of('before')}`
  const blocking = base.guards.filter(({ origin }) => origin === 'change').map(({ code }) => code)
  return [
    `${style.bold('This change:')} ${words}`,
    ...(base.guards.length > 0 && blocking.length === 0
      ? ['What blocks does so without this change just the same.']
      : []),
  ]
}
