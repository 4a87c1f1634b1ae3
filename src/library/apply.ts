import manifest from '../../package.json' with { type: 'json' }
import type { SavedPlan, Step } from '../model/plan.ts'
import type { Recovery } from '../model/recovery.ts'
import type { ApplyReport, StepResult } from '../model/reports.ts'
import { applyReport } from '../operations/apply-report.ts'
import { applyPlan } from '../operations/apply.ts'
import { nameRun } from '../operations/name-run.ts'
import { recoveryCard } from '../render/recovery-card.ts'
import { dateOf } from './clock.ts'
import { open } from './open.ts'
import type { CallOptions, LiveOptions } from './options.ts'
import type { Outcome } from './outcome.ts'
import { told } from './told.ts'

/** What is carried out, where, and by whom. */
export interface ApplyOptions extends Omit<LiveOptions, 'folder' | 'signal'> {
  /** A plan as `plan`, `revert` or `readPlan` brought it. */
  readonly plan: SavedPlan
  /** Who carries it out, a person or a CI job in words: the lock, the journal and the record of the run name them. */
  readonly by: string
  /** The page of the CI job; the record of the run carries it. */
  readonly job?: string | undefined
  /** Names the run: letters, digits and hyphens. Made of the time if left out. */
  readonly run?: string | undefined
  /** Codes of guards that this run lifts, those that the plan was made with too; none if left out. */
  readonly allow?: readonly string[] | undefined
  /** Whether a desired setting without current evidence stops the run. False if left out. */
  readonly requireEvidence?: boolean | undefined
  /** Asks to stop: the request under way is finished, no other one is sent, and the report says what is left. A move that was accepted goes on, and the next run follows it. */
  readonly signal?: CallOptions['signal']
  /** Is called before each step, and after it with its result. It must not throw. */
  readonly onStep?: ((step: Step, result: StepResult | undefined) => void) | undefined
  /** Is told how to undo by hand what the plan tightens, before the first request. The ledger keeps it as text in any case. */
  readonly onRecovery?: ((recovery: Recovery) => void) | undefined
}

/**
 * Carries out the API steps of a plan, and nothing that is not in it. What each step rests on is read again first: a step whose objects moved since is refused. With `ok` the run came to its end, not
 * every step to its aim: look at `steps`, at `guards` (one that `blocks` kept everything from being sent) and at the errors among the diagnostics.
 */
export async function apply(options: ApplyOptions): Promise<Outcome<ApplyReport>> {
  const { plan, by, job, clock, signal, onStep, onRecovery } = options
  // Stopping ends no request: a write whose answer nobody waits for would be left in doubt.
  const opened = open({ ...options, signal: undefined })
  if (!opened.ok) return told(opened)
  const { connection, ledger } = opened.value
  const run = options.run ?? nameRun(dateOf(clock), Math.random)
  const applied = told(
    await applyPlan({
      plan,
      connection,
      ledger,
      now: () => dateOf(clock),
      run,
      origin: {
        command: 'apply',
        by,
        version: manifest.version,
        ...(plan.commit !== undefined && { commit: plan.commit }),
        ...(job !== undefined && { job }),
      },
      allow: options.allow ?? [],
      requireEvidence: options.requireEvidence === true,
      recheck: true,
      stop: signal,
      onStep,
      recoveryCard: recovery => {
        onRecovery?.(recovery)
        return Promise.resolve(recoveryCard(recovery, { format: 'markdown' }))
      },
    }),
  )
  return applied.ok ? { ...applied, value: applyReport(run, plan, applied.value, applied.diagnostics) } : applied
}
