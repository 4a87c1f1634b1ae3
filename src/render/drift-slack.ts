import type { DriftDifference, DriftReport } from '../model/drift.ts'
import { timeWords } from './coverage-words.ts'
import {
  domainWords,
  driftTally,
  driftClassWords,
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
import { forTerminal } from './harmless.ts'
import { placeOf } from './place.ts'
import { readingWords } from './reading-words.ts'

/** Differences that are told: who wants all of them reads the report. */
const most = 10

/** Slack takes 3000 characters in the text of a section, and 150 in a header. */
const mostCharacters = 2900
const mostInHeader = 140

/** A message for an incoming webhook of Slack: the summary and the most urgent differences. No name in it can mention anybody, link or format. */
export function driftSlack(report: DriftReport, { folder }: { readonly folder: string }): string {
  const { organization, checkedAt, complete, history, notRead, differences } = report
  const urgent = openByClass(differences)
    .flatMap(([, found]) => found)
    .filter(one => !isAboutEvidence(one))
  const open = differences.filter(({ exception }) => exception === undefined)
  const told = urgent.slice(0, most)
  const title = `Drift of ${shortened(organization.name, 100)}`
  const summary = [
    `${driftTally(report)}.`,
    `${complete ? '' : 'The check is not complete. '}Checked ${timeWords(checkedAt)}, last complete check: ${lastCompleteWords(report)}.`,
    ...[readingWords(report)].filter(words => words !== ''),
    ...(history ? [] : [noHistoryWords]),
    ...notRead.map(({ what, why }) => `Not read: ${what}: ${why}`),
  ]
  const rest = open.length - told.length
  const last = [
    ...(rest > 0 ? [`${rest} more in the report: postern drift --format json`] : []),
    ...report.life.filter(({ days }) => days < soon).map(lifeWords),
    ...report.domains.map(domainWords),
  ]
  return `${JSON.stringify(
    {
      text: forSlack(lines([`${title}: ${driftTally(report)}`]), mostCharacters),
      blocks: [
        { type: 'header', text: plainText(lines([title]), mostInHeader) },
        ...[summary, ...told.map(one => differenceLines(one, folder)), last]
          .filter(part => part.length > 0)
          .map(part => ({ type: 'section', text: plainText(lines(part), mostCharacters) })),
      ],
    },
    null,
    2,
  )}\n`
}

function differenceLines(difference: DriftDifference, folder: string): readonly string[] {
  const { class: name, source } = difference
  return [
    `${driftClassWords(name).title}: ${subjectWords(difference)}`,
    valuesWords(difference),
    whoWhenWords(difference),
    whyWords(difference),
    source === undefined ? '' : placeOf(folder, source),
  ].filter(line => line !== '')
}

/** Each part on a line of its own, none so long that it takes the room of the others. */
const lines = (parts: readonly string[]): string => parts.map(part => shortened(forTerminal(part), 500)).join('\n')

// Text of this type is not formatted, and nothing in it becomes a link.
const plainText = (text: string, limit: number) => ({ type: 'plain_text', text: forSlack(text, limit), emoji: false })

/** Text with the three characters escaped by which Slack marks mentions and links, cut without breaking an escape. */
function forSlack(text: string, limit: number): string {
  const escaped = text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    // Slack can be told to find mentions in plain words, and makes addresses links in the fallback: a joiner prevents both. An email address stays as it is.
    .replace(/(?<![\w.+-])@/g, '@\u200d')
    .replaceAll('://', ':\u200d//')
  return escaped.length <= limit ? escaped : `${escaped.slice(0, limit - 1).replace(/&[a-z]*$|[\ud800-\udbff]$/, '')}…`
}
