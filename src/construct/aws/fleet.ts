import { SfnStateMachine } from './bindings.ts'
import { fleetDefinition } from './fleet-definition.ts'
import { createFunction, createRole, type Shared } from './function.ts'
import type { OrganizationFunctions } from './organization-functions.ts'
import { currentKey, prefixes } from './prefixes.ts'
import type { FleetProps } from './props.ts'
import { allow, trust } from './statement.ts'

const minutes = 60

/** The state machine that goes over a fleet, and the two functions at its beginning and its end. */
export function createFleet(
  shared: Shared,
  { drift, apply }: OrganizationFunctions,
  fleet: Required<FleetProps>,
): SfnStateMachine {
  const { scope, settings, names, key } = shared
  const list = allow('List', ['s3:ListBucket'], [names.bucketArn])
  const environment = { POSTERN_FLEET: 'true', POSTERN_SECRET: 'none' }
  const prepare = createFunction(shared, 'prepare', {
    description: 'Checks the inventory of the fleet',
    timeout: 2 * minutes,
    concurrency: 2,
    retries: 0,
    rights: [
      allow('Read', ['s3:GetObject'], [names.objects(prefixes.documents)]),
      allow('Write', ['s3:PutObject'], [names.object(currentKey), names.objects(prefixes.fleet)]),
      list,
    ],
    environment,
  })
  const summarize = createFunction(shared, 'summarize', {
    description: 'Sums up a run over the fleet',
    timeout: 10 * minutes,
    concurrency: 2,
    retries: 0,
    rights: [
      allow('Read', ['s3:GetObject'], [names.objects(prefixes.fleet), names.objects(prefixes.fleetReports)]),
      allow('Write', ['s3:PutObject'], [names.objects(prefixes.fleetReports)]),
      list,
    ],
    environment,
  })
  const functions = { drift: drift.arn, apply: apply.arn, prepare: prepare.arn, summarize: summarize.arn }
  const results = names.objects(`${prefixes.fleetResults}/`)
  const role = createRole(shared, 'fleet-role', {
    name: names.of('fleet'),
    trusted: [
      trust('states.amazonaws.com', {
        ArnEquals: { 'aws:SourceArn': names.machineArn },
        StringEquals: { 'aws:SourceAccount': settings.account },
      }),
    ],
    rights: [
      allow('Functions', ['lambda:InvokeFunction'], Object.values(functions)),
      allow('Inventory', ['s3:GetObject'], [names.objects(prefixes.fleet)]),
      allow(
        'Results',
        ['s3:AbortMultipartUpload', 's3:GetObject', 's3:ListMultipartUploadParts', 's3:PutObject'],
        [results],
      ),
      allow('Key', ['kms:Decrypt', 'kms:GenerateDataKey'], [key.arn]),
      // A distributed map starts the machine itself, once for each organization.
      allow('Children', ['states:StartExecution'], [names.machineArn]),
      allow('ChildrenRunning', ['states:DescribeExecution', 'states:StopExecution'], [names.executions]),
    ],
  })
  return new SfnStateMachine(scope, 'fleet', {
    name: names.of('fleet'),
    type: 'STANDARD',
    roleArn: role.arn,
    definition: JSON.stringify(fleetDefinition({ ...fleet, bucket: settings.bucketName, functions })),
  })
}
