import { count } from '../diagnostics/wording.ts'
import type { Plan, SinceBase, Step } from '../model/plan.ts'
import { forTerminal } from './harmless.ts'
import { noLongerMet } from './no-longer-met.ts'
import { paragraph, type Style } from './style.ts'

/** Steps that belong together, under what they are called. */
export interface StepPart {
  /** Absent where all steps of the plan stand together. */
  readonly title?: string
  /** What the change protects less, in words. */
  readonly weakened: readonly string[]
  readonly steps: readonly Step[]
}

/** The steps that this change brings first, then what was pending before it. Without `--base` all of them as they are. */
export function stepParts(plan: Pick<Plan, 'steps' | 'coverage' | 'base'>): readonly StepPart[] {
  const { steps, base } = plan
  if (base === undefined) return [{ weakened: [], steps }]
  const before = new Set(base.steps.flatMap(({ id, origin }) => (origin === 'before' ? [id] : [])))
  return [
    { title: 'This change', weakened: weakenedWords(plan), steps: steps.filter(({ id }) => !before.has(id)) },
    {
      title: `Pending before (${forTerminal(base.ref)})`,
      weakened: [],
      steps: steps.filter(({ id }) => before.has(id)),
    },
  ].filter(part => part.steps.length + part.weakened.length > 0)
}

const weakenedWords = (plan: Pick<Plan, 'coverage' | 'base'>): readonly string[] => [
  ...noLongerMet(plan).map(
    ({ name, percent, required }) => `the requirement “${name}” is no longer met: ${percent} %, required ${required} %`,
  ),
  ...(plan.base?.weakens ?? []),
]

/** What the change protects less, whether or not a step shows it. */
export const weakenedLines = (weakened: readonly string[], style: Style): readonly string[] =>
  weakened.length === 0
    ? []
    : [
        style.bold('Weakened by this change'),
        ...weakened.flatMap(words => paragraph(forTerminal(words), style.width, '  ! ').map(style.yellow)),
        '',
      ]

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
  const weakened = base.weakens.length === 0 ? '' : `, ${base.weakens.length} weakened in the documents`
  const words = `${count(of('change', 'both'), 'step')}${weakened}${withdrawn}; pending before (${forTerminal(base.ref)} at ${base.commit.slice(0, 9)}): ${of('before')}`
  const blocking = base.guards.filter(({ origin }) => origin === 'change').map(({ code }) => code)
  return [
    `${style.bold('This change:')} ${words}`,
    ...(base.guards.length > 0 && blocking.length === 0
      ? ['What blocks does so without this change just the same.']
      : []),
  ]
}
