import type { RolloutFacts } from '../rollout-codes.ts'
import type { ExplanationsOf } from './explanation.ts'

export const rolloutExplanations: ExplanationsOf<RolloutFacts> = {
  'plan/rollout-waiting': {
    means:
      'A policy with `members.rollout` takes its members in by stages. The note counts those it claims, those this stage reaches, and those that wait; who waits stays in the policy they are in now.',
    fix: 'Nothing is wrong. Raise `members.rollout.percent` or add people to the group when the stage went well; remove `members.rollout` to take in all. See [rollout](rollout.md).',
  },
}
