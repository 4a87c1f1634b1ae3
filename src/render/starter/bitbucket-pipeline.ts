import { shellWord } from '../../model/shell-word.ts'
import { yamlCommand, yamlText, type Setup } from './setup.ts'

/** A Bitbucket pipeline: validate and plan on pull requests, apply on the branch, drift by a schedule of the custom pipeline. */
export function bitbucketPipeline({ folder, branch, version }: Setup): string {
  const dir = shellWord(folder)
  const paths = yamlText(`${folder}/**`)
  const install = `npm install --global postern@${version}`
  // 2 says that steps are left for people, or that there is something to look at.
  const pendingIsFine = (command: string): string => yamlCommand(`${command} || [ $? -eq 2 ]`)
  const step = (name: string, command: string, more = '', paths?: string): string => `      - step:
          name: ${name}
${more}${paths === undefined ? '' : `          condition:\n            changesets:\n              includePaths: [${paths}]\n`}          script:
            - ${install}
            - ${command}
`
  return `# Repository variables: POSTERN_API_KEY, secured, and POSTERN_LEDGER, a place that outlives a job such as s3://bucket/prefix.
# Drift needs a schedule of the custom pipeline “drift” (Repository settings → Pipelines → Schedules).
# With s3:// the jobs need the rights to the bucket, and: npm install --global @aws-sdk/client-s3
image: node:22
pipelines:
  pull-requests:
    '**':
${step('Validate', yamlCommand(`postern validate ${dir}`), '', paths)}${step('Plan', pendingIsFine(`postern plan ${dir} --format markdown --output plan.md`), '          artifacts: [plan.md]\n', paths)}  branches:
    ${yamlText(branch)}:
${step('Apply', pendingIsFine(`postern apply ${dir} --yes`), '          deployment: production\n', paths)}  custom:
    drift:
${step('Drift', yamlCommand(`postern drift ${dir}`))}`
}
