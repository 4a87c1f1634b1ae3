import type { ExplainedSetting, ExplainReport } from '../model/coverage.ts'
import type { Source } from '../model/span.ts'
import { bypassWords, evidenceList } from './coverage-words.ts'
import {
  aboutWords,
  claimWords,
  levelSentences,
  planWords,
  policySentence,
  settingWords,
  whoWords,
  whyNotWords,
} from './explain-words.ts'
import { forTerminal } from './harmless.ts'
import { placeOf } from './place.ts'
import type { PlanView } from './plan-text.ts'
import { fitted, pad, paragraph, widest } from './style.ts'

/** One account explained at a terminal: which policy holds for it, why, what that asks, and what the plan changes. */
export function explainText(report: ExplainReport, view: PlanView): string {
  const { style } = view
  const lines = [
    ...paragraph(forTerminal(whoWords(report)), style.width).map(style.bold),
    ...aboutWords(report).flatMap(([label, words]) => labelled(label, words, view)),
    '',
    ...policyLines(report, view),
    ...levelLines(report, view),
    ...settingLines(report.settings, view),
    style.bold('What the plan changes'),
    ...planWords(report).flatMap(words => paragraph(forTerminal(words), style.width, '  - ')),
    '',
    ...(report.notes.length === 0 ? [] : [style.bold('What to know')]),
    ...report.notes.flatMap(note => [...paragraph(forTerminal(note), style.width, '  '), '']),
  ]
  return fitted(lines, style.width).join('\n')
}

const labelled = (label: string, words: string, { style }: PlanView): readonly string[] =>
  paragraph(forTerminal(words), style.width, `  ${pad(label, 12)} `)

const placeLines = (source: Source | undefined, { style, folder }: PlanView, indent = '    '): readonly string[] =>
  source === undefined ? [] : [style.dim(`${indent}${placeOf(folder, source)}`)]

function policyLines(report: ExplainReport, view: PlanView): readonly string[] {
  const { style } = view
  const { claims, source } = report
  const winner = claims.find(({ wins }) => wins)
  const others = claims.filter(({ wins }) => !wins)
  return [
    style.bold('Which policy holds'),
    ...paragraph(forTerminal(policySentence(report)), style.width, '  '),
    ...(winner === undefined
      ? placeLines(source, view)
      : [...paragraph(forTerminal(claimWords(winner)), style.width, '  ✓ '), ...placeLines(winner.source, view)]),
    ...others.flatMap(claim => [
      ...paragraph(forTerminal(whyNotWords(claim)), style.width, '  ✗ '),
      ...placeLines(claim.source, view),
    ]),
    '',
  ]
}

function levelLines(report: ExplainReport, view: PlanView): readonly string[] {
  const { level, declaredLevel, reason, evidence, bypass } = report
  const title = view.style.bold('Which second factor sign-in must pass')
  // Who has no level is not asked by a policy; the notes say why.
  if (level === undefined && declaredLevel === undefined) return []
  return [
    title,
    ...levelSentences(report).flatMap(([label, words]) => labelled(label, words, view)),
    ...(reason === '' ? [] : labelled('because', reason, view)),
    ...labelled('evidence', evidenceList(evidence, view.now), view),
    ...labelled('API tokens', bypassWords(bypass), view),
    '',
  ]
}

function settingLines(settings: readonly ExplainedSetting[], view: PlanView): readonly string[] {
  if (settings.length === 0) return []
  const { style, now, folder } = view
  const column = widest(
    settings.map(({ label }) => forTerminal(label)),
    28,
  )
  const indent = ' '.repeat(style.width - column - 4 < 30 ? 6 : column + 4)
  return [
    style.bold('What the policy is known to set'),
    ...settings.flatMap(setting => {
      const { value, evidence, declared } = settingWords(setting, now)
      const place = setting.source === undefined ? '' : `, ${placeOf(folder, setting.source)}`
      return [
        ...paragraph(
          forTerminal(`${value} (${evidence})`),
          style.width,
          `  ${pad(forTerminal(setting.label), column)}  `,
          indent,
        ),
        ...(declared === undefined
          ? []
          : paragraph(forTerminal(`the document says ${declared}${place}`), style.width, indent).map(style.yellow)),
      ]
    }),
    '',
  ]
}
