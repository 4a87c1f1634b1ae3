import type { DriftDifference, DriftReport } from '../model/drift.ts'
import { count } from '../diagnostics/wording.ts'
import { timeWords } from './coverage-words.ts'
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
  soon,
  subjectWords,
  valuesWords,
  whoWhenWords,
  whyWords,
} from './drift-words.ts'
import { markdownTable } from './markdown-table.ts'
import { readingWords } from './reading-words.ts'
import { fitted, type Section } from './review/fit.ts'
import { penFor, type Pen } from './review/pen.ts'
import { messages } from './review/rest-sections.ts'
import type { ReviewView } from './review/view.ts'

/** Differences in the table: who wants all of them reads the artifact. */
const most = 20

/** Items of a list. */
const mostListed = 10

/** Drift as Markdown, short enough for a pull request or an issue: the summary and the most urgent differences. */
export function driftMarkdown(report: DriftReport, view: ReviewView): string {
  const pen = penFor(view)
  const { organization, checkedAt, complete, history, notRead, differences } = report
  const urgent = openByClass(differences)
    .flatMap(([, found]) => found)
    .filter(one => !isAboutEvidence(one))
  const evidence = differences.filter(one => one.exception === undefined && isAboutEvidence(one))
  const excepted = differences.flatMap(one =>
    one.exception === undefined ? [] : [`${subjectWords(one)}: ${exceptionWords(one.exception)}`],
  )
  const read = readingWords(report)
  const lives = report.life.filter(({ days }) => days < soon).map(lifeWords)
  return fitted(
    [
      `### Drift of ${brief(organization.name, pen)}: ${brief(driftTally(report), pen)}`,
      `${complete ? 'Checked' : '**The check is not complete.** Checked'} ${pen.text(timeWords(checkedAt))}. Last complete check: ${pen.text(lastCompleteWords(report, view.now))}.${read === '' ? '' : ` ${pen.text(pen.plain(read, 600))}`}${history ? '' : ` ${noHistoryWords}`}`,
    ].join('\n\n'),
    [
      list(
        { rank: 1, what: 'parts not read' },
        notRead.map(({ what, why }) => `not read: ${what}: ${why}`),
        pen,
      ),
      table(urgent.slice(0, most), pen),
      restLines(urgent.slice(most), evidence, pen, view.whole),
      list(
        { rank: 5, what: 'exceptions', title: `${count(excepted.length, 'difference')} excepted`, folded: true },
        excepted,
        pen,
      ),
      list({ rank: 3, what: 'notices' }, [...lives, ...report.domains.map(domainWords)], pen),
      ...messages(report.diagnostics, pen),
    ],
    view,
  )
}

function table(shown: readonly DriftDifference[], pen: Pen): Section {
  const [head = '', line = '', ...rows] = markdownTable(
    ['class', 'what', 'declared ↔ live', 'who and when', 'governed by'],
    shown.map(one => row(one, pen)),
  )
  return { rank: 2, what: 'rows', lead: `${head}\n${line}`, between: '\n', blocks: rows.slice(0, -1) }
}

function row(difference: DriftDifference, pen: Pen): readonly string[] {
  const { class: name, source } = difference
  const words = [whoWhenWords(difference), whyWords(difference)].filter(text => text !== '')
  const shown = brief(name, pen)
  return [
    driftClassWords(name).severity === 'error' ? `**${shown}**` : shown,
    brief(subjectWords(difference), pen),
    pen.text(valuesWords(difference, value => pen.plain(value, widest))),
    words.map(text => brief(text, pen)).join(pen.folding ? '<br>' : '; '),
    source === undefined ? '' : pen.place(source),
  ]
}

/** A row of five cells is to be read at a glance. */
const widest = 160

const brief = (text: string, pen: Pen): string => pen.text(pen.plain(text, widest))

/** What the table leaves out, counted by class. */
function restLines(
  rest: readonly DriftDifference[],
  evidence: readonly DriftDifference[],
  pen: Pen,
  whole = '`postern drift --verbose` lists them all.',
): Section {
  const counts = openByClass([...rest, ...evidence]).map(([name, found]) => `${found.length} ${brief(name, pen)}`)
  return {
    rank: 2,
    what: 'lines about the rest',
    blocks: counts.length === 0 ? [] : [`Not shown: ${counts.join(', ')}. ${whole}`],
  }
}

function list(about: Pick<Section, 'rank' | 'what' | 'title' | 'folded'>, items: readonly string[], pen: Pen): Section {
  const rest = items.length - mostListed
  return {
    ...about,
    between: '\n',
    blocks: [
      ...items.slice(0, mostListed).map(item => `- ${pen.prose(pen.plain(item, 300))}`),
      ...(rest > 0 ? [`- and ${rest} more`] : []),
    ],
  }
}
