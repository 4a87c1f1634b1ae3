import { shellWord } from '../../model/shell-word.ts'
import { yamlCommand, yamlText, type Setup } from './setup.ts'

/** A GitLab pipeline: validate and plan on merge requests, apply on the branch, drift by a pipeline schedule. */
export function gitlabPipeline({ folder, branch, version }: Setup): string {
  const dir = shellWord(folder)
  const changes = `changes: [${yamlText(`${folder}/**/*`)}]`
  const line = (command: string): string => `    - ${yamlCommand(command)}\n`
  return `# Variables of the project (Settings → CI/CD): POSTERN_API_KEY, masked and protected, and POSTERN_LEDGER, a place that outlives a job such as
# s3://bucket/prefix. A merge request sees a protected variable only where its branch is protected too: without the key, plan says so.
# Drift needs a pipeline schedule (Build → Pipeline schedules).
# With s3:// the jobs need the rights to the bucket, and: npm install --global @aws-sdk/client-s3
.postern:
  image: node:22
  before_script:
${line(`npm install --global postern@${version}`)}
postern validate:
  extends: .postern
  script:
${line(`postern validate ${dir} --format junit --output validate.xml`)}  artifacts:
    when: always
    reports:
      junit: validate.xml
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
      ${changes}

postern plan:
  extends: .postern
  script:
${line(`postern plan ${dir} --format markdown --output plan.md`)}  # 2 says that there are steps, which is why there is a merge request.
  allow_failure:
    exit_codes: [2]
  artifacts:
    when: always
    access: developer
    paths: [plan.md]
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
      ${changes}

postern apply:
  extends: .postern
  # One run at a time changes something.
  resource_group: postern
  interruptible: false
  environment: atlassian
  script:
${line(`postern apply ${dir} --yes`)}  # 2 says that only console steps are left.
  allow_failure:
    exit_codes: [2]
  rules:
    - if: $CI_PIPELINE_SOURCE == "push" && $CI_COMMIT_BRANCH == ${yamlText(branch)}
      ${changes}

postern drift:
  extends: .postern
  script:
${line(`postern drift ${dir}`)}  rules:
    - if: $CI_PIPELINE_SOURCE == "schedule"
`
}
