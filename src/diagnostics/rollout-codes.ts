import type { Severity } from '../model/diagnostic-document.ts'
import type { RolloutStage } from '../model/plan.ts'
import { count, type WordingOf } from './wording.ts'

/** What is said of policies that take their members in by stages. */
export interface RolloutFacts {
  'plan/rollout-waiting': RolloutStage & { readonly by: 'percent' | 'group' }
}

export const rolloutWording: WordingOf<RolloutFacts> = {
  'plan/rollout-waiting': ({ policy, claimed, reached, waiting, stage, by }) => ({
    summary: `\`${policy}\` takes in ${stage}: ${reached} of ${count(claimed, 'account')} ${reached === 1 ? 'is in or moves' : 'are in or move'} now, ${waiting} ${waiting === 1 ? 'waits' : 'wait'}`,
    hint:
      by === 'percent'
        ? 'raise `members.rollout.percent` to take more of them in, or remove `members.rollout` to take in all'
        : 'add people to the group to take them in, or remove `members.rollout` to take in all',
  }),
}

export const rolloutSeverities = { 'plan/rollout-waiting': 'note' } satisfies {
  readonly [C in keyof RolloutFacts]?: Severity
}
