import { shellWord } from '../../model/shell-word.ts'
import { yamlCommand, yamlText, type Setup } from './setup.ts'

/**
 * A GitHub Actions workflow: validate and plan on pull requests, apply on the branch, drift every night. Pull requests from forks get no secret, so they are
 * validated only. Nothing that a pull request says reaches a shell.
 */
export function githubWorkflow({ folder, branch, version }: Setup): string {
  const dir = shellWord(folder)
  const run = (command: string): string => `      - run: ${yamlCommand(command)}\n`
  const steps = `      - uses: actions/checkout@v5
      - uses: actions/setup-node@v5
        with:
          node-version: 22
${run(`npm install --global postern@${version}`)}`
  const key = '      POSTERN_API_KEY: ${{ secrets.POSTERN_API_KEY }}\n'
  const paths = `    paths: [${yamlText(`${folder}/**`)}]`
  return `# Two environments (Settings → Environments), each with a secret POSTERN_API_KEY, an organization API key:
#   atlassian-read  a key that only reads, for plan and drift
#   atlassian       a key that also has write:policies:admin, for apply; let it require a review
# Variable POSTERN_LEDGER: a place that outlives a job, such as s3://bucket/prefix. It remembers evidence, never a key.
# With s3:// the jobs need the rights to the bucket, and: npm install --global @aws-sdk/client-s3
name: postern
on:
  pull_request:
${paths}
  push:
    branches: [${yamlText(branch)}]
${paths}
  schedule:
    - cron: '17 5 * * *'
  workflow_dispatch:
permissions:
  contents: read
# One run at a time changes something, and none is cut off in the middle.
concurrency:
  group: postern-\${{ github.event_name == 'pull_request' && github.ref || 'organization' }}
  cancel-in-progress: false
env:
  POSTERN_LEDGER: \${{ vars.POSTERN_LEDGER }}
jobs:
  validate:
    if: github.event_name == 'pull_request'
    runs-on: ubuntu-latest
    steps:
${steps}${run(`postern validate ${dir} --format github`)}
  plan:
    # A pull request from a fork sees no secret.
    if: github.event_name == 'pull_request' && github.event.pull_request.head.repo.full_name == github.repository
    needs: validate
    runs-on: ubuntu-latest
    environment: atlassian-read
    env:
${key}    steps:
${steps}      - name: plan
        # 2 says that there are steps, which is why there is a pull request.
        run: |
          status=0
          postern plan ${dir} --format markdown --output plan.md || status=$?
          if [ -f plan.md ]; then cat plan.md >> "$GITHUB_STEP_SUMMARY"; fi
          [ "$status" -eq 0 ] || [ "$status" -eq 2 ]

  apply:
    if: github.event_name == 'push'
    runs-on: ubuntu-latest
    environment: atlassian
    env:
${key}    steps:
${steps}      - name: apply
        # 2 says that only console steps are left.
        run: |
          status=0
          postern apply ${dir} --yes --format markdown --output applied.md || status=$?
          if [ -f applied.md ]; then cat applied.md >> "$GITHUB_STEP_SUMMARY"; fi
          [ "$status" -eq 0 ] || [ "$status" -eq 2 ]

  drift:
    if: github.event_name == 'schedule' || github.event_name == 'workflow_dispatch'
    runs-on: ubuntu-latest
    environment: atlassian-read
    env:
${key}    steps:
${steps}${run(`postern drift ${dir} --format github`)}`
}
