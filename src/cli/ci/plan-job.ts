import { diagnostic, type Diagnostic } from '../../diagnostics/diagnostic.ts'
import { Places } from '../../diagnostics/to-document.ts'
import type { DiagnosticDocument } from '../../model/diagnostic-document.ts'
import type { Plan, SavedPlan } from '../../model/plan.ts'
import { loadFolder } from '../../operations/validate.ts'
import { shownPlan } from '../../operations/write-record.ts'
import { diagnosticsGithub } from '../../render/diagnostics-github.ts'
import { failureMarkdown } from '../../render/failure-markdown.ts'
import { planMarkdown } from '../../render/plan-markdown.ts'
import { shortEmails } from '../../render/review/short-email.ts'
import { coverageShare } from '../../render/review/coverage-share.ts'
import { makePlanOf, printPlan, type Made } from '../commands/plan.ts'
import { inFormat } from '../diagnostics-formats.ts'
import { bringsSomething, exitCodes, isBlocked, planExitCode, type ExitCode } from '../exit-code.ts'
import type { Pointed } from '../session.ts'
import { version } from '../version.ts'
import { annotations } from './annotations.ts'
import { baseOf } from './checkout.ts'
import { viewOf, type Job } from './job.ts'
import { comment, markerOf } from './post.ts'
import { leave, type Outputs } from './report.ts'

/** `postern ci plan`: one comment on the pull request, the whole plan in the report, outputs, and what the lines do. */
export async function planJob(job: Job): Promise<ExitCode> {
  const { session, flags, context, folder } = job
  const hasKey = (session.world.env['POSTERN_API_KEY']?.trim() ?? '') !== ''
  if (!hasKey && flags.snapshot === undefined && context.fromFork) return onlyValidate(job)
  const found = await baseOf(job)
  if (!found.ok) {
    await session.fail(found.diagnostics)
    return withoutPlan(job, { exit: exitCodes.error, said: session.errors })
  }
  const { value: base } = found
  const made = await makePlanOf(session, folder, { ...flags, ...(base !== undefined && { base }) })
  return 'exit' in made ? withoutPlan(job, made) : withPlan(job, made.plan, made.pointed)
}

async function withPlan(job: Job, made: SavedPlan, pointed: Pointed): Promise<ExitCode> {
  const { session, context, flags } = job
  const plan = shownPlan(made)
  const view = viewOf(job)
  const code = planExitCode(plan)
  if (session.options.quiet !== true) await printPlan(session, made, pointed, flags)
  if (context.system === 'github') session.command(annotations(plan, job.path))
  const write = (room: { readonly limit?: number }) => planMarkdown(plan, { ...view, ...room })
  const isLeft = await leave(job, {
    name: 'plan.md',
    write,
    outputs: outputsOf(plan),
    more: {
      ...(flags.emails === 'full' && { 'plan.json': `${JSON.stringify(plan, null, 2)}\n` }),
      ...(await codeQuality(job, plan.diagnostics, pointed)),
    },
  })
  // The plan of a snapshot is no plan to apply: it has no digest that one could be held against.
  const marker = markerOf(job, 'plan', plan.snapshot === undefined ? plan : {})
  const posted = await comment(job, context.pullRequest, marker, write)
  if (!isLeft || posted !== exitCodes.clean) return exitCodes.error
  // There being steps is why there is a pull request.
  return code === exitCodes.pending ? exitCodes.clean : code
}

/** A comment that shows the plan of an earlier commit would mislead: it says why there is none now. */
async function withoutPlan(job: Job, { exit, said = [] }: Extract<Made, { exit: ExitCode }>): Promise<ExitCode> {
  const { session, context } = job
  const view = viewOf(job)
  if (context.system === 'github')
    session.command(
      diagnosticsGithub(
        said.filter(({ file }) => file !== undefined),
        job.path,
      ),
    )
  const write = (room: Partial<typeof view>) => failureMarkdown('There is no plan', said, { ...view, ...room })
  const isLeft = await leave(job, { name: 'plan.md', write, outputs: noPlan, more: await codeQuality(job, said) })
  const posted = await comment(job, context.pullRequest, markerOf(job, 'plan'), write)
  return exit === exitCodes.clean && (!isLeft || posted !== exitCodes.clean) ? exitCodes.error : exit
}

/** A job without a key still finds mistakes in the documents. */
async function onlyValidate(job: Job): Promise<ExitCode> {
  const { session, folder } = job
  const { result, texts } = await loadFolder(session.path(folder), session.world.now())
  const noted: readonly Diagnostic[] = [
    ...result.diagnostics,
    diagnostic('ci/only-validated', { variable: 'POSTERN_API_KEY' }),
  ]
  const places = new Places(texts)
  session.tell(noted, { folder, texts })
  const said = noted.map(found => places.document(found))
  return withoutPlan(job, { exit: result.ok ? exitCodes.clean : exitCodes.error, said })
}

/** Every output is there, so that nothing else can stand for one. */
const noPlan: Outputs = {
  changed: false,
  blocked: false,
  digest: '',
  'coverage-before': '',
  'coverage-after': '',
}

function outputsOf(plan: Plan): Outputs {
  const { coverage, digest, snapshot } = plan
  const [before, after] = [coverageShare(coverage.before), coverageShare(coverage.after)]
  return {
    changed: bringsSomething(plan),
    blocked: isBlocked(plan),
    digest: snapshot === undefined ? digest : '',
    'coverage-before': before?.toFixed(1) ?? '',
    'coverage-after': after?.toFixed(1) ?? '',
  }
}

/** GitLab shows messages beside the lines that a merge request changes: https://docs.gitlab.com/ci/testing/code_quality/ */
async function codeQuality(
  { context, path, flags }: Job,
  diagnostics: readonly DiagnosticDocument[],
  pointed?: Pointed,
): Promise<Readonly<Record<string, string>>> {
  if (context.system !== 'gitlab') return {}
  const files = [...(pointed?.texts.keys() ?? [])]
  const shown = flags.emails === 'full' ? diagnostics : diagnostics.map(withShortEmails)
  return { 'gl-code-quality-report.json': await inFormat('gitlab', shown, { folder: path, files, version }) }
}

const withShortEmails = ({ summary, hint, ...found }: DiagnosticDocument): DiagnosticDocument => ({
  ...found,
  summary: shortEmails(summary),
  ...(hint !== undefined && { hint: shortEmails(hint) }),
})
