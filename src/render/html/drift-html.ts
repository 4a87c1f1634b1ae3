import { count } from '../../diagnostics/wording.ts'
import { coverageLevels } from '../../model/coverage.ts'
import { driftClasses, type DriftDifference, type DriftReport } from '../../model/drift.ts'
import { evidenceWords, valueWords } from '../evidence-words.ts'
import { placeOf } from '../place.ts'
import { asFarAs, readingWords } from '../reading-words.ts'
import { dataTable } from './data-table.ts'
import { diagnosticsSection } from './diagnostics-html.ts'
import { markup, nothing, type Part } from './markup.ts'
import { page, type HtmlView } from './page.ts'
import { summaryTiles, type Tile } from './tiles.ts'
import { digits } from '../digits.ts'
import { named, timeOf, type Section } from './words.ts'

/** Drift as one HTML file: what differs, who moved, and whether everything was looked at. */
export function driftHtml(report: DriftReport, view: HtmlView): string {
  const { organization, checkedAt, lastCompleteAt, complete, reading, differences, diagnostics } = report
  const read = readingWords(report)
  const open = differences.filter(({ exception }) => exception === undefined)
  return page(
    {
      title: `Drift of ${organization.name}`,
      lead: markup`Checked ${timeOf(checkedAt)}. ${open.length === 0 ? (complete ? `No drift${asFarAs(report)}.` : 'No difference in what could be read.') : `${count(open.length, 'difference')}.`} Last complete check: ${
        lastCompleteAt === null ? 'never' : complete ? 'this one' : timeOf(lastCompleteAt)
      }.${read === '' ? nothing : markup` ${read}`}${reading.kind === 'full' ? nothing : markup` Everything was last read ${timeOf(reading.fullAt)}.`}`,
      summary: summaryTiles(tilesOf(report)),
      sections: [
        ...notReadSection(report),
        ...differencesSection(report, view),
        ...lifeSection(report),
        ...coverageSection(report),
        ...diagnosticsSection(diagnostics, view.folder),
      ],
    },
    view,
  )
}

function tilesOf({ differences, complete, reading }: DriftReport): readonly Tile[] {
  const open = differences.filter(({ exception }) => exception === undefined)
  const of = (...classes: readonly string[]): number => open.filter(one => classes.includes(one.class)).length
  const outside = of('changed-outside', 'conflict')
  const unproven = of('stale', 'unverified')
  return [
    {
      name: 'Changed outside',
      value: digits(outside),
      note: 'somebody went around git',
      tone: outside > 0 ? 'bad' : 'good',
    },
    { name: 'Pending', value: digits(of('pending')), note: 'git moved on' },
    {
      name: 'Without current evidence',
      value: digits(unproven),
      note: 'somebody has to look',
      ...(unproven > 0 && { tone: 'warn' as const }),
    },
    { name: 'New accounts', value: digits(of('new')) },
    { name: 'Excepted', value: digits(differences.length - open.length) },
    {
      name: 'Check complete',
      value: complete ? 'yes' : 'no',
      tone: complete ? 'good' : 'bad',
      ...(reading.kind === 'incremental' && { note: 'by the audit log' }),
    },
  ]
}

const notReadSection = ({ notRead, history }: DriftReport): readonly Section[] =>
  notRead.length === 0 && history
    ? []
    : [
        {
          id: 'not-read',
          title: 'What is not known',
          body: markup`<ul class="plain">${
            history
              ? nothing
              : markup`<li>The ledger does not know what was last applied, so it cannot be told who moved.</li>\n`
          }${notRead.map(({ what, why }) => markup`<li>${what}: ${why}</li>\n`)}</ul>`,
        },
      ]

function differencesSection({ differences }: DriftReport, { folder, now }: HtmlView): readonly Section[] {
  if (differences.length === 0) return []
  const classes = driftClasses.filter(name => differences.some(one => one.class === name))
  const table = dataTable<DriftDifference>({
    id: 'difference-table',
    caption: 'Differences, the most urgent first',
    noun: 'differences',
    filter: true,
    rows: differences,
    columns: [
      { name: 'Class', width: 'narrow', sort: driftClasses, pick: classes, cell: one => one.class },
      {
        name: 'Object',
        isRowHeading: true,
        width: 'wide',
        cell: ({ kind, name, account }) => [
          `${kind} “`,
          named(name),
          '”',
          account === undefined ? nothing : markup`<small>${account.email}</small>`,
        ],
      },
      {
        name: 'Setting',
        width: 'narrow',
        cell: ({ path }) => markup`<code>${path === '' ? 'all of it' : path}</code>`,
      },
      { name: 'Declared', cell: ({ expected }) => shown(expected) },
      { name: 'Live', cell: ({ live }) => shown(live) },
      { name: 'Who and when', width: 'wide', cell: one => whoCell(one, now) },
      { name: 'Governed by', cell: ({ source }) => (source === undefined ? '' : placeOf(folder, source)) },
    ],
  })
  return [{ id: 'differences', title: 'Differences', body: table }]
}

const shown = (value: DriftDifference['live']): string =>
  value === undefined ? 'not known' : value === null ? 'not there' : valueWords(value)

function whoCell({ actor, at, eventId, from, why, evidence = [], exception }: DriftDifference, now: Date): Part {
  const who = actor?.email ?? actor?.name ?? actor?.id
  return [
    who === undefined ? nothing : markup`${who} `,
    at === undefined ? nothing : timeOf(at),
    why === undefined ? nothing : markup`<small>${why}</small>`,
    eventId === undefined
      ? nothing
      : markup`<small>event <code>${eventId}</code>${from === undefined ? nothing : markup` from ${from}`}</small>`,
    evidence.map(item => markup`<small>${evidenceWords(item, now)}</small>`),
    exception === undefined
      ? nothing
      : markup`<small>excepted by “${exception.name}” (${exception.owner}) until ${timeOf(exception.expires)}</small>`,
  ]
}

const lifeSection = ({ life, domains }: DriftReport): readonly Section[] =>
  life.length === 0 && domains.length === 0
    ? []
    : [
        {
          id: 'life',
          title: 'Keys, certificates and domains',
          body: markup`<ul class="plain">${life.map(
            ({ what, name, expires, days }) =>
              markup`<li>${what === 'api-key' ? 'API key' : what} “${name}”: ${
                days < 0 ? 'ended' : `${count(days, 'day')} left, until`
              } ${timeOf(expires)}</li>\n`,
          )}${domains.map(
            ({ domain, state, status, accounts = 0 }) =>
              markup`<li>${domain}: ${
                state === 'lapsed'
                  ? `not verified any more${status === undefined ? '' : ` (${status})`}`
                  : `verified, and ${count(accounts, 'account')} on it not claimed`
              }</li>\n`,
          )}</ul>`,
        },
      ]

const coverageSection = ({ coverage: { levels, accounts } }: DriftReport): readonly Section[] =>
  accounts === 0
    ? []
    : [
        {
          id: 'coverage',
          title: 'Coverage',
          body: markup`<p>${count(accounts, 'account')} by the second factor that each has to pass, as evidence shows it.</p>
<dl class="facts">${coverageLevels.map(level => markup`<dt>${level}</dt><dd>${digits(levels[level])}</dd>`)}</dl>`,
        },
      ]
