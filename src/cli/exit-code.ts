import type { GuardResult, Plan } from '../model/plan.ts'
import type { Applied } from '../operations/apply.ts'

/** What a command tells its caller (design 5). Blocked goes over pending, an error over both. */
export const exitCodes = { clean: 0, error: 1, pending: 2, blocked: 3 } as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** What each number means, whichever command ends with it. */
export const exitMeanings: Readonly<Record<ExitCode, string>> = {
  [exitCodes.clean]: 'nothing is left to do',
  [exitCodes.error]: 'an error, or something could not be read',
  [exitCodes.pending]:
    'steps are left, a change weakens what the documents protect, there is drift, or a requirement is not met',
  [exitCodes.blocked]: 'a guard blocks, or an approval is missing',
}

/** Whether a guard stops the whole apply of a plan, whoever brought what it is about. */
export const isBlocked = ({ guards }: { readonly guards: readonly GuardResult[] }): boolean =>
  guards.some(({ status }) => status === 'blocks')

/** Whether there is anything to do. Where a change is told apart from what was pending before, only what the change brings counts, and what it weakens in the documents. */
export function bringsSomething({
  steps,
  base,
}: {
  readonly steps: Plan['steps']
  readonly base?: Plan['base'] | undefined
}): boolean {
  const brought = base?.steps.filter(({ origin }) => origin !== 'before') ?? steps
  return brought.length + (base?.weakens.length ?? 0) > 0
}

/** 2 where any step is left, 3 where a guard forbids it. Where a change is told apart from what was pending before, only what the change brings counts: 2 also where it weakens documents and brings no step. */
export function planExitCode({ steps, guards, base }: Pick<Plan, 'steps' | 'guards' | 'base'>): ExitCode {
  const isStopped = base?.guards.some(({ origin }) => origin === 'change') ?? isBlocked({ guards })
  if (isStopped) return exitCodes.blocked
  return bringsSomething({ steps, base }) ? exitCodes.pending : exitCodes.clean
}

/** 0 only where no step is left; 2 where people have something to do; 1 where a step failed or was not attempted. */
export function applyExitCode({ blocked, results }: Applied): ExitCode {
  if (blocked) return exitCodes.blocked
  if (results.some(({ status }) => status === 'failed' || status === 'not-attempted')) return exitCodes.error
  return results.some(({ status }) => status === 'pending') ? exitCodes.pending : exitCodes.clean
}
