import { planAuthor } from '../../operations/plan-author.ts'
import { revert as planRevert } from '../../operations/revert.ts'
import { savePlan } from '../../operations/saved-plan.ts'
import { exitCodes, planExitCode, type ExitCode } from '../exit-code.ts'
import { endProgress } from '../progress.ts'
import type { Pointed, Session } from '../session.ts'
import { placesOf } from '../settings.ts'
import { printPlan, type PlanFlags } from './plan.ts'

/** `postern revert RUN` */
export async function revert(session: Session, run: string, flags: PlanFlags): Promise<ExitCode> {
  const places = placesOf(session, flags)
  if (!places.ok) return session.fail(places.diagnostics)
  session.tell(places.diagnostics)
  const made = await planRevert({
    ...places.value,
    run,
    now: session.world.now(),
    allow: flags.allow,
    requireEvidence: flags.requireEvidence === true,
    ...planAuthor(session.world.env, flags.author),
  })
  endProgress(session)
  const pointed: Pointed = { folder: '.', texts: new Map() }
  if (!made.ok) return session.fail(made.diagnostics)
  session.tellDocuments(made.value.diagnostics, pointed)
  if (flags.out !== undefined) {
    const saved = await savePlan(session.path(flags.out), made.value)
    if (!saved.ok) return session.fail(saved.diagnostics)
  }
  const printed = await printPlan(session, made.value, pointed, flags)
  if (session.options.format === 'text' && session.options.quiet !== true && made.value.steps.length > 0)
    session.world.stderr.write(
      (flags.out === undefined
        ? `Nothing was changed. To carry it out:\n  postern revert ${run} --out revert.json\n  postern apply revert.json\n`
        : `Saved to ${flags.out}. To carry it out: postern apply ${flags.out}\n`) +
        'Revert the commit in git as well: else the next apply brings the changes back.\n',
    )
  return printed === exitCodes.clean ? planExitCode(made.value) : printed
}
