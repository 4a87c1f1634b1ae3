import type { DiagnosticDocument } from '../../model/diagnostic-document.ts'
import type { Plan } from '../../model/plan.ts'
import { count } from '../../diagnostics/wording.ts'
import { diagnosticItem } from '../diagnostics-markdown.ts'
import { tally } from '../diagnostics-text.ts'
import { evidenceWords, valueWords } from '../evidence-words.ts'
import { markdownTable } from '../markdown-table.ts'
import type { Section } from './fit.ts'
import type { Pen } from './pen.ts'

/** What is in sync and what says so, and what was noticed on the way: folded away, errors aside. */
export const restSections = (plan: Plan, now: Date, pen: Pen): readonly Section[] => [
  inSync(plan, now, pen),
  ...messages(plan.diagnostics, pen, new Set(plan.base?.diagnosticsBefore)),
]

function inSync({ inSync: fields }: Plan, now: Date, pen: Pen): Section {
  const [head = '', line = '', ...rows] = markdownTable(
    ['object', 'setting', 'value', 'evidence'],
    fields.map(({ kind, name, path, value, evidence }) => [
      `${pen.text(kind)} ${pen.code(name)}`,
      pen.code(path),
      pen.code(valueWords(value)),
      pen.text(evidence.map(item => evidenceWords(item, now)).join('; ')),
    ]),
  )
  return {
    rank: 13,
    what: 'fields in sync',
    title: `${count(fields.length, 'field')} in sync`,
    folded: true,
    lead: `${head}\n${line}`,
    between: '\n',
    blocks: rows.slice(0, -1),
  }
}

/** Diagnostics. `old` are the positions of those that were there before a change. */
export function messages(
  diagnostics: readonly DiagnosticDocument[],
  pen: Pen,
  old: ReadonlySet<number> = new Set(),
): readonly Section[] {
  const placed = diagnostics.map((found, index) => ({ found, isOld: old.has(index) }))
  const isOpen = ({ found, isOld }: (typeof placed)[number]) => found.severity === 'error' && !isOld
  const [open, rest] = [placed.filter(isOpen), placed.filter(one => !isOpen(one))]
  const items = (some: typeof placed) =>
    some.map(({ found, isOld }) => `${diagnosticItem(found, pen)}${isOld ? ' (was there before this change)' : ''}`)
  return [
    { rank: 2, what: 'errors', title: tally(open.map(({ found }) => found)), between: '\n', blocks: items(open) },
    {
      rank: 11,
      what: 'other messages',
      title: `Messages: ${tally(rest.map(({ found }) => found))}`,
      folded: true,
      between: '\n',
      blocks: items(rest),
    },
  ]
}
