import { diagnostic, isError } from '../../diagnostics/diagnostic.ts'
import { withMarker, type Marker } from '../../forge/marker.ts'
import { postSticky } from '../../forge/sticky.ts'
import type { Plan } from '../../model/plan.ts'
import { exitCodes, type ExitCode } from '../exit-code.ts'
import { atForge, softened, type Job } from './job.ts'

/** Writes a text of at most so many characters, with room for what is added to it. */
export type WriteBody = (room: { readonly limit: number; readonly reserve: number }) => string

/** What a comment of this job says of itself. */
export const markerOf = (
  { context: { run, head }, path }: Job,
  what: Marker['what'],
  plan: Pick<Plan, 'author'> & { readonly digest?: string } = {},
): Marker => ({
  what,
  folder: path,
  run,
  head,
  ...(plan.digest !== undefined && { digest: plan.digest }),
  ...(plan.author !== undefined && { author: plan.author }),
})

/** Characters that a marker takes of a comment. */
export function reserveFor({ context: { system }, sealKey }: Job, marker: Marker): number {
  return withMarker('', marker, { system, ...(sealKey !== undefined && { sealKey }) }).length + 2
}

/** Puts the one comment of its sort on a pull request. Where the job may not, it says so, and only outside of forks that fails it. */
export async function comment(
  job: Job,
  pullRequest: string | undefined,
  marker: Marker,
  write: WriteBody,
): Promise<ExitCode> {
  const { session, flags, forge, sealKey, context } = job
  if (forge === undefined || pullRequest === undefined || !flags.comment) return exitCodes.clean
  const body = write({ limit: forge.limit, reserve: reserveFor(job, marker) })
  const posted = await atForge(() =>
    postSticky(forge.comments(pullRequest), { system: context.system, marker, body, sealKey }),
  )
  if (!posted.ok) {
    const diagnostics = softened(job, posted.diagnostics)
    session.tell(diagnostics)
    return diagnostics.some(isError) ? exitCodes.error : exitCodes.clean
  }
  const { what, posted: page, replaced } = posted.value
  if (replaced !== undefined) session.tell([diagnostic('ci/comment-replaced', { comment: page.url, ...replaced })])
  if (session.options.quiet !== true)
    session.world.stderr.write(
      what === 'left-newer' ? `A newer run has commented already: ${page.url}\n` : `The comment: ${page.url}\n`,
    )
  return exitCodes.clean
}
