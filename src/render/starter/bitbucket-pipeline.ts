import { shellWord } from '../../model/shell-word.ts'
import { yamlCommand, yamlText, type Setup } from './setup.ts'

/** A Bitbucket pipeline: plan on pull requests, apply on the branch, drift by a schedule of the custom pipeline. */
export function bitbucketPipeline({ folder, branch, version }: Setup): string {
  const dir = shellWord(folder)
  const changed = `          condition:
            changesets:
              includePaths: [${yamlText(`${folder}/**`)}]
`
  const step = (name: string, command: string, more: string): string => `      - step:
          name: ${name}
${more}          artifacts: [postern-report/**]
          script:
            - npm install --global postern@${version}
            - ${yamlCommand(command)}
`
  const deployment = '          deployment: production\n'
  return `# Repository variables (Repository settings → Pipelines), secured where they hold a secret:
#   POSTERN_API_KEY  an organization API key that only reads, for plan and drift
#   BITBUCKET_TOKEN  a repository access token with the scope pullrequest:write, which comments
#   POSTERN_LEDGER   a place that outlives a job, such as s3://bucket/prefix. It remembers evidence, never a key
# Variable of the deployment “production”, secured: POSTERN_API_KEY, a key that also has write:policies:admin, for apply.
# Drift needs a schedule of the custom pipeline “drift” (Repository settings → Pipelines → Schedules). It fails where there is drift: no issue tells of it.
# With s3:// the steps need the rights to the bucket, and: npm install --global @aws-sdk/client-s3
image: node:22
# The commit to compare with is in the clone.
clone:
  depth: full
pipelines:
  pull-requests:
    '**':
${step('Plan', `postern ci plan ${dir}`, changed)}  branches:
    ${yamlText(branch)}:
      # A deployment is a lock: Bitbucket pauses the next until the one before has ended.
${step('Apply', `postern ci apply ${dir}`, deployment + changed)}  custom:
    drift:
${step('Drift', `postern ci drift ${dir}`, '')}    apply:
      # Applies a plan that somebody looked at.
      - variables:
          - name: POSTERN_DIGEST
${step('Apply', `postern ci apply ${dir} "--digest=\${POSTERN_DIGEST:?}"`, deployment)}`
}
