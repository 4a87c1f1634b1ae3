import type { CiFacts } from '../../src/diagnostics/ci-codes.ts'

const comment = 'https://github.com/acme/policies/pull/7#issuecomment-1'
const [of, head] = ['0d1a26e67d8f5eaf1f6ba5c57fc3c7d91ac0fd1c', '5c3fa2f7f7a5b9d4a1f8b3d0c6a1e2d3c4b5a697']

/** Facts that show how the messages of `postern ci` read. */
export const ciSamples: CiFacts = {
  'ci/nowhere': {},
  'ci/no-token': { forge: 'GitHub', variable: 'GITHUB_TOKEN' },
  'ci/read-only-token': { forge: 'GitHub' },
  'ci/only-validated': { variable: 'POSTERN_API_KEY' },
  'ci/no-pull-request': { commit: head },
  'ci/no-reviewed-plan': { pullRequest: 'https://github.com/acme/policies/pull/7', because: 'no-comment' },
  'ci/comment-edited': { comment, by: 'alice-gh' },
  'ci/comment-replaced': { comment, editedBy: 'alice-gh' },
  'ci/applied-already': { comment },
  'ci/weak-secret': { variable: 'POSTERN_COMMENT_KEY', least: 32 },
  'ci/cannot-look': { variable: 'GITHUB_TOKEN' },
  'ci/other-checkout': { head, found: of },
  'ci/comment-outdated': { comment, of, head },
  'ci/no-issues': { forge: 'Bitbucket' },
  'ci/wrong-event': { job: 'apply', event: 'pull-request' },
}
