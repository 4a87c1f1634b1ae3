import type { DriftDifference, DriftReport } from '../model/drift.ts'
import { grouped } from '../model/grouped.ts'
import { count } from '../diagnostics/wording.ts'
import { atLeast, timeWords } from './coverage-words.ts'
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
import { evidenceWords } from './evidence-words.ts'
import { forTerminal } from './harmless.ts'
import { placeOf } from './place.ts'
import { asFarAs, readingWords } from './reading-words.ts'
import type { PlanView } from './plan-text.ts'
import { fitted, paragraph, type Style } from './style.ts'

/** Of what somebody has to answer for more is shown than of the rest. */
const most = { error: 50, warning: 10, note: 10 } as const

/** Drift for a person at a terminal: what differs, who moved, when and on which line it is governed, and whether everything was looked at. */
export function driftText(report: DriftReport, view: PlanView): string {
  const { style, now } = view
  const { organization, checkedAt, differences, complete } = report
  const excepted = differences.filter(({ exception }) => exception !== undefined)
  const lines = [
    ...paragraph(
      forTerminal(
        `Drift of ${organization.name}, checked ${timeWords(checkedAt)}: ${complete ? `complete${asFarAs(report)}` : `not complete; last complete check: ${lastCompleteWords(report, now)}`}`,
      ),
      style.width,
    ).map(complete ? style.bold : style.red),
    ...checkLines(report, view),
    '',
    ...openByClass(differences).flatMap(([name, found]) => classLines(name, found, report, view)),
    ...section(
      `Excepted (${excepted.length}): each until its day`,
      excepted.map(one => differenceLines(one, view)),
      view,
    ),
    ...lifeLines(report, style),
    ...paragraph(restWords(report), style.width).map(style.dim),
    ...summaryLines(report, view),
    '',
  ]
  return fitted(lines, style.width).join('\n')
}

/** How much was read, what could not be read and why, and whether there is a history. */
function checkLines(report: DriftReport, { style }: PlanView): readonly string[] {
  const { complete, notRead, history } = report
  const read = readingWords(report)
  return [
    ...(read === '' ? [] : paragraph(forTerminal(read), style.width).map(style.dim)),
    ...notRead.flatMap(({ what, why }) =>
      paragraph(forTerminal(`not read: ${what}: ${why}`), style.width, '  - ').map(complete ? style.yellow : style.red),
    ),
    ...(history ? [] : paragraph(noHistoryWords, style.width).map(style.yellow)),
  ]
}

function classLines(
  name: string,
  found: readonly DriftDifference[],
  { history }: DriftReport,
  view: PlanView,
): readonly string[] {
  const { severity, title, meaning, hint } = driftClassWords(name, history)
  const items =
    found.every(isAboutEvidence) && !view.verbose
      ? [...grouped(found, ({ kind, name: object }) => JSON.stringify([kind, object])).values()].map(fields =>
          objectLines(fields, view),
        )
      : found.map(difference => differenceLines(difference, view))
  const paint = { error: view.style.red, warning: view.style.yellow, note: view.style.cyan }[severity]
  return section(`${title} (${found.length}): ${meaning}`, items, view, { paint, limit: most[severity], hint })
}

function section(
  title: string,
  items: readonly (readonly string[])[],
  { style, verbose }: PlanView,
  {
    paint = style.bold,
    limit = most.note,
    hint,
  }: { readonly paint?: (text: string) => string; readonly limit?: number; readonly hint?: string } = {},
): readonly string[] {
  if (items.length === 0) return []
  const shown = verbose ? items : items.slice(0, limit)
  const rest = items.length - shown.length
  return [
    ...paragraph(forTerminal(title), style.width).map(line => style.bold(paint(line))),
    ...shown.flat(),
    ...(rest > 0 ? [style.dim(`  and ${rest} more (--verbose shows all)`)] : []),
    ...(hint === undefined ? [] : paragraph(hint, style.width, '  → ').map(style.cyan)),
    '',
  ]
}

function differenceLines(difference: DriftDifference, view: PlanView): readonly string[] {
  const { style, now, verbose } = view
  const { class: name, evidence = [], exception } = difference
  const line = detail(view)
  const subject = `${subjectWords(difference)}${exception === undefined ? '' : `: ${name}`}`
  return [
    ...paragraph(forTerminal(subject), style.width, '  ', '    '),
    ...line(valuesWords(difference, verbose ? text => text : shortened)),
    ...whoLines([difference], view),
    ...line(evidence.length === 0 ? '' : `evidence: ${evidence.map(item => evidenceWords(item, now)).join('; ')}`),
    ...(exception === undefined ? [] : line(exceptionWords(exception))),
    ...placeLines(difference, view),
  ]
}

/** What has no current evidence in one object: on the first day that is nearly everything. */
function objectLines(fields: readonly DriftDifference[], view: PlanView): readonly string[] {
  const [first] = fields
  if (first === undefined) return []
  const line = detail(view)
  const { kind, name } = first
  return [
    ...paragraph(
      forTerminal(`${subjectWords({ kind, name, path: '' })}: ${count(fields.length, 'setting')}`),
      view.style.width,
      '  ',
      '    ',
    ),
    ...line(fields.map(({ path }) => path).join(', ')),
    ...whoLines(fields, view),
    ...placeLines(first, view),
  ]
}

/** Who did it, or why nobody can say: once for all the differences that have it in common. */
const whoLines = (differences: readonly DriftDifference[], view: PlanView): readonly string[] =>
  [...new Set(differences.flatMap(one => [whoWhenWords(one), whyWords(one)]))].flatMap(detail(view))

const detail =
  ({ style }: PlanView) =>
  (text: string): readonly string[] =>
    text === '' ? [] : paragraph(forTerminal(text), style.width, '      ')

const placeLines = ({ source }: DriftDifference, { style, folder }: PlanView): readonly string[] =>
  source === undefined ? [] : [style.dim(`      ${placeOf(folder, source)}`)]

/** How long keys and certificates go on to work, and the domains that need a look. */
function lifeLines({ life, domains }: DriftReport, style: Style): readonly string[] {
  if (life.length === 0 && domains.length === 0) return []
  return [
    style.bold('Keys, certificates and domains'),
    ...life.flatMap(one =>
      paragraph(forTerminal(lifeWords(one)), style.width, '  ', '    ').map(
        one.days < 0 ? style.red : one.days < soon ? style.yellow : line => line,
      ),
    ),
    ...domains.flatMap(one => paragraph(forTerminal(domainWords(one)), style.width, '  ', '    ').map(style.yellow)),
    '',
  ]
}

function restWords({ coverage: { accounts, levels }, requests }: DriftReport): string {
  const covered =
    accounts === 0 ? '' : `${atLeast(levels, 'step-up')} of ${count(accounts, 'account')} pass at least step-up. `
  return `${covered}Requests: ${count(requests.reads, 'read')}.`
}

/** The line that says it all. */
function summaryLines(report: DriftReport, { style, now }: PlanView): readonly string[] {
  const open = openByClass(report.differences)
  const paint =
    !report.complete || open.some(([name]) => driftClassWords(name).severity === 'error')
      ? style.red
      : open.length > 0
        ? style.yellow
        : style.green
  return paragraph(
    forTerminal(`${driftTally(report)}. Last complete check: ${lastCompleteWords(report, now)}.`),
    style.width,
  ).map(paint)
}
