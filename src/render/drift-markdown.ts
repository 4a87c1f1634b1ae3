import type { DriftDifference, DriftReport } from '../model/drift.ts'
import { count } from '../diagnostics/wording.ts'
import { timeWords } from './coverage-words.ts'
import { diagnosticsMarkdown } from './diagnostics-markdown.ts'
import {
  domainWords,
  driftClassWords,
  driftTally,
  exceptionWords,
  isAboutEvidence,
  lastCompleteWords,
  lifeWords,
  noHistoryWords,
  openByClass,
  shortened,
  soon,
  subjectWords,
  valuesWords,
  whoWhenWords,
  whyWords,
} from './drift-words.ts'
import { forMarkdown, markdownCode } from './harmless.ts'
import { folded, markdownTable } from './markdown-table.ts'
import { placeOf } from './place.ts'
import type { PlanView } from './plan-text.ts'

type View = Pick<PlanView, 'folder' | 'now'>

/** Differences in the table: who wants all of them reads the artifact. */
const most = 20

/** Items of a list that is folded away: a comment holds 65,536 characters. */
const mostFolded = 10

/** Drift as Markdown, short enough for a pull request or an issue: the summary and the most urgent differences. */
export function driftMarkdown(report: DriftReport, view: View): string {
  const { organization, checkedAt, complete, history, notRead, differences } = report
  const urgent = openByClass(differences)
    .flatMap(([, found]) => found)
    .filter(one => !isAboutEvidence(one))
  const excepted = differences.filter(({ exception }) => exception !== undefined)
  return [
    `### Drift of ${forMarkdown(organization.name)}: ${forMarkdown(shortened(driftTally(report)))}`,
    '',
    `${complete ? 'Checked' : '**The check is not complete.** Checked'} ${forMarkdown(timeWords(checkedAt))}. Last complete check: ${forMarkdown(lastCompleteWords(report, view.now))}.${history ? '' : ` ${noHistoryWords}`}`,
    '',
    ...list(notRead.map(({ what, why }) => `not read: ${what}: ${why}`)),
    ...(urgent.length === 0
      ? []
      : markdownTable(
          ['class', 'what', 'declared ↔ live', 'who and when', 'governed by'],
          urgent.slice(0, most).map(one => row(one, view)),
        )),
    ...restLines(
      urgent.slice(most),
      differences.filter(one => one.exception === undefined && isAboutEvidence(one)),
    ),
    ...folded(
      `${count(excepted.length, 'difference')} excepted`,
      list(
        excepted.map(one =>
          one.exception === undefined ? '' : `${subjectWords(one)}: ${exceptionWords(one.exception)}`,
        ),
      ),
    ),
    ...list([...report.life.filter(({ days }) => days < soon).map(lifeWords), ...report.domains.map(domainWords)]),
    ...foldedDiagnostics(report, view),
  ].join('\n')
}

function row(difference: DriftDifference, { folder }: View): readonly string[] {
  const { class: name, source } = difference
  const words = [whoWhenWords(difference), whyWords(difference)].filter(text => text !== '')
  return [
    driftClassWords(name).severity === 'error' ? `**${forMarkdown(cut(name))}**` : forMarkdown(cut(name)),
    forMarkdown(cut(subjectWords(difference))),
    forMarkdown(valuesWords(difference, cut)),
    words.map(text => forMarkdown(cut(text))).join('<br>'),
    source === undefined ? '' : markdownCode(cut(placeOf(folder, source))),
  ]
}

/** Twenty rows of five cells have to stay far below what a comment holds. */
const cut = (text: string): string => shortened(text, 160)

/** What the table leaves out, counted by class. */
function restLines(rest: readonly DriftDifference[], evidence: readonly DriftDifference[]): readonly string[] {
  const counts = openByClass([...rest, ...evidence]).map(([name, found]) => `${found.length} ${forMarkdown(cut(name))}`)
  if (counts.length === 0) return []
  return [
    `Not shown: ${counts.join(', ')}. The artifact has them all: \`postern drift --format json --output drift.json\`.`,
    '',
  ]
}

const list = (items: readonly string[]): readonly string[] =>
  items.length === 0
    ? []
    : [
        ...items.slice(0, mostFolded).map(item => `- ${forMarkdown(shortened(item, 300))}`),
        ...(items.length > mostFolded ? [`- and ${items.length - mostFolded} more`] : []),
        '',
      ]

const foldedDiagnostics = ({ diagnostics }: DriftReport, { folder }: View): readonly string[] => {
  const rest = diagnostics.length - most
  return folded(
    count(diagnostics.length, 'message'),
    diagnostics.length === 0
      ? []
      : [
          ...diagnosticsMarkdown(diagnostics.slice(0, most), folder).split('\n'),
          ...(rest > 0 ? [`and ${rest} more`, ''] : []),
        ],
  )
}
