import type { Severity } from '../model/diagnostic-document.ts'
import { count, type WordingOf } from './wording.ts'

/** Why the comment on a pull request names no plan to apply. */
export type NoPlanIn = 'no-comment' | 'no-plan'

/** What is said of jobs of CI: what they plan, comment and apply. */
export interface CiFacts {
  'ci/nowhere': Readonly<Record<string, never>>
  'ci/no-token': { readonly forge: string; readonly variable: string }
  'ci/read-only-token': { readonly forge: string }
  'ci/only-validated': { readonly variable: string }
  'ci/no-pull-request': { readonly commit: string }
  'ci/no-reviewed-plan': { readonly pullRequest: string; readonly because: NoPlanIn }
  'ci/comment-edited': { readonly comment: string; readonly by?: string }
  'ci/comment-replaced': { readonly comment: string; readonly editedBy?: string }
  'ci/applied-already': { readonly comment: string }
  'ci/weak-secret': { readonly variable: string; readonly least: number }
  'ci/cannot-look': { readonly variable: string }
  'ci/other-checkout': { readonly head: string; readonly found: string }
  'ci/comment-outdated': { readonly comment: string; readonly of: string; readonly head: string }
  'ci/no-issues': { readonly forge: string }
  'ci/wrong-event': { readonly job: string; readonly event: string }
}

const byHand =
  'plan again and look at it; then run the job by hand with the digest of that plan: `postern ci apply --digest DIGEST`'

const without: Readonly<Record<NoPlanIn, string>> = {
  'no-comment': 'has no comment with a plan: it was deleted, or no plan was ever made',
  'no-plan': 'has a comment that says why no plan could be made',
}

export const ciWording: WordingOf<CiFacts> = {
  'ci/nowhere': () => ({
    summary: '`postern ci` runs in jobs of GitHub Actions, GitLab CI and Bitbucket Pipelines, and this is none of them',
    hint: 'elsewhere use `postern plan`, `postern apply` and `postern drift`',
  }),
  'ci/no-token': ({ forge, variable }) => ({
    summary: `${variable} is not set: nothing is posted on ${forge}`,
    hint: `hand the job a token as ${variable}`,
  }),
  'ci/read-only-token': ({ forge }) => ({
    summary: `the token of this job may not comment on ${forge}, as is so for pull requests from forks: the plan is in the log and in the report`,
  }),
  'ci/only-validated': ({ variable }) => ({
    summary: `${variable} is not set, as is so for pull requests from forks: the documents were checked, no plan was made`,
    hint: 'a trusted job can publish a snapshot, from which a plan is made without a key: `postern ci plan --snapshot FILE`',
  }),
  'ci/no-pull-request': ({ commit }) => ({
    summary: `nothing was applied: the commit ${commit} came in without a pull request, so nobody has looked at its plan`,
    hint: `${byHand}. Where such commits are applied on purpose: \`--unreviewed\``,
  }),
  'ci/no-reviewed-plan': ({ pullRequest, because }) => ({
    summary: `nothing was applied: ${pullRequest} ${without[because]}`,
    hint: byHand,
  }),
  'ci/comment-edited': ({ comment, by }) => ({
    summary: `nothing was applied: ${by ?? 'somebody'} edited the comment with the plan, ${comment}${by === undefined ? ', or sealed it with another key' : ''}: what it says is not to be believed`,
    hint: byHand,
  }),
  'ci/comment-replaced': ({ comment, editedBy }) => ({
    summary: `${editedBy ?? 'somebody'} had edited the comment ${comment}: it was written anew`,
  }),
  'ci/applied-already': ({ comment }) => ({
    summary: `this plan was carried out already, as ${comment} says: nothing was done`,
  }),
  'ci/weak-secret': ({ variable, least }) => ({
    summary: `${variable} has fewer than ${count(least, 'character')}: somebody could guess it`,
    hint: 'make one with `openssl rand -hex 32`',
  }),
  'ci/cannot-look': ({ variable }) => ({
    summary: `nothing was applied: without ${variable} the plan that was looked at in the pull request cannot be found`,
    hint: `hand the job a token as ${variable}; or ${byHand}`,
  }),
  'ci/other-checkout': ({ head, found }) => ({
    summary: `what is checked out (${found}) is not the pull request (${head}): a plan of it would be shown as the plan of the pull request`,
    hint: 'check out what the event is about: actions/checkout does so by itself for `pull_request`, and not for `pull_request_target`',
  }),
  'ci/comment-outdated': ({ comment, of, head }) => ({
    summary: `nothing was applied: the plan in ${comment} is that of the commit ${of}, and ${head} was merged`,
    hint: byHand,
  }),
  'ci/no-issues': ({ forge }) => ({
    summary: `${forge} has no issue to report drift in: it is in the log and in the report, and the job ends with 2`,
  }),
  'ci/wrong-event': ({ job, event }) => ({
    summary: `\`postern ci ${job}\` does not run for the event “${event}”`,
    hint: 'apply what was merged: let the job run for pushes to the branch that is applied',
  }),
}

export const ciSeverities = {
  'ci/no-token': 'warning',
  'ci/read-only-token': 'note',
  'ci/only-validated': 'warning',
  'ci/no-issues': 'note',
  'ci/applied-already': 'note',
  'ci/comment-replaced': 'warning',
} satisfies { readonly [C in keyof CiFacts]?: Severity }
