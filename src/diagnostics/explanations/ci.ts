import type { CiFacts } from '../ci-codes.ts'
import type { ExplanationsOf } from './explanation.ts'

const page = 'See [continuous integration](ci.md).'

export const ciExplanations: ExplanationsOf<CiFacts> = {
  'ci/nowhere': {
    means: 'The variables by which GitHub Actions, GitLab CI and Bitbucket Pipelines are known are not there.',
    fix: `Use the plain commands in other systems: what they print and their exit codes are the same everywhere. ${page}`,
  },
  'ci/no-token': {
    means: 'Posting a comment or an issue takes a token, and the job was given none. The rest of the job goes on.',
    fix: `Set the variable in the job. What each forge needs stands in [continuous integration](ci.md).`,
  },
  'ci/read-only-token': {
    means:
      'GitHub gives jobs of pull requests from forks a token that only reads. The plan is in the log, in the summary of the job and in the report.',
    fix: 'Nothing is wrong. See [pull requests from forks](forks.md).',
  },
  'ci/only-validated': {
    means: 'A job of a pull request from a fork gets no secret, so there is no key to look at the organization with.',
    fix: 'Nothing is wrong. To see a plan for such pull requests as well, publish snapshots: see [pull requests from forks](forks.md).',
  },
  'ci/no-pull-request': {
    means: 'The job applies what was reviewed in a pull request, and this commit came in without one.',
    fix: 'Plan it, look at the plan, and run the job by hand with its digest. `--unreviewed` applies such commits without that.',
  },
  'ci/no-reviewed-plan': {
    means:
      'The pull request that brought this commit in has no comment with a plan, so there is no digest to hold the plan of today against.',
    fix: `Plan it, look at the plan, and run the job by hand with its digest. ${page}`,
  },
  'ci/comment-edited': {
    means:
      'The comment that named the plan was changed by somebody else than the job that wrote it. Its digest cannot be believed.',
    fix: `Plan it, look at the plan, and run the job by hand with its digest. ${page}`,
  },
  'ci/comment-replaced': {
    means: 'Somebody changed the comment of the job since it was written. The job wrote it anew.',
    fix: 'Find out why, if it was not on purpose. What the comment says is always what the newest run found.',
  },
  'ci/applied-already': {
    means: 'The job was started again for a commit whose plan was carried out by an earlier run of it.',
    fix: 'Nothing is wrong. What has changed since, `postern drift` tells.',
  },
  'ci/weak-secret': {
    means:
      'The comments of the jobs are sealed with a key that is derived from this secret. Whoever guesses a short one can seal comments of their own.',
    fix: 'Make a new secret with `openssl rand -hex 32`.',
  },
  'ci/cannot-look': {
    means: 'The plan that was looked at stands in a comment on the pull request, and reading it takes a token.',
    fix: `Hand the job a token. ${page}`,
  },
  'ci/other-checkout': {
    means:
      'The job runs for a pull request, but its folder holds another commit, as is so for `pull_request_target` without a `ref`.',
    fix: 'Let the job run for `pull_request`. For forks see [pull requests from forks](forks.md).',
  },
  'ci/comment-outdated': {
    means:
      'After the plan was made, the pull request got further commits, and it was merged before their plan was there.',
    fix: `Plan it, look at the plan, and run the job by hand with its digest. Requiring the check of the plan before merging prevents this. ${page}`,
  },
  'ci/no-issues': {
    means: 'Drift is reported in an issue where there are issues. Bitbucket Cloud has none.',
    fix: 'Nothing is wrong. The job ends with 2 where there is drift, so the pipeline is red and people are told.',
  },
  'ci/wrong-event': {
    means: 'A pull request is not applied before it is merged.',
    fix: `Let the job run for pushes to the branch that is applied, or start it by hand. ${page}`,
  },
}
