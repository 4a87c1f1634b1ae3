import { grouped } from '../../model/grouped.ts'
import { isStrings } from '../../model/json.ts'
import type { ConsoleStep, Step } from '../../model/plan.ts'
import { count } from '../../diagnostics/wording.ts'
import { valueWords } from '../evidence-words.ts'
import { markdownTable } from '../markdown-table.ts'
import { accountsWords } from '../step-text.ts'
import { foldedPart } from './fit.ts'
import type { StepPart } from './parts-of.ts'
import type { Pen } from './pen.ts'
import { peopleMarkdown } from './people.ts'

/** Rows, and groups of accounts, that one step shows at most. */
const most = 20

/** One step, or what a change brings of it, as Markdown: what it is and where it is governed, each setting from and to, the page, and whose accounts. */
export const stepBlock = (part: StepPart, pen: Pen): string =>
  [
    headOf(part.step, pen),
    ...(part.step.reason === undefined ? [] : [`> Waits: ${pen.prose(part.step.reason)}`]),
    ...settings(part, pen),
    ...accounts(part, pen),
    ...(part.step.console === undefined ? [] : pageOf(part.step.console, pen)),
    ...others(part),
  ].join('\n\n')

const toward = { loosens: '**loosens**', unknown: '**may loosen**', tightens: 'tightens', neutral: '' } as const

function headOf({ action, kind, name, direction, source }: Step, pen: Pen): string {
  const effect = action === 'confirm' ? '' : toward[direction]
  return [
    `**${pen.text(action)}** ${pen.text(kind)} ${pen.code(name)}`,
    ...(effect === '' ? [] : [effect]),
    ...(source === undefined ? [] : [pen.place(source)]),
  ].join(' · ')
}

function settings({ step, changes }: StepPart, pen: Pen): readonly string[] {
  if (changes.length === 0) return []
  const labels = new Map(step.console?.settings.map(setting => [setting.path, setting]))
  const rows = changes.slice(0, most).map(({ path, before, after }) => {
    const label = labels.get(path)
    if (label === undefined && isStrings(before) && isStrings(after) && isLong(before, after))
      return [pen.text(path), ...listCells(before, after, pen)]
    const from = label === undefined ? valueWords(before) : (label.from ?? 'not known')
    return [pen.text(label?.label ?? path), pen.code(from), pen.code(label?.to ?? valueWords(after))]
  })
  const rest = changes.length - rows.length
  return [table(['setting', 'from', 'to'], rows), ...(rest > 0 ? [`and ${count(rest, 'setting')} more`] : [])]
}

const isLong = (...lists: readonly (readonly string[])[]): boolean =>
  lists.some(list => valueWords([...list]).length > 100)

/** Of long lists only what goes and what comes is shown: the rest would hide it. */
function listCells(before: readonly string[], after: readonly string[], pen: Pen): readonly string[] {
  const items = (verb: string, some: readonly string[]): string =>
    some.length === 0
      ? `nothing ${verb}`
      : `${verb}: ${some.slice(0, most).map(pen.code).join(', ')}${some.length > most ? ` and ${some.length - most} more` : ''}`
  const [old, now] = [new Set(before), new Set(after)]
  return [
    items(
      'goes',
      before.filter(item => !now.has(item)),
    ),
    items(
      'comes',
      after.filter(item => !old.has(item)),
    ),
  ]
}

/** A table without the empty line that ends it. */
const table = (header: readonly string[], rows: readonly (readonly string[])[]): string =>
  markdownTable(header, rows).slice(0, -1).join('\n')

/** Accounts by where they come from, or why. */
function accounts({ step, accounts: moves }: StepPart, pen: Pen): readonly string[] {
  if (moves.length === 0) return []
  const groups = [
    ...grouped(moves, ({ from, because }) => (because === undefined ? `from ${pen.code(from)}` : pen.prose(because))),
  ]
  const items = groups.slice(0, most).map(
    ([why, same]) =>
      `- ${why}: ${peopleMarkdown(
        same.map(({ account }) => account),
        pen,
      )}`,
  )
  const rest = groups.slice(most).reduce((sum, [, same]) => sum + same.length, 0)
  const list = [...items, ...(rest === 0 ? [] : [`- and ${count(rest, 'account')} more`])].join('\n')
  const title = accountsWords(step, moves.length)
  return pen.folding ? [foldedPart(title, list)] : [`${title}:`, list]
}

function pageOf({ url, clicks, verify, optional = [] }: ConsoleStep, pen: Pen): readonly string[] {
  const way = (page: string, steps: readonly string[]): string =>
    `${pen.page(page)}${steps.length === 0 ? '' : `: ${steps.map(pen.text).join(' → ')}`}`
  return [
    `Open ${way(url, clicks)}`,
    ...(verify.length === 0 ? [] : [`Then: ${verify.map(pen.code).join(', ')}`]),
    ...optional.map(
      extra => `If you like: ${pen.text(extra.title)}: ${pen.prose(extra.why)}. ${way(extra.url, extra.clicks)}`,
    ),
  ]
}

function others({ others: { changes, accounts: people } }: StepPart): readonly string[] {
  const words = [
    ...(changes === 0 ? [] : [count(changes, 'setting')]),
    ...(people === 0 ? [] : [count(people, 'account')]),
  ]
  return words.length === 0 ? [] : [`Of the same step, pending before this change: ${words.join(', ')}.`]
}
