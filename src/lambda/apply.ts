import { join } from 'node:path'
import type { Plan } from '../model/plan.ts'
import type { ApplyReport } from '../model/reports.ts'
import { applyMarkdown } from '../render/apply-markdown.ts'
import { planHtml } from '../render/html/plan-html.ts'
import { planMarkdown } from '../render/plan-markdown.ts'
import { exitCodes } from '../cli/exit-code.ts'
import { sha256Base64 } from '../cli/sha256-base64.ts'
import { version } from '../cli/version.ts'
import { runCommand } from './command.ts'
import type { Work } from './organization-run.ts'
import { tally, type Found } from './run-summary.ts'

/** Plans, and carries out exactly that plan. What a guard or a missing approval stops is told, and is no failure. */
export const apply: Work = async ({ world, settings, asked, budget }, { commit, cwd, folder, env }): Promise<Found> => {
  const file = join(cwd, 'plan.postern.json')
  const { applyFlags } = settings
  const planned = await runCommand(world, { argv: ['plan', folder, '--out', file, ...applyFlags], cwd, env }, budget)
  const plan = 'steps' in planned.document ? (planned.document as unknown as Plan) : undefined
  if (plan === undefined || planned.code === exitCodes.error) {
    const { code, diagnostics } = planned
    return { commit, exitCode: code, counts: {}, blockedBy: [], requests: 0, reports: {}, diagnostics }
  }
  const digest = asked.digest === undefined ? [] : ['--digest', asked.digest]
  const argv = ['apply', file, '--yes', ...digest, ...applyFlags]
  const applied = await runCommand(world, { argv, cwd, env }, budget)
  const report = 'steps' in applied.document ? (applied.document as unknown as ApplyReport) : undefined
  const now = world.now()
  return {
    commit,
    exitCode: applied.code,
    digest: plan.digest,
    counts: tally((report?.steps ?? []).map(({ status }) => status)),
    blockedBy: (report?.guards ?? [])
      .filter(({ status }) => status === 'blocks')
      .map(({ code }) => code)
      .sort(),
    requests: plan.requests.reads + plan.requests.writes,
    diagnostics: applied.diagnostics,
    reports: {
      'plan.json': text(plan),
      'plan.html': await planHtml(plan, { folder, now, version, sha256Base64 }),
      'plan.md': planMarkdown(plan, { folder, now }),
      ...(report !== undefined && {
        'apply.json': text(report),
        'apply.md': applyMarkdown(report, plan.steps, { folder, now }),
      }),
    },
  }
}

const text = (document: unknown): string => `${JSON.stringify(document, null, 2)}\n`
