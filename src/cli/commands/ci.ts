import { openJob, type CiFlags } from '../ci/job.ts'
import { JobSession } from '../ci/job-session.ts'
import type { ExitCode } from '../exit-code.ts'
import type { Session } from '../session.ts'

export type CiJob = 'plan' | 'apply' | 'drift'

/** `postern ci JOB [DIR]` */
export async function ci(asked: Session, name: CiJob, given: string | undefined, flags: CiFlags): Promise<ExitCode> {
  const session = new JobSession(asked, {
    shortened: flags.emails !== 'full',
    takesCommands: asked.world.env['GITHUB_ACTIONS'] === 'true',
  })
  const job = openJob(session, given, flags)
  if (!job.ok) return session.fail(job.diagnostics)
  session.tell(job.diagnostics)
  switch (name) {
    case 'plan':
      return (await import('../ci/plan-job.ts')).planJob(job.value)
    case 'apply':
      return (await import('../ci/apply-job.ts')).applyJob(job.value)
    case 'drift':
      return (await import('../ci/drift-job.ts')).driftJob(job.value)
  }
}
