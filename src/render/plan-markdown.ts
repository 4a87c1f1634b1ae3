import { coverageLevels, type CoverageSummary } from '../model/coverage.ts'
import type { Impact, Plan, Step } from '../model/plan.ts'
import { count } from '../diagnostics/wording.ts'
import { diagnosticsMarkdown } from './diagnostics-markdown.ts'
import { evidenceWords, valueWords } from './evidence-words.ts'
import { forMarkdown, markdownCode } from './harmless.ts'
import { coverageChanges, coverageTotals, namedInImpact } from './impact-text.ts'
import { markdownTable } from './markdown-table.ts'
import { placeOf } from './place.ts'
import { rolloutWords } from './rollout-words.ts'
import type { PlanView } from './plan-text.ts'
import { accountsWords } from './step-text.ts'

/** A plan as Markdown, for a comment or a job summary. */
export function planMarkdown(plan: Plan, view: Pick<PlanView, 'folder' | 'now'>): string {
  const api = plan.steps.filter(({ channel }) => channel === 'api')
  const page = plan.steps.filter(({ channel }) => channel === 'console')
  const blocks = plan.guards.filter(({ status }) => status !== 'passed')
  return [
    `### Plan for ${forMarkdown(plan.organization.name)}: ${plan.steps.length === 0 ? 'nothing to change' : `${count(api.length, 'API step')}, ${count(page.length, 'console step')}`}`,
    '',
    ...blocks.map(
      ({ code, status, summary, lift }) =>
        `- **${status}** ${markdownCode(code)}: ${forMarkdown(summary)}${lift === undefined ? '' : ` (${markdownCode(lift)})`}`,
    ),
    ...(blocks.length > 0 ? [''] : []),
    ...section('Through the API', api, view),
    ...section('In the console', page, view),
    ...rollouts(plan.rollouts),
    ...impact(plan.impact),
    ...coverage(plan.coverage),
    ...inSync(plan, view),
    diagnosticsMarkdown(plan.diagnostics, view.folder),
    `Requests: ${count(plan.requests.reads, 'read')} done, ${count(plan.requests.writes, 'write')} to do. Digest: ${markdownCode(plan.digest)}`,
    '',
  ].join('\n')
}

const section = (title: string, steps: readonly Step[], view: Pick<PlanView, 'folder' | 'now'>): readonly string[] =>
  steps.length === 0 ? [] : [`#### ${title}`, '', ...steps.flatMap(step => stepMarkdown(step, view))]

function stepMarkdown(step: Step, { folder }: Pick<PlanView, 'folder'>): readonly string[] {
  const { action, kind, name, direction, source, changes, accounts = [], reason, console: page } = step
  const place = source === undefined ? '' : ` ${markdownCode(placeOf(folder, source))}`
  const toward =
    action === 'confirm' || direction === 'neutral'
      ? ''
      : ` · **${direction === 'unknown' ? 'may loosen' : direction}**`
  const labels = new Map(page?.settings.map(setting => [setting.path, setting]))
  return [
    `**${action}** ${kind} ${markdownCode(name)}${toward}${place}`,
    '',
    ...(reason === undefined ? [] : [`> blocked: ${forMarkdown(reason)}`, '']),
    ...(page === undefined ? [] : [`Open <${encodeURI(page.url)}>: ${page.clicks.map(forMarkdown).join(' → ')}`, '']),
    ...(changes.length === 0
      ? []
      : [
          '| setting | from | to |',
          '|---|---|---|',
          ...changes.map(({ path, before, after }) => {
            const label = labels.get(path)
            const from = label === undefined ? valueWords(before) : (label.from ?? 'not known')
            return `| ${forMarkdown(label?.label ?? path)} | ${markdownCode(from)} | ${markdownCode(label?.to ?? valueWords(after))} |`
          }),
          '',
        ]),
    ...(accounts.length === 0
      ? []
      : [
          `<details><summary>${accountsWords(step, accounts.length)}</summary>`,
          '',
          ...accounts.map(
            ({ account, from, because }) =>
              `- ${markdownCode(account.email)}${because === undefined ? ` from ${markdownCode(from)}` : `: ${forMarkdown(because)}`}`,
          ),
          '',
          '</details>',
          '',
        ]),
    ...(page === undefined || page.verify.length === 0
      ? []
      : [`Then: ${page.verify.map(markdownCode).join(', ')}`, '']),
    ...(page?.optional ?? []).flatMap(({ title, why, url, clicks }) => [
      `${forMarkdown(title)}, if you like: ${forMarkdown(why)}. <${encodeURI(url)}>: ${clicks.map(forMarkdown).join(' → ')}`,
      '',
    ]),
  ]
}

const rollouts = (stages: Plan['rollouts'] = []): readonly string[] =>
  stages.length === 0
    ? []
    : [
        '#### Taken in by stages',
        '',
        ...stages.map(stage => `- ${markdownCode(stage.policy)} takes in ${forMarkdown(rolloutWords(stage))}`),
        '',
      ]

/** What people will notice. Uncertain is what may be so already. */
function impact(all: readonly Impact[]): readonly string[] {
  if (all.length === 0) return []
  return [
    '#### What people will notice',
    '',
    ...all.map(({ summary, certain, accounts }) => {
      const shown = accounts.slice(0, namedInImpact).map(({ email }) => markdownCode(email))
      const rest = accounts.length - shown.length
      const names = `${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
      return `- ${certain ? '' : '**?** '}${forMarkdown(summary)}${names === '' ? '' : `<br>${names}`}`
    }),
    '',
  ]
}

function coverage({ before, after }: Plan['coverage']): readonly string[] {
  if (before.totals.accounts === 0 && after.totals.accounts === 0) return []
  const row = (title: string, { levels }: CoverageSummary): readonly string[] => [
    title,
    ...coverageLevels.map(level => String(levels[level])),
  ]
  return [
    '#### Coverage',
    '',
    ...markdownTable(
      [coverageTotals(before, after), ...coverageLevels],
      [row('now', before), row('once every step is done', after)],
      coverageLevels.map((_, index) => index + 1),
    ),
    ...coverageChanges(before, after).map(
      ({ mark, words }) => `- ${mark === '-' ? '' : `${mark} `}${forMarkdown(words)}`,
    ),
    '',
  ]
}

function inSync({ inSync: fields }: Plan, { now }: Pick<PlanView, 'now'>): readonly string[] {
  if (fields.length === 0) return []
  return [
    `<details><summary>${count(fields.length, 'field')} in sync</summary>`,
    '',
    '| object | setting | value | evidence |',
    '|---|---|---|---|',
    ...fields.map(
      ({ kind, name, path, value, evidence }) =>
        `| ${kind} ${markdownCode(name)} | ${markdownCode(path)} | ${markdownCode(valueWords(value))} | ${forMarkdown(evidence.map(item => evidenceWords(item, now)).join('; '))} |`,
    ),
    '',
    '</details>',
    '',
  ]
}
