import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import { diagnostic } from '../../diagnostics/diagnostic.ts'
import { Places } from '../../diagnostics/to-document.ts'
import type { Plan, SavedPlan } from '../../model/plan.ts'
import type { ApplyReport } from '../../model/reports.ts'
import { shownPlan } from '../../operations/write-record.ts'
import { applyMarkdown } from '../../render/apply-markdown.ts'
import { failureMarkdown } from '../../render/failure-markdown.ts'
import { planMarkdown } from '../../render/plan-markdown.ts'
import type { ReviewView } from '../../render/review/view.ts'
import { apply } from '../commands/apply.ts'
import { exitCodes, type ExitCode } from '../exit-code.ts'
import { viewOf, type Job } from './job.ts'
import { comment, markerOf } from './post.ts'
import { longestSummary, tellSystem, writeReport } from './report.ts'
import { mergedBy, reviewedPlan } from './reviewed.ts'

/** `postern ci apply`: carries out exactly the plan that was looked at in the pull request, and says there how it ended. */
export async function applyJob(job: Job): Promise<ExitCode> {
  const { session, flags, context, forge } = job
  if (context.event === 'pull-request')
    return session.fail([diagnostic('ci/wrong-event', { job: 'apply', event: context.event })])
  const given = flags.digest?.trim().toLowerCase()
  const merged = forge === undefined || context.event !== 'push' ? undefined : await mergedBy(job, forge)
  const pullRequest = merged?.ok === true ? merged.value : undefined
  const refuse = (diagnostics: readonly Diagnostic[]) => refused(job, pullRequest?.number, diagnostics)
  if (given !== undefined || flags.unreviewed === true) return carryOut(job, given, pullRequest?.number)
  if (merged === undefined || forge === undefined)
    return refuse([diagnostic('ci/no-pull-request', { commit: context.head })])
  if (!merged.ok) return refuse(merged.diagnostics)
  const reviewed = await reviewedPlan(job, forge, merged.value)
  if (!reviewed.ok) return refuse(reviewed.diagnostics)
  const { digest, author } = reviewed.value
  // Whoever merges did not make the plan. Who did cannot have approved it, whoever merges.
  const flagsOfPlan = { ...flags, ...(flags.author === undefined && author !== undefined && { author }) }
  return carryOut({ ...job, flags: flagsOfPlan }, digest, merged.value.number)
}

async function carryOut(job: Job, digest: string | undefined, pullRequest: string | undefined): Promise<ExitCode> {
  const { session, flags, folder } = job
  const ended: { body?: (view: ReviewView) => string } = {}
  const code = await apply(
    session,
    folder,
    { ...flags, yes: true, ...(digest !== undefined && { digest }) },
    {
      ended: (report, plan) => {
        ended.body = view => applied(report, plan, view)
        return Promise.resolve()
      },
      otherDigest: plan => {
        ended.body = view => another(shownPlan(plan), view)
        return Promise.resolve()
      },
    },
  )
  const told = await tell(job, pullRequest, ended.body ?? (view => failureMarkdown('Nothing was applied', [], view)))
  if (told !== exitCodes.clean && code === exitCodes.clean) return told
  // What is left for people does not fail the job: they are told.
  return code === exitCodes.pending ? exitCodes.clean : code
}

const applied = (report: ApplyReport, { steps }: SavedPlan, view: ReviewView): string =>
  applyMarkdown(report, steps, view)

/** The plan as it is now, for whoever has to look at it again. */
const another = (plan: Plan, view: ReviewView): string =>
  [
    '### Nothing was applied: this is no longer the plan that was looked at',
    '',
    'The organization, the evidence or other documents changed meanwhile. If the plan below is right, run the job by hand with its digest.',
    '',
    planMarkdown(plan, view),
  ].join('\n')

async function refused(
  job: Job,
  pullRequest: string | undefined,
  diagnostics: readonly Diagnostic[],
): Promise<ExitCode> {
  const code = await job.session.fail(diagnostics)
  const places = new Places(new Map())
  const said = diagnostics.map(found => places.document(found))
  await tell(job, pullRequest, view => failureMarkdown('Nothing was applied', said, view))
  return code
}

/** Characters of the lines above a plan. */
const above = 400

async function tell(job: Job, pullRequest: string | undefined, body: (view: ReviewView) => string): Promise<ExitCode> {
  const view = viewOf(job)
  job.session.tell([
    ...(await writeReport(job, { 'applied.md': body(view) })).diagnostics,
    ...(await tellSystem(job, { report: job.flags.report }, body({ ...view, limit: longestSummary }))).diagnostics,
  ])
  return comment(job, pullRequest, markerOf(job, 'applied'), ({ limit, reserve }) =>
    body({ ...view, limit, reserve: reserve + above }),
  )
}
