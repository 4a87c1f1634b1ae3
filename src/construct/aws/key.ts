import type { Construct } from '../cdktf.ts'
import { KmsAlias, KmsKey } from './bindings.ts'
import type { FunctionName, Names } from './names.ts'
import type { RunnerSettings } from './settings.ts'
import { policyText, type Statement } from './statement.ts'

/** The actions that the account itself keeps, named one by one: who of it may do what is said by their own policies. */
const ownActions = [
  'CancelKeyDeletion',
  'CreateAlias',
  'Decrypt',
  'DeleteAlias',
  'DescribeKey',
  'DisableKey',
  'EnableKey',
  'EnableKeyRotation',
  'Encrypt',
  'GenerateDataKey',
  'GetKeyPolicy',
  'GetKeyRotationStatus',
  'ListGrants',
  'ListKeyPolicies',
  'ListKeyRotations',
  'ListResourceTags',
  'PutKeyPolicy',
  'RevokeGrant',
  'RotateKeyOnDemand',
  'ScheduleKeyDeletion',
  'TagResource',
  'UntagResource',
  'UpdateAlias',
  'UpdateKeyDescription',
].map(name => `kms:${name}`)

/** One key for everything that Postern keeps: bucket, secrets, topic, queue and logs. It is rotated every year. */
export function createKey(
  scope: Construct,
  settings: RunnerSettings,
  names: Names,
  logs: readonly FunctionName[],
): KmsKey {
  const key = new KmsKey(scope, 'key', {
    description: `What ${settings.name} keeps: ledger, documents, reports, API keys, logs`,
    enableKeyRotation: true,
    deletionWindowInDays: 30,
    policy: policyText(statements(settings, names, logs)),
    lifecycle: { preventDestroy: !settings.removable },
  })
  new KmsAlias(scope, 'key-alias', { name: `alias/${settings.name}`, targetKeyId: key.keyId })
  return key
}

// In the policy of a key, `*` as resource is the key itself: its ARN is not known before it is there.
const itself = '*'

const statements = (
  { account, region }: RunnerSettings,
  { rootArn, logGroupArn }: Names,
  logs: readonly FunctionName[],
): readonly Statement[] => [
  { Sid: 'Account', Effect: 'Allow', Principal: { AWS: rootArn }, Action: ownActions, Resource: itself },
  {
    Sid: 'Logs',
    Effect: 'Allow',
    Principal: { Service: `logs.${region}.amazonaws.com` },
    Action: [
      'kms:Decrypt',
      'kms:DescribeKey',
      'kms:Encrypt',
      'kms:GenerateDataKey',
      'kms:ReEncryptFrom',
      'kms:ReEncryptTo',
    ],
    Resource: itself,
    Condition: { ArnEquals: { 'kms:EncryptionContext:aws:logs:arn': logs.map(logGroupArn) } },
  },
  {
    Sid: 'Alarms',
    Effect: 'Allow',
    Principal: { Service: 'cloudwatch.amazonaws.com' },
    Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
    Resource: itself,
    Condition: { StringEquals: { 'aws:SourceAccount': account } },
  },
]
