import type { GuardResult, Impact, Plan, ProvenField, RolloutStage } from '../../model/plan.ts'
import { count } from '../../diagnostics/wording.ts'
import { evidenceWords, valueWords } from '../evidence-words.ts'
import { coverageChanges } from '../impact-text.ts'
import { dataTable } from './data-table.ts'
import { diagnosticsSection } from './diagnostics-html.ts'
import { levelsChart } from './levels-chart.ts'
import { markup, nothing, type Markup } from './markup.ts'
import { page, type HtmlView } from './page.ts'
import { stepCards } from './plan-steps.ts'
import { summaryTiles, type Tile } from './tiles.ts'
import { digits } from '../digits.ts'
import { addresses, folded, named, prose, timeOf, verdict, type Section } from './words.ts'

/** A plan as one HTML file: what Postern will do, what a person must do, what people will notice, and what is known to be in sync. */
export async function planHtml(plan: Plan, view: HtmlView): Promise<string> {
  const { organization, steps, guards, createdAt, diagnostics } = plan
  const api = steps.filter(({ channel }) => channel === 'api')
  const inConsole = steps.filter(({ channel }) => channel === 'console')
  const shown = [...api, ...inConsole]
  const blocks = guards.filter(({ status }) => status === 'blocks')
  return page(
    {
      title: `Plan for ${organization.name}`,
      lead: markup`Made ${timeOf(createdAt)}. ${
        blocks.length > 0
          ? `Blocked by ${blocks.map(({ code }) => code).join(', ')}: nothing can be applied.`
          : steps.length === 0
            ? 'Nothing to change.'
            : `${count(api.length, 'step')} through the API, ${count(inConsole.length, 'step')} in the console.`
      }`,
      summary: summaryTiles(tilesOf(plan)),
      sections: [
        ...guardsSection(guards),
        ...stepsSection('api-steps', 'Through the API', 'Postern does these.', api, shown, view),
        ...stepsSection(
          'console-steps',
          'In the console',
          'A person does these, then evidence is taken in.',
          inConsole,
          shown,
          view,
        ),
        ...rolloutSection(plan.rollouts),
        ...impactSection(plan.impact),
        ...(await coverageSection(plan.coverage)),
        ...inSyncSection(plan.inSync, view),
        ...diagnosticsSection(diagnostics, view.folder),
        digestSection(plan),
      ],
    },
    view,
  )
}

function tilesOf({ steps, guards, unverified, inSync }: Plan): readonly Tile[] {
  const of = (channel: string): number => steps.filter(step => step.channel === channel).length
  const blocked = steps.filter(({ status }) => status === 'blocked').length
  const blocks = guards.filter(({ status }) => status === 'blocks')
  const passed = guards.filter(({ status }) => status === 'passed').length
  return [
    { name: 'API steps', value: digits(of('api')), note: 'Postern does these' },
    { name: 'Console steps', value: digits(of('console')), note: 'a person does these' },
    {
      name: 'Blocked steps',
      value: digits(blocked),
      note: 'wait for another step',
      ...(blocked > 0 && { tone: 'warn' as const }),
    },
    {
      name: 'Guards that block',
      value: digits(blocks.length),
      note: `${passed} of ${count(guards.length, 'guard')} passed`,
      tone: blocks.length > 0 ? 'bad' : 'good',
    },
    {
      name: 'Fields without evidence',
      value: digits(unverified.length),
      note: `${digits(inSync.length)} in sync, with evidence`,
      ...(unverified.length > 0 && { tone: 'warn' as const }),
    },
  ]
}

const guardTones = { passed: 'good', lifted: 'warn', blocks: 'bad', 'not-checked': 'plain' } as const
const guardWords = { passed: 'passed', lifted: 'lifted', blocks: 'blocks', 'not-checked': 'not checked' } as const

const guardsSection = (guards: readonly GuardResult[]): readonly Section[] =>
  guards.length === 0
    ? []
    : [
        {
          id: 'guards',
          title: 'Guards',
          body: markup`<ul class="plain">${guards.map(
            ({ code, status, summary, lift }) =>
              markup`<li>${verdict(guardTones[status], guardWords[status])} <code>${code}</code> ${prose(summary)}${
                lift === undefined ? nothing : markup`<br>To go on all the same: <code>${lift}</code>`
              }</li>\n`,
          )}</ul>`,
        },
      ]

