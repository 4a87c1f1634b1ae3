import { count } from '../diagnostics/wording.ts'
import { forMarkdown, markdownCode } from '../render/harmless.ts'
import { dataTable } from '../render/html/data-table.ts'
import { markup } from '../render/html/markup.ts'
import { page, type HtmlView } from '../render/html/page.ts'
import { digits } from '../render/digits.ts'
import { markdownTable } from '../render/markdown-table.ts'
import type { FleetRow, FleetSummary } from './fleet-summary.ts'

const resultWords = ({ job }: FleetSummary): Readonly<Record<FleetRow['result'], string>> => ({
  error: 'failed',
  unfinished: 'did not finish',
  blocked: 'blocked',
  pending: job === 'drift' ? 'differs' : 'something left to do',
  clean: 'clean',
})

/** What is to be said of one organization: what went wrong, what blocks, and what was counted. */
const noteOf = ({ problem, blockedBy, counts, complete, result }: FleetRow): string =>
  [
    ...(problem === undefined ? [] : [`[${problem.code}] ${problem.summary}`]),
    ...(blockedBy.length === 0 ? [] : [`blocked by ${blockedBy.join(', ')}`]),
    ...Object.entries(counts).map(([word, n]) => `${n} ${word}`),
    ...(complete || result === 'error' || result === 'unfinished' ? [] : ['not everything could be read']),
  ].join('; ')

const titleOf = ({ job }: FleetSummary): string => (job === 'drift' ? 'Drift of the fleet' : 'Apply over the fleet')

function leadOf(fleet: FleetSummary): string {
  const { totals, at, ended, job } = fleet
  const { organizations, complete, clean, pending, blocked, error, unfinished } = totals
  return (
    `${count(organizations, 'organization')} at ${at}: ${complete} complete, ${clean} clean, ${pending} ${job === 'drift' ? 'with drift' : 'with something left to do'}, ` +
    `${blocked} blocked, ${error} failed, ${unfinished} unfinished.` +
    (ended === undefined ? '' : ` The run ended early: ${ended}.`)
  )
}

/** The summary as Markdown. Of the clean ones only the number is told. */
export function fleetMarkdown(summary: FleetSummary): string {
  const words = resultWords(summary)
  const rows = summary.organizations.filter(({ result }) => result !== 'clean')
  return [
    `# ${titleOf(summary)}`,
    '',
    forMarkdown(leadOf(summary)),
    '',
    `Commit ${markdownCode(summary.commit)}, run ${markdownCode(summary.run)}, ${count(summary.totals.requests, 'request')}.`,
    '',
    ...(rows.length === 0
      ? []
      : markdownTable(
          ['organization', 'id', 'result', 'what', 'seconds'],
          rows.map(row => [
            forMarkdown(row.name),
            markdownCode(row.id),
            words[row.result],
            forMarkdown(noteOf(row)),
            String(row.seconds),
          ]),
          [4],
        )),
  ].join('\n')
}

/** The summary as one HTML file, every organization in it. */
export function fleetHtml(summary: FleetSummary, view: HtmlView): string {
  const { organizations, totals, commit, run } = summary
  const words = resultWords(summary)
  return page(
    {
      title: titleOf(summary),
      lead: leadOf(summary),
      summary: markup`<p>Commit <code>${commit}</code>, run <code>${run}</code>, ${digits(totals.requests)} requests.</p>
`,
      sections: [
        {
          id: 'organizations',
          title: 'Organizations',
          body: dataTable<FleetRow>({
            id: 'fleet',
            caption: 'Organizations, the worst first',
            noun: 'organizations',
            filter: true,
            rows: organizations,
            columns: [
              { name: 'Organization', cell: ({ name }) => name, isRowHeading: true },
              { name: 'Id', cell: ({ id }) => id },
              {
                name: 'Result',
                cell: ({ result }) => words[result],
                sort: Object.values(words),
                pick: Object.values(words),
                width: 'narrow',
              },
              { name: 'What', cell: noteOf, width: 'wide' },
              { name: 'Requests', cell: ({ requests }) => requests, sort: 'number', width: 'narrow' },
              { name: 'Seconds', cell: ({ seconds }) => seconds, sort: 'number', width: 'narrow' },
            ],
          }),
        },
      ],
    },
    view,
  )
}
