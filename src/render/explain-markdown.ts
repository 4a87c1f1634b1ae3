import type { ExplainedSetting, ExplainReport } from '../model/coverage.ts'
import type { Source } from '../model/span.ts'
import { bypassWords, classWords, evidenceList } from './coverage-words.ts'
import { diagnosticsMarkdown } from './diagnostics-markdown.ts'
import {
  aboutWords,
  claimWords,
  levelSentences,
  planWords,
  policySentence,
  settingWords,
  whyNotWords,
} from './explain-words.ts'
import { forMarkdown, markdownCode } from './harmless.ts'
import { markdownTable } from './markdown-table.ts'
import { placeOf } from './place.ts'
import type { PlanView } from './plan-text.ts'

type View = Pick<PlanView, 'folder' | 'now'>

/** One account explained in Markdown: which policy holds for it, why, what that asks, and what the plan changes. */
export function explainMarkdown(report: ExplainReport, view: View): string {
  const { account, name, accountClass, notes, diagnostics } = report
  return [
    `### ${markdownCode(account.email)}: ${forMarkdown(classWords(accountClass))}`,
    '',
    [...(name === undefined ? [] : [forMarkdown(name)]), ...aboutWords(report).map(pair)].join(' · '),
    '',
    ...policy(report, view),
    ...level(report, view),
    ...settings(report.settings, view),
    '#### What the plan changes',
    '',
    ...planWords(report).map(words => `- ${forMarkdown(words)}`),
    '',
    ...(notes.length === 0 ? [] : ['#### What to know', '']),
    ...notes.flatMap(note => [forMarkdown(note), '']),
    diagnosticsMarkdown(diagnostics, view.folder),
  ].join('\n')
}

const pair = ([label, words]: readonly [string, string]): string => `${label}: ${forMarkdown(words)}`

const place = (source: Source | undefined, { folder }: View): string =>
  source === undefined ? '' : ` ${markdownCode(placeOf(folder, source))}`

function policy(report: ExplainReport, view: View): readonly string[] {
  const { claims, source } = report
  const winner = claims.find(({ wins }) => wins)
  return [
    '#### Which policy holds',
    '',
    `${forMarkdown(policySentence(report))}${winner === undefined ? place(source, view) : ''}`,
    '',
    ...(winner === undefined ? [] : [`- ✓ ${forMarkdown(claimWords(winner))}${place(winner.source, view)}`]),
    ...claims
      .filter(({ wins }) => !wins)
      .map(claim => `- ✗ ${forMarkdown(whyNotWords(claim))}${place(claim.source, view)}`),
    ...(claims.length === 0 ? [] : ['']),
  ]
}

function level(report: ExplainReport, { now }: View): readonly string[] {
  if (report.level === undefined && report.declaredLevel === undefined) return []
  const { reason, evidence, bypass } = report
  const facts: readonly (readonly [string, string])[] = [
    ...levelSentences(report),
    ...(reason === '' ? [] : [['because', reason] as const]),
    ['evidence', evidenceList(evidence, now)],
    ['API tokens', bypassWords(bypass)],
  ]
  return ['#### Which second factor sign-in must pass', '', ...facts.map(fact => `- ${pair(fact)}`), '']
}

function settings(all: readonly ExplainedSetting[], view: View): readonly string[] {
  if (all.length === 0) return []
  return [
    '#### What the policy is known to set',
    '',
    ...markdownTable(
      ['setting', 'value', 'evidence', 'the document says'],
      all.map(setting => {
        const { value, evidence, declared } = settingWords(setting, view.now)
        return [
          forMarkdown(setting.label),
          markdownCode(value),
          forMarkdown(evidence),
          declared === undefined ? '' : `${markdownCode(declared)}${place(setting.source, view)}`,
        ]
      }),
    ),
  ]
}