const stepsSection = (
  id: string,
  title: string,
  who: string,
  own: Plan['steps'],
  shown: Plan['steps'],
  { folder }: HtmlView,
): readonly Section[] =>
  own.length === 0 ? [] : [{ id, title, body: markup`<p class="muted">${who}</p>\n${stepCards(own, shown, folder)}` }]

function rolloutSection(stages: readonly RolloutStage[] = []): readonly Section[] {
  if (stages.length === 0) return []
  const body = dataTable<RolloutStage>({
    id: 'rollouts-table',
    caption: 'Policies that take their members in by stages; who waits stays where they are',
    rows: stages,
    columns: [
      { name: 'Policy', isRowHeading: true, cell: ({ policy }) => named(policy) },
      { name: 'Stage', cell: ({ stage }) => named(stage) },
      { name: 'Accounts claimed', sort: 'number', cell: ({ claimed }) => digits(claimed) },
      { name: 'In, or moving now', sort: 'number', cell: ({ reached }) => digits(reached) },
      { name: 'Waiting', sort: 'number', cell: ({ waiting }) => digits(waiting) },
    ],
  })
  return [{ id: 'rollouts', title: 'Taken in by stages', body }]
}

const impactSection = (impact: readonly Impact[]): readonly Section[] =>
  impact.length === 0
    ? []
    : [
        {
          id: 'impact',
          title: 'What people will notice',
          body: markup`<ul class="plain spaced">${impact.map(
            ({ summary, certain, accounts }) =>
              markup`<li><p>${certain ? verdict('warn', 'changes') : verdict('plain', 'may change')} ${prose(summary)}</p>
${addresses(accounts, count(accounts.length, 'account'))}</li>
`,
          )}</ul>`,
        },
      ]

async function coverageSection({ before, after }: Plan['coverage']): Promise<readonly Section[]> {
  if (before.totals.accounts === 0 && after.totals.accounts === 0) return []
  const chart = await levelsChart({
    id: 'level-numbers',
    caption: 'Accounts by level, as evidence shows them now and once every step is done, those in the console too',
    times: { before: 'now', after: 'then' },
    rows: [
      {
        name: 'all accounts',
        accounts: before.totals.accounts,
        accountsAfter: after.totals.accounts,
        before: before.levels,
        after: after.levels,
      },
    ],
    drawn: 1,
  })
  const changes = coverageChanges(before, after).map(
    ({ mark, words }) =>
      markup`<li>${mark === '-' ? verdict('plain', 'tokens') : mark === '✓' ? verdict('good', 'met') : verdict('bad', 'not met')} ${words}</li>\n`,
  )
  return [{ id: 'coverage', title: 'Coverage', body: markup`${chart}\n<ul class="plain">${changes}</ul>` }]
}

function inSyncSection(fields: readonly ProvenField[], { now }: HtmlView): readonly Section[] {
  if (fields.length === 0) return []
  const table = dataTable<ProvenField>({
    id: 'in-sync-table',
    caption: 'Fields in sync, and what shows it',
    rows: fields,
    columns: [
      { name: 'Object', isRowHeading: true, cell: ({ kind, name }) => [`${kind} “`, named(name), '”'] },
      { name: 'Setting', cell: ({ path }): Markup => markup`<code>${path}</code>` },
      { name: 'Value', cell: ({ value }) => valueWords(value) },
      { name: 'Evidence', cell: ({ evidence }) => evidence.map(item => evidenceWords(item, now)).join('; ') },
    ],
  })
  return [
    {
      id: 'in-sync',
      title: 'In sync',
      body: folded(`${count(fields.length, 'field')}, each with its evidence`, table),
    },
  ]
}

function digestSection({ digest, organization, requests }: Plan): Section {
  const { reads, lastActive, writes, seconds } = requests
  const activity = lastActive === 0 ? '' : ` (${lastActive} of them: when an account was last active)`
  return {
    id: 'digest',
    title: 'Digest and requests',
    body: markup`<dl class="facts"><dt>Digest</dt><dd><code>${digest}</code></dd><dt>Organization</dt><dd><code>${organization.id}</code></dd><dt>Requests</dt><dd>${count(reads, 'read')} done${activity}, ${count(writes, 'write')} to do${writes === 0 ? '' : `, about ${seconds} s`}</dd></dl>`,
  }
}
