import type { RolloutStage } from '../model/plan.ts'
import { count } from '../diagnostics/wording.ts'

/** How far a policy that takes its members in by stages has come, as plain text. */
export const rolloutWords = ({ claimed, reached, waiting, stage }: RolloutStage): string =>
  waiting === 0
    ? `${stage}: all ${count(claimed, 'account')} that it claims are in or move now; members.rollout can be removed`
    : `${stage}: ${reached} of ${count(claimed, 'account')} ${reached === 1 ? 'is in or moves' : 'are in or move'} now, ${waiting} ${waiting === 1 ? 'waits' : 'wait'}`
