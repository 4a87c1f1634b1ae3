import { Construct, TerraformOutput } from '../cdktf.ts'
import { createAlerts } from './alerts.ts'
import { SecretsmanagerSecret, type KmsKey } from './bindings.ts'
import { createBucket } from './bucket.ts'
import { packCode } from './code.ts'
import { createDeadLetters } from './dead-letters.ts'
import { createFleet } from './fleet.ts'
import type { Shared } from './function.ts'
import { createGithubRole } from './github.ts'
import { createKey } from './key.ts'
import { namesOf, type FunctionName, type Names } from './names.ts'
import { createOrganizationFunctions, type SecretPlace } from './organization-functions.ts'
import type { PosternRunnerProps } from './props.ts'
import { createSchedule } from './schedule.ts'
import { runnerSettings, type RunnerSettings } from './settings.ts'
import { allow } from './statement.ts'

/**
 * Runs Postern on AWS: drift on a schedule, apply on merge, ledger and reports in a bucket, alarms on drift, on failure and on the absence of a complete check. With
 * `fleet` it does so for many organizations. The stack brings the provider of AWS.
 */
export class PosternRunner extends Construct {
  /** The bucket for ledger, documents and reports. */
  readonly bucketName: string
  /** The role that the workflow takes. */
  readonly githubRoleArn: string
  /** Where alarms are told. */
  readonly topicArn: string
  /** What an apply is started by: the function, or of a fleet the state machine. */
  readonly applyArn: string

  constructor(scope: Construct, id: string, props: PosternRunnerProps) {
    super(scope, id)
    const settings = runnerSettings(props)
    const names = namesOf(settings)
    const { fleet } = settings
    const functions: readonly FunctionName[] =
      fleet === undefined ? ['drift', 'apply'] : ['drift', 'apply', 'prepare', 'summarize']
    const key = createKey(this, settings, names, functions)
    createBucket(this, settings, names, key)
    const deadLetters = createDeadLetters(this, names, key)
    const shared: Shared = { scope: this, settings, names, key, deadLetters, code: packCode(this, settings.code) }
    const made = createOrganizationFunctions(shared, {
      read: secretPlace(this, settings, names, key, 'read-key'),
      write: secretPlace(this, settings, names, key, 'write-key'),
    })
    if (fleet === undefined) {
      const { drift, apply } = made
      createSchedule(shared, {
        arn: drift.arn,
        right: allow('Check', ['lambda:InvokeFunction'], [drift.arn]),
        input: {},
      })
      this.applyArn = apply.arn
    } else {
      const machine = createFleet(shared, made, fleet)
      createSchedule(shared, {
        arn: machine.arn,
        right: allow('Check', ['states:StartExecution'], [machine.arn]),
        input: { job: 'drift' },
      })
      this.applyArn = machine.arn
    }
    const action = fleet === undefined ? 'lambda:InvokeFunction' : 'states:StartExecution'
    this.githubRoleArn = createGithubRole(shared, allow('Apply', [action], [this.applyArn])).arn
    this.topicArn = createAlerts(this, settings, names, key).arn
    this.bucketName = settings.bucketName
    new TerraformOutput(this, 'workflow', {
      description: 'What the workflow in the repository needs',
      value: { role: this.githubRoleArn, bucket: this.bucketName, apply: this.applyArn, region: settings.region },
    })
  }
}

/**
 * A secret for a key, created empty: the operator puts the value, so it never stands in a state. The secrets of a fleet are the operator's too, below a name; a
 * thousand resources would make every plan slow.
 */
function secretPlace(
  scope: Construct,
  { name, fleet, removable }: RunnerSettings,
  { arn }: Names,
  key: KmsKey,
  which: 'read-key' | 'write-key',
): SecretPlace {
  const full = `${name}/${which}`
  if (fleet !== undefined) return { id: full, arn: arn('secretsmanager', `secret:${full}/*`) }
  const secret = new SecretsmanagerSecret(scope, which, {
    name: full,
    description: which === 'read-key' ? 'API key of the check; it only reads' : 'API key of apply; it writes',
    kmsKeyId: key.arn,
    recoveryWindowInDays: 30,
    lifecycle: { preventDestroy: !removable },
  })
  return { id: secret.arn, arn: secret.arn }
}
