import type { DriftReport } from '../model/drift.ts'
import { driftHtml } from '../render/html/drift-html.ts'
import { driftJunit } from '../render/drift-junit.ts'
import { driftMarkdown } from '../render/drift-markdown.ts'
import { sha256Base64 } from '../cli/sha256-base64.ts'
import { version } from '../cli/version.ts'
import { runCommand } from './command.ts'
import { tally, type Found } from './run-summary.ts'
import type { Work } from './organization-run.ts'

/** Looks for drift once. The organization is read once, whatever number of reports is made of it. */
export const check: Work = async ({ world, settings, budget }, { commit, cwd, folder, env }): Promise<Found> => {
  const argv = ['drift', folder, ...settings.failOn.flatMap(name => ['--fail-on', name])]
  const { code, document, diagnostics } = await runCommand(world, { argv, cwd, env }, budget)
  const found = { commit, exitCode: code, blockedBy: [], diagnostics }
  if (!('differences' in document)) return { ...found, counts: {}, requests: 0, complete: false, reports: {} }
  const report = document as unknown as DriftReport
  const now = world.now()
  const open = report.differences.filter(({ exception }) => exception === undefined)
  return {
    ...found,
    counts: tally(open.map(difference => difference.class)),
    requests: report.requests.reads,
    complete: report.complete && code !== 1,
    reports: {
      'drift.json': `${JSON.stringify(report, null, 2)}\n`,
      'drift.html': driftHtml(report, { folder, now, version, sha256Base64 }),
      'drift.md': driftMarkdown(report, { folder, now }),
      'drift.xml': driftJunit(report, folder, []),
    },
  }
}
