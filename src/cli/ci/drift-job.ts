import { diagnostic } from '../../diagnostics/diagnostic.ts'
import { reportIssue } from '../../forge/report-issue.ts'
import { driftClasses, type DriftReport } from '../../model/drift.ts'
import { driftGithub } from '../../render/drift-github.ts'
import { driftMarkdown } from '../../render/drift-markdown.ts'
import { driftText } from '../../render/drift-text.ts'
import { driftExitCode, lookForDrift } from '../commands/drift.ts'
import { exitCodes, type ExitCode } from '../exit-code.ts'
import { atForge, forgeNames, viewOf, type Job } from './job.ts'
import { markerOf, reserveFor } from './post.ts'
import { longestSummary, tellSystem, writeReport } from './report.ts'

/** `postern ci drift`: one issue while something differs, closed once nothing does. */
export async function driftJob(job: Job): Promise<ExitCode> {
  const { session, flags, context } = job
  const found = await lookForDrift(session, job.folder, flags)
  if ('exit' in found) return found.exit
  const { report } = found
  const view = viewOf(job)
  const code = driftExitCode(report, driftClasses)
  const { verbose = false, quiet } = session.options
  if (quiet !== true)
    session.world.stdout.write(driftText(report, { style: session.out, folder: job.path, now: view.now, verbose }))
  if (context.system === 'github') session.world.stdout.write(driftGithub(report, job.path))
  const differences = report.differences.filter(({ exception }) => exception === undefined).length
  session.tell([
    ...(await writeReport(job, { 'drift.md': driftMarkdown(report, view) })).diagnostics,
    ...(
      await tellSystem(
        job,
        { drift: code === exitCodes.pending, differences, report: flags.report },
        driftMarkdown(report, { ...view, limit: longestSummary }),
      )
    ).diagnostics,
  ])
  // A check that is not complete says nothing: neither that there is drift, nor that there is none.
  return code === exitCodes.error ? code : raise(job, report, code)
}

async function raise(job: Job, report: DriftReport, code: ExitCode): Promise<ExitCode> {
  const { session, forge, context, sealKey } = job
  if (forge === undefined) return code
  const { issues } = forge
  if (issues === undefined) {
    session.tell([diagnostic('ci/no-issues', { forge: forgeNames[context.system] })])
    return code
  }
  const marker = markerOf(job, 'drift')
  const view = { ...viewOf(job), limit: forge.limit, reserve: reserveFor(job, marker) }
  const body = code === exitCodes.pending ? driftMarkdown(report, view) : undefined
  const title = `Drift in ${report.organization.name} (${job.path})`
  const told = await atForge(() => reportIssue(issues, { system: context.system, marker, title, body, sealKey }))
  if (!told.ok) return session.fail(told.diagnostics)
  if (session.options.quiet !== true && 'posted' in told.value)
    session.world.stderr.write(`The issue: ${told.value.posted.url}\n`)
  return exitCodes.clean
}
