import type { Construct } from '../cdktf.ts'
import {
  CloudwatchLogGroup,
  IamRole,
  IamRolePolicy,
  LambdaFunction,
  LambdaFunctionEventInvokeConfig,
  type KmsKey,
  type SqsQueue,
} from './bindings.ts'
import type { Code } from './code.ts'
import type { FunctionName, Names } from './names.ts'
import type { RunnerSettings } from './settings.ts'
import { allow, policyText, trust, type Statement } from './statement.ts'

/** What all functions share. */
export interface Shared {
  readonly scope: Construct
  readonly settings: RunnerSettings
  readonly names: Names
  readonly key: KmsKey
  readonly deadLetters: SqsQueue
  readonly code: Code
}

/** What one function is. */
export interface FunctionParts {
  readonly description: string
  readonly timeout: number
  readonly concurrency: number
  /** How often the service tries an event again by itself. */
  readonly retries: number
  readonly rights: readonly Statement[]
  readonly environment: Readonly<Record<string, string>>
}

/** A function with its log, its role and the place where its failed events go. It may do what `rights` says, write its log, use the key and leave dead letters. */
export function createFunction(
  { scope, settings, names, key, deadLetters, code }: Shared,
  name: FunctionName,
  { description, timeout, concurrency, retries, rights, environment }: FunctionParts,
): LambdaFunction {
  const log = new CloudwatchLogGroup(scope, `${name}-log`, {
    name: names.logGroup(name),
    retentionInDays: settings.logDays,
    kmsKeyId: key.arn,
  })
  const role = createRole({ scope, settings }, `${name}-role`, {
    name: names.of(name),
    trusted: [trust('lambda.amazonaws.com')],
    rights: [
      allow('Log', ['logs:CreateLogStream', 'logs:PutLogEvents'], [names.logStreams(name)]),
      allow('Key', ['kms:Decrypt', 'kms:GenerateDataKey'], [key.arn]),
      allow('DeadLetters', ['sqs:SendMessage'], [deadLetters.arn]),
      ...rights,
    ],
  })
  const made = new LambdaFunction(scope, name, {
    functionName: names.of(name),
    description,
    role: role.arn,
    runtime: settings.runtime,
    architectures: [settings.architecture],
    handler: `index.${name}`,
    filename: code.path,
    sourceCodeHash: code.hash,
    memorySize: settings.memory,
    timeout,
    reservedConcurrentExecutions: concurrency,
    // Text: in the JSON format lines in metric format would be wrapped.
    loggingConfig: { logFormat: 'Text', logGroup: log.name },
    environment: { variables: { ...environment, POSTERN_BUCKET: settings.bucketName, POSTERN_NAME: settings.name } },
    dependsOn: [log],
  })
  new LambdaFunctionEventInvokeConfig(scope, `${name}-events`, {
    functionName: made.functionName,
    maximumRetryAttempts: retries,
    maximumEventAgeInSeconds: 3600,
    destinationConfig: { onFailure: { destination: deadLetters.arn } },
  })
  return made
}

/** A role and the one policy that it has. */
export function createRole(
  { scope, settings }: Pick<Shared, 'scope' | 'settings'>,
  id: string,
  {
    name,
    trusted,
    rights,
  }: { readonly name: string; readonly trusted: readonly Statement[]; readonly rights: readonly Statement[] },
): IamRole {
  const role = new IamRole(scope, id, {
    name,
    assumeRolePolicy: policyText(trusted),
    ...(settings.permissionsBoundary !== undefined && { permissionsBoundary: settings.permissionsBoundary }),
  })
  new IamRolePolicy(scope, `${id}-rights`, { name, role: role.id, policy: policyText(rights) })
  return role
}
