import { diagnostic } from '../../diagnostics/diagnostic.ts'
import { reportIssue } from '../../forge/report-issue.ts'
import { driftClasses, type DriftReport } from '../../model/drift.ts'
import { driftGithub } from '../../render/drift-github.ts'
import { driftMarkdown } from '../../render/drift-markdown.ts'
import { failureMarkdown } from '../../render/failure-markdown.ts'
import { forTerminal } from '../../render/harmless.ts'
import { shortEmails } from '../../render/review/short-email.ts'
import { plainStyle } from '../../render/style.ts'
import { driftText } from '../../render/drift-text.ts'
import { driftExitCode, lookForDrift } from '../commands/drift.ts'
import { exitCodes, type ExitCode } from '../exit-code.ts'
import { atForge, forgeNames, viewOf, type Job } from './job.ts'
import { markerOf, reserveFor } from './post.ts'
import { leave } from './report.ts'

/** `postern ci drift`: one issue while something differs, closed once nothing does. */
export async function driftJob(job: Job): Promise<ExitCode> {
  const { session, flags, context } = job
  const found = await lookForDrift(session, job.folder, flags)
  if ('exit' in found) return notChecked(job, found.exit)
  const { report } = found
  const view = viewOf(job)
  const code = driftExitCode(report, driftClasses)
  const { verbose = false, quiet } = session.options
  if (quiet !== true)
    session.world.stdout.write(driftText(report, { style: session.out, folder: job.path, now: view.now, verbose }))
  if (context.system === 'github') session.command(driftGithub(report, job.path))
  const differences = report.differences.filter(({ exception }) => exception === undefined).length
  const isLeft = await leave(job, {
    name: 'drift.md',
    write: room => driftMarkdown(report, { ...view, ...room }),
    outputs: { drift: code === exitCodes.pending, differences },
    more: { 'drift.txt': everyDifference(job, report) },
  })
  // A check that is not complete says nothing: neither that there is drift, nor that there is none.
  if (code === exitCodes.error) return code
  const raised = await raise(job, report, code)
  return isLeft ? raised : exitCodes.error
}

/** The whole: the summary leaves out what is less urgent. */
function everyDifference({ flags, path, session }: Job, report: DriftReport): string {
  const text = driftText(report, { style: plainStyle(100), folder: path, now: session.world.now(), verbose: true })
  return flags.emails === 'full' ? text : shortEmails(text)
}

/** What kept the check from being made. The issue stays as it is. */
async function notChecked(job: Job, exit: ExitCode): Promise<ExitCode> {
  const view = viewOf(job)
  await leave(job, {
    name: 'drift.md',
    write: room => failureMarkdown('There was no check for drift', job.session.errors, { ...view, ...room }),
    outputs: { drift: '', differences: '' },
  })
  return exit
}

async function raise(job: Job, report: DriftReport, code: ExitCode): Promise<ExitCode> {
  const { session, flags, forge, context, sealKey } = job
  if (forge === undefined || !flags.comment) return code
  const { issues } = forge
  if (issues === undefined) {
    session.tell([diagnostic('ci/no-issues', { forge: forgeNames[context.system] })])
    return code
  }
  const marker = markerOf(job, 'drift')
  const view = { ...viewOf(job), limit: forge.limit, reserve: reserveFor(job, marker) }
  const body = code === exitCodes.pending ? driftMarkdown(report, view) : undefined
  const title = `Drift in ${titled(report.organization.name)} (${titled(job.path)})`
  const told = await atForge(() => reportIssue(issues, { system: context.system, marker, title, body, sealKey }))
  if (!told.ok) return session.fail(told.diagnostics)
  if (session.options.quiet !== true) {
    const { value } = told
    const pages = 'posted' in value ? [value.posted] : 'closed' in value ? value.closed : []
    for (const { url } of pages)
      session.world.stderr.write(`${'closed' in value ? 'Closed, since nothing differs' : 'The issue'}: ${url}\n`)
  }
  return exitCodes.clean
}

/** A name in a title, which mentions nobody there. GitLab takes 255 characters in all. */
const titled = (name: string): string => forTerminal(name).slice(0, 100).replaceAll('@', '@\u200d')
