import { shellWord } from '../../model/shell-word.ts'
import { yamlCommand, yamlText, type Setup } from './setup.ts'

/** A GitLab pipeline: plan on merge requests, apply on the branch, drift by a pipeline schedule. */
export function gitlabPipeline({ folder, branch, version }: Setup): string {
  const dir = shellWord(folder)
  const changes = `changes: [${yamlText(`${folder}/**/*`)}]`
  const line = (command: string): string => `    - ${yamlCommand(command)}\n`
  return `# Variables of the project (Settings → CI/CD → Variables), all masked:
#   POSTERN_API_KEY      for the environment atlassian-read: an organization API key that only reads, for plan and drift
#   POSTERN_API_KEY      for the environment atlassian: a key that also has write:policies:admin, for apply; protected
#   GITLAB_TOKEN         a project access token with the scope api and the role Reporter, which comments; not protected
#   POSTERN_COMMENT_KEY  for the environments atlassian*: a secret that seals the comment, so that only jobs of these put a plan into it
#   POSTERN_LEDGER       a place that outlives a job, such as s3://bucket/prefix. It remembers evidence, never a key
# Drift needs a pipeline schedule (Build → Pipeline schedules).
# With s3:// the jobs need the rights to the bucket, and: npm install --global @aws-sdk/client-s3
.postern:
  image: node:22
  variables:
    # The commit to compare with is in the clone.
    GIT_DEPTH: 0
  before_script:
${line(`npm install --global postern@${version}`)}  artifacts:
    when: always
    access: developer
    paths: [postern-report]

postern plan:
  extends: .postern
  environment: { name: atlassian-read, action: access }
  interruptible: true
  script:
${line(`postern ci plan ${dir}`)}  artifacts:
    reports:
      codequality: postern-report/gl-code-quality-report.json
      dotenv: postern-report/postern.env
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
      ${changes}

postern apply:
  extends: .postern
  # One run at a time changes something, and none is cut off in the middle.
  resource_group: postern
  interruptible: false
  environment: atlassian
  script:
    # Run by hand (Build → Pipelines → New pipeline), POSTERN_DIGEST names a plan that somebody looked at.
${line(`postern ci apply ${dir} \${POSTERN_DIGEST:+"--digest=$POSTERN_DIGEST"}`)}  rules:
    - if: $CI_PIPELINE_SOURCE == "push" && $CI_COMMIT_BRANCH == ${conditionText(branch)}
      ${changes}
    - if: $CI_PIPELINE_SOURCE == "web" && $CI_COMMIT_BRANCH == ${conditionText(branch)} && $POSTERN_DIGEST

postern drift:
  extends: .postern
  environment: { name: atlassian-read, action: access }
  script:
${line(`postern ci drift ${dir}`)}  rules:
    - if: $CI_PIPELINE_SOURCE == "schedule"
`
}

/** A text in a condition of GitLab, which ends where its quote comes again: nothing in it can be escaped. */
const conditionText = (text: string): string => (text.includes('"') ? `'${text}'` : `"${text}"`)
