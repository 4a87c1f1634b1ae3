import type { GuardResult, Plan } from '../../model/plan.ts'
import { count } from '../../diagnostics/wording.ts'
import type { Section } from './fit.ts'
import type { Pen } from './pen.ts'

/** What blocks, who may lift it and how; then what was lifted, and folded away what nobody could check. */
export function guardSections({ guards, base }: Plan, pen: Pen): readonly Section[] {
  const of = (status: GuardResult['status']) => guards.filter(guard => guard.status === status)
  const old = new Set(base?.guards.flatMap(({ code, origin }) => (origin === 'before' ? [code] : [])))
  // What this change brings comes first.
  const blocks = of('blocks').sort((a, b) => Number(old.has(a.code)) - Number(old.has(b.code)))
  const unchecked = of('not-checked')
  const item = ({ code, summary, lift }: GuardResult): string =>
    [
      `- ${pen.code(code)}${old.has(code) ? ' (blocks without this change as well)' : ''}: ${pen.prose(summary)}`,
      ...(lift === undefined ? [] : [`    - to go on all the same: ${pen.prose(lift)}`]),
    ].join('\n')
  return [
    {
      rank: 1,
      what: 'guards that block',
      title: 'Blocked: nothing can be applied',
      between: '\n',
      blocks: blocks.map(item),
    },
    { rank: 3, what: 'lifted guards', title: 'Lifted for this run', between: '\n', blocks: of('lifted').map(item) },
    {
      rank: 12,
      what: 'guards not checked',
      title: `${count(unchecked.length, 'guard')} not checked`,
      folded: true,
      between: '\n',
      blocks: unchecked.map(item),
    },
  ]
}
