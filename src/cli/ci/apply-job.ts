import { diagnostic, type Diagnostic } from '../../diagnostics/diagnostic.ts'
import type { Plan } from '../../model/plan.ts'
import { shownPlan } from '../../operations/write-record.ts'
import { applyMarkdown } from '../../render/apply-markdown.ts'
import { failureMarkdown } from '../../render/failure-markdown.ts'
import { planMarkdown } from '../../render/plan-markdown.ts'
import type { ReviewView } from '../../render/review/view.ts'
import { apply } from '../commands/apply.ts'
import { exitCodes, type ExitCode } from '../exit-code.ts'
import { viewOf, type Job } from './job.ts'
import { comment, markerOf } from './post.ts'
import { leave } from './report.ts'
import { mergedBy, reviewedPlan } from './reviewed.ts'

/** `postern ci apply`: carries out exactly the plan that was looked at in the pull request, and says there how it ended. */
export async function applyJob(job: Job): Promise<ExitCode> {
  const { session, flags, context, forge } = job
  if (context.event === 'pull-request')
    return session.fail([diagnostic('ci/wrong-event', { job: 'apply', event: context.event })])
  const given = flags.digest?.trim().toLowerCase()
  const byHand = given !== undefined || flags.unreviewed === true
  const merged = forge === undefined ? undefined : await mergedBy(job, forge)
  const pullRequest = merged?.ok === true ? merged.value : undefined
  const refuse = (diagnostics: readonly Diagnostic[]) => refused(job, pullRequest?.number, diagnostics)
  // Who opened the pull request must be known, so that they approve nothing of it.
  if (merged?.ok === false && !(byHand && merged.diagnostics.every(({ code }) => code === 'ci/no-pull-request')))
    return refuse(merged.diagnostics)
  const by = [pullRequest?.author]
  if (byHand) return carryOut(job, { digest: given, by }, pullRequest?.number)
  if (forge === undefined || pullRequest === undefined)
    return refuse([diagnostic('ci/cannot-look', { variable: context.tokenVariable })])
  const reviewed = await reviewedPlan(job, forge, pullRequest)
  if (!reviewed.ok) return refuse(reviewed.diagnostics)
  const { digest, author, appliedIn } = reviewed.value
  if (appliedIn !== undefined) {
    // A job that somebody starts again leaves what stands there.
    session.tell([diagnostic('ci/applied-already', { comment: appliedIn })])
    return exitCodes.clean
  }
  return carryOut(job, { digest, by: [...by, author] }, pullRequest.number)
}

/** The plan to carry out, and who had a hand in it besides whoever started this job: none of them can have approved it. */
interface Told {
  readonly digest: string | undefined
  readonly by: readonly (string | undefined)[]
}

async function carryOut(job: Job, { digest, by }: Told, pullRequest: string | undefined): Promise<ExitCode> {
  const { session, flags, folder } = job
  const alsoBy = [...new Set(by.filter(login => login !== undefined))]
  const ended: { body?: (view: ReviewView) => string; digest?: string } = {}
  const code = await apply(
    session,
    folder,
    { ...flags, yes: true, alsoBy, ...(digest !== undefined && { digest }) },
    {
      ended: (report, plan) => {
        ended.body = view => applyMarkdown(report, plan.steps, view)
        ended.digest = plan.digest
        return Promise.resolve()
      },
      otherDigest: plan => {
        ended.body = view => another(shownPlan(plan), view)
        return Promise.resolve()
      },
    },
  )
  const failure = (view: ReviewView): string => failureMarkdown('Nothing was applied', session.errors, view)
  const isDone = code === exitCodes.clean || code === exitCodes.pending
  const told = await tell(job, pullRequest, ended.body ?? failure, isDone ? ended.digest : undefined)
  if (told !== exitCodes.clean && isDone) return told
  // What is left for people does not fail the job: they are told.
  return code === exitCodes.pending ? exitCodes.clean : code
}

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
  await tell(job, pullRequest, view => failureMarkdown('Nothing was applied', job.session.errors, view))
  return code
}

/** Characters of the lines above a plan. */
const above = 400

/** `digest`: of a plan that was carried out. */
async function tell(
  job: Job,
  pullRequest: string | undefined,
  body: (view: ReviewView) => string,
  digest?: string,
): Promise<ExitCode> {
  const view = viewOf(job)
  const isLeft = await leave(job, { name: 'applied.md', write: room => body({ ...view, ...room }), outputs: {} })
  const posted = await comment(
    job,
    pullRequest,
    markerOf(job, 'applied', digest === undefined ? {} : { digest }),
    ({ limit, reserve }) => body({ ...view, limit, reserve: reserve + above }),
  )
  return isLeft ? posted : exitCodes.error
}
