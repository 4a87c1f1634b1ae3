import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Outcome } from '../../diagnostics/outcome.ts'
import { shellWord } from '../../model/shell-word.ts'
import type { GuardResult, SavedPlan } from '../../model/plan.ts'
import type { AppliedPart } from '../../operations/resources/apply-part.ts'
import { savePlan } from '../../operations/saved-plan.ts'
import type { Configured } from '../configured.ts'
import type { Problem } from '../contract.ts'
import { error, problemsOf, warning } from '../problems.ts'
import { resultProblems } from './step-problems.ts'

/** Guards that stop an apply of this plan. One that approvals lift is only told in a plan, which is saved for those who are to approve it. */
export async function plannedGuards(plan: SavedPlan, { plans, world, view }: Configured): Promise<readonly Problem[]> {
  const waits = plan.guards.some(waitsForApproval)
  const file = waits && plans !== undefined ? join(plans, `${plan.digest.slice(0, 12)}.json`) : undefined
  const saved = file === undefined ? undefined : await saveForApproval(world.path(file), plan)
  const how =
    file === undefined ? 'Name a folder under `plans` in the provider block, and the plan is saved there.' : ''
  const place = `--ledger ${shellWord(view.ledger.place)}`
  return [
    ...plan.guards.flatMap(guard =>
      waitsForApproval(guard)
        ? [
            warning(
              titleOf(guard),
              `Apply is refused like this. ${liftOf(guard, file === undefined ? 'PLAN' : shellWord(file), place)} ${how}`.trim(),
            ),
          ]
        : guardProblem(guard),
    ),
    // It is an aid: where it cannot be written, the plan is still good.
    ...problemsOf(saved?.diagnostics ?? []).map(problem => ({ ...problem, severity: 'warning' as const })),
  ]
}

/** Saves a plan in a folder that may not be there yet: it names people. */
async function saveForApproval(file: string, plan: SavedPlan): Promise<Outcome<undefined>> {
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  } catch {
    // What is wrong with it shows when the file is written.
  }
  return savePlan(file, plan)
}

/** Guards that stopped an apply. */
export const blockingGuards = (guards: readonly GuardResult[]): readonly Problem[] => guards.flatMap(guardProblem)

/** What of a part was not done: because a guard stopped all of it, or step by step. */
export const notDone = ({ made, applied }: AppliedPart): readonly Problem[] =>
  applied.blocked ? blockingGuards(applied.guards) : resultProblems(made.plan, applied.results)

function guardProblem(guard: GuardResult): readonly Problem[] {
  if (guard.status === 'lifted') return [warning(`guard ${guard.code} is lifted: ${guard.summary}`)]
  return guard.status === 'blocks' ? [error(titleOf(guard), liftOf(guard))] : []
}

const titleOf = ({ code, summary }: GuardResult): string => `guard ${code}: ${summary}`

/** Whether somebody may still approve the plan: then a guard says how. Where nobody may, planning on is of no use. */
const waitsForApproval = ({ status, lift }: GuardResult): boolean =>
  status === 'blocks' && lift?.includes('`postern approve ') === true

/** In Terraform a guard is lifted in the provider block. */
function liftOf({ code, lift }: GuardResult, file = 'PLAN', place = '--ledger LEDGER'): string {
  if (lift === undefined) return 'Nothing lifts this guard.'
  const ways = lift
    .replace(`--allow ${code}`, `\`allow = ["${code}"]\` in the provider block`)
    .replace('`--author LOGIN`', '`author` in the provider block')
    .replace('`postern approve PLAN', `\`postern approve ${file} ${place}`)
    .replace('declare `approvals.loosening`', 'declare `approvals.loosening` in the organization')
  return `To lift it: ${ways}.`
}
