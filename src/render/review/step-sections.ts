import type { Plan } from '../../model/plan.ts'
import { count } from '../../diagnostics/wording.ts'
import type { Section } from './fit.ts'
import { stepWords } from './headline.ts'
import { partsOf, type StepPart } from './parts-of.ts'
import type { Pen } from './pen.ts'
import { stepBlock } from './step-block.ts'

/** The steps, those first that a reviewer must not miss. */
export function stepSections(plan: Plan, pen: Pen): readonly Section[] {
  const { own, before } = partsOf(plan)
  const changes = own.filter(({ step }) => step.action !== 'confirm')
  const confirms = own.filter(({ step }) => step.action === 'confirm')
  const toward = (...directions: readonly string[]) => changes.filter(({ step }) => directions.includes(step.direction))
  const blocks = (parts: readonly StepPart[]) => parts.map(part => stepBlock(part, pen))
  const loosening = toward('loosens', 'unknown')
  const tightening = toward('tightens')
  const other = toward('neutral')
  return [
    {
      rank: 2,
      what: 'steps that loosen',
      title: `Loosens or may loosen: ${loosening.length}`,
      blocks: blocks(loosening),
    },
    { rank: 4, what: 'steps that tighten', title: `Tightens: ${tightening.length}`, blocks: blocks(tightening) },
    { rank: 5, what: 'other steps', title: `Other changes: ${other.length}`, blocks: blocks(other) },
    {
      rank: 8,
      what: 'pages to confirm',
      title: `Only to look at in the console: ${count(confirms.length, 'page')}`,
      folded: true,
      blocks: blocks(confirms),
    },
    withdrawnSection(plan, pen),
    {
      rank: 9,
      what: 'steps pending before',
      title: `Pending before this change: ${count(before.length, 'step')} (${stepWords(before.map(({ step }) => step)).join(', ')})`,
      folded: true,
      blocks: blocks(before),
    },
  ]
}

const withdrawnSection = ({ base }: Plan, pen: Pen): Section => {
  const withdrawn = base?.withdrawn ?? []
  return {
    rank: 3,
    what: 'steps taken back',
    title: `This change takes back ${count(withdrawn.length, 'pending step')}`,
    between: '\n',
    blocks: withdrawn.map(({ action, kind, name, direction }) => {
      // What tightened and is taken back leaves the organization as open as it is.
      const effect = {
        tightens: ' (would have tightened)',
        loosens: ' (would have loosened)',
        unknown: '',
        neutral: '',
      }
      return `- ${pen.text(action)} ${pen.text(kind)} ${pen.code(name)}${effect[direction]}`
    }),
  }
}
