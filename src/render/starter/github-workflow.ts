import { yamlText, type Setup } from './setup.ts'

/** The repository of the Action. Whoever mirrors it changes this, and `uses:` of their workflows. */
export const actionRepository = 'postern/postern'

/**
 * A GitHub Actions workflow: plan on pull requests, apply on the branch, drift every night. Pull requests from forks get no secret: they are planned from the
 * snapshot that the newest nightly job published, where it does. Nothing that an event says reaches a shell, and each job has the permissions that it needs.
 */
export function githubWorkflow({ folder, branch, version }: Setup): string {
  const paths = `    paths: [${yamlText(`${folder}/**`)}]`
  const postern = (inputs: Readonly<Record<string, string>>, more = ''): string =>
    [
      `      - uses: ${actionRepository}@v${version}`,
      ...(more === '' ? [] : [more]),
      '        with:',
      ...Object.entries({ ...inputs, folder: yamlText(folder) }).map(([name, value]) => `          ${name}: ${value}`),
      '',
    ].join('\n')
  const checkout = (depth = ''): string =>
    `      - uses: actions/checkout@v6\n        with:\n          persist-credentials: false\n${depth}`
  // A merge commit and its parents: what is compared with is the first.
  const withBase = '          fetch-depth: 2\n'
  const secrets = `POSTERN_API_KEY: \${{ secrets.POSTERN_API_KEY }}
      POSTERN_COMMENT_KEY: \${{ secrets.POSTERN_COMMENT_KEY }}`
  return `# Two environments (Settings → Environments), each with a secret POSTERN_API_KEY, an organization API key:
#   atlassian-read  a key that only reads, for plan and drift
#   atlassian       a key that also has write:policies:admin, for apply; let it require a review
# Variable POSTERN_LEDGER: a place that outlives a job, such as s3://bucket/prefix. It remembers evidence, never a key.
# With s3:// the jobs need the rights to the bucket: aws-actions/configure-aws-credentials as a step before Postern.
# Secret POSTERN_COMMENT_KEY, the same in both: seals the comment, so that only jobs of these environments put a plan into it.
# Secret POSTERN_SNAPSHOT_KEY of atlassian-read: publishes a snapshot every night, which pull requests from forks are planned from.
name: postern
on:
  pull_request:
${paths}
  push:
    branches: [${yamlText(literal(branch))}]
${paths}
  schedule:
    - cron: '17 5 * * *'
  workflow_dispatch:
    inputs:
      digest:
        description: Apply the plan with this digest. Left out, look for drift
permissions: {}
env:
  POSTERN_LEDGER: \${{ vars.POSTERN_LEDGER }}
jobs:
  plan:
    # A pull request from a fork sees no secret.
    if: github.event_name == 'pull_request' && github.event.pull_request.head.repo.full_name == github.repository
    runs-on: ubuntu-latest
    environment: atlassian-read
    permissions:
      contents: read
      pull-requests: write
    # The newest commit is what counts.
    concurrency:
      group: postern-plan-\${{ github.ref }}
      cancel-in-progress: true
    env:
      ${secrets}
    steps:
${checkout(withBase)}${postern({ command: 'plan' })}
  plan-of-fork:
    # Its token only reads, so the plan is in the summary and in the annotations, not in a comment.
    if: github.event_name == 'pull_request' && github.event.pull_request.head.repo.full_name != github.repository
    runs-on: ubuntu-latest
    permissions:
      contents: read
      actions: read
    steps:
${checkout(withBase)}      # Scheduled runs are of the default branch of this repository: no pull request makes one. Without a snapshot the documents are validated.
      - id: snapshot
        run: |
          for night in $(gh run list --workflow "$GITHUB_WORKFLOW" --event schedule --limit 3 --json databaseId --jq '.[].databaseId'); do
            if gh run download "$night" --name postern-snapshot --dir "$RUNNER_TEMP/snapshot"; then
              echo "file=$RUNNER_TEMP/snapshot/snapshot.json" >> "$GITHUB_OUTPUT"
              break
            fi
          done
        env:
          GH_TOKEN: \${{ github.token }}
${postern({ command: 'plan', snapshot: '${{ steps.snapshot.outputs.file }}', comment: 'false' })}
  apply:
    if: github.event_name == 'push' || (github.event_name == 'workflow_dispatch' && inputs.digest != '' && github.ref == ${expressionText(`refs/heads/${branch}`)})
    runs-on: ubuntu-latest
    environment: atlassian
    permissions:
      contents: read
      pull-requests: write
    # One run at a time changes something, and none is cut off in the middle.
    concurrency:
      group: postern-apply
      cancel-in-progress: false
    env:
      ${secrets}
    steps:
${checkout()}${postern({ command: 'apply', digest: '${{ inputs.digest }}' })}
  drift:
    if: github.event_name == 'schedule' || (github.event_name == 'workflow_dispatch' && inputs.digest == '')
    runs-on: ubuntu-latest
    environment: atlassian-read
    permissions:
      contents: read
      issues: write
    env:
      ${secrets}
      POSTERN_SNAPSHOT_KEY: \${{ secrets.POSTERN_SNAPSHOT_KEY }}
    steps:
${checkout()}${postern({ command: 'drift' })}${postern({ command: 'snapshot', report: 'postern-snapshot' }, "        if: env.POSTERN_SNAPSHOT_KEY != '' && !cancelled()")}`
}

/** The name of a branch in a filter of GitHub, where some signs that it may have stand for others: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#filter-pattern-cheat-sheet */
const literal = (name: string): string => name.replace(/\+|^!/g, '\\$&')

/** A text in an expression of GitHub. */
const expressionText = (text: string): string => `'${text.replaceAll("'", "''")}'`
