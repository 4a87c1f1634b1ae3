import { coverageLevels, type CoverageSummary } from '../../model/coverage.ts'
import type { Plan } from '../../model/plan.ts'
import { coverageChanges, coverageTotals } from '../impact-text.ts'
import { markdownTable } from '../markdown-table.ts'
import { rolloutWords } from '../rollout-words.ts'
import { coverageShare, shareWords } from './coverage-share.ts'
import type { Section } from './fit.ts'
import { partsOf } from './parts-of.ts'
import type { Pen } from './pen.ts'
import { peopleMarkdown } from './people.ts'

/** What a plan comes to: who will notice, the stages of policies, coverage. */
export const effectSections = (plan: Plan, pen: Pen): readonly Section[] => [
  impact(plan, pen),
  {
    rank: 7,
    what: 'policies taken in by stages',
    title: 'Taken in by stages',
    between: '\n',
    blocks: (plan.rollouts ?? []).map(
      stage => `- ${pen.code(stage.policy)} takes in ${pen.prose(rolloutWords(stage))}`,
    ),
  },
  ...coverage(plan, pen),
]

function impact(plan: Plan, pen: Pen): Section {
  const shared = partsOf(plan).before.length > 0 ? ', with what was pending before this change' : ''
  return {
    rank: 6,
    what: 'notices of what people will see',
    title: `What people will notice${shared}`,
    between: '\n',
    // Uncertain is what may be so already.
    blocks: plan.impact.map(({ summary, certain, accounts }) => {
      const names = accounts.length === 0 ? '' : `\n    - ${peopleMarkdown(accounts, pen)}`
      return `- ${certain ? '' : '**?** '}${pen.prose(summary)}${names}`
    }),
  }
}

function coverage({ coverage: { before, after }, base }: Plan, pen: Pen): readonly Section[] {
  if (coverageShare(before) === undefined && coverageShare(after) === undefined) return []
  const row = (title: string, summary: CoverageSummary): readonly string[] => [
    title,
    ...coverageLevels.map(level => String(summary.levels[level])),
    shareWords(summary),
  ]
  const columns = [...coverageLevels, 'step-up or more']
  const table = markdownTable(
    [coverageTotals(before, after), ...columns],
    [
      row('now, by evidence', before),
      ...(base === undefined || base.unknown !== undefined
        ? []
        : [row('once all is done that was pending before', base.coverage)]),
      row('once every step is done', after),
    ],
    columns.map((_, index) => index + 1),
  )
  return [
    { rank: 3, what: 'tables of coverage', title: 'Coverage', blocks: [table.slice(0, -1).join('\n')] },
    {
      rank: 7,
      what: 'requirements',
      between: '\n',
      blocks: coverageChanges(before, after).map(
        ({ mark, words }) => `- ${mark === '-' ? '' : `${mark} `}${pen.prose(words)}`,
      ),
    },
  ]
}
