import type { FleetProps } from './props.ts'
import { prefixes } from './prefixes.ts'

/** The ARNs of the functions, and what the machine is set to. */
export interface FleetMachine extends Required<FleetProps> {
  readonly bucket: string
  readonly functions: Readonly<Record<'drift' | 'apply' | 'prepare' | 'summarize', string>>
}

const invoke = 'arn:aws:states:::lambda:invoke'

/** Refused before it began: trying again is harmless, and all at once would be refused again. */
const throttled = {
  ErrorEquals: ['Lambda.TooManyRequestsException'],
  IntervalSeconds: 5,
  BackoffRate: 2,
  MaxAttempts: 8,
  MaxDelaySeconds: 120,
  JitterStrategy: 'FULL',
}

/** Trouble of the service. A function that ran all the same runs again: a check changes nothing, an apply looks first what was done. */
const trouble = {
  ErrorEquals: ['Lambda.ServiceException', 'Lambda.AWSLambdaException', 'Lambda.SdkClientException'],
  IntervalSeconds: 10,
  BackoffRate: 2,
  MaxAttempts: 2,
  JitterStrategy: 'FULL',
}

const retry = [throttled, trouble]

/**
 * The state machine: the inventory is checked, every organization is looked at on its own, then everything is summed up, even where the map gave up. Which
 * function looks is chosen once and not by each organization: each state that is entered costs.
 */
export const fleetDefinition = ({
  bucket,
  functions,
  maxConcurrency,
  toleratedFailurePercentage,
  runTimeoutSeconds,
}: FleetMachine) => ({
  Comment: 'One run over all organizations of a fleet',
  StartAt: 'Prepare',
  TimeoutSeconds: runTimeoutSeconds,
  States: {
    Prepare: {
      Type: 'Task',
      Resource: invoke,
      Parameters: {
        FunctionName: functions.prepare,
        Payload: { 'input.$': '$', 'run.$': '$$.Execution.Name' },
      },
      ResultSelector: { 'fleet.$': '$.Payload' },
      Retry: retry,
      Next: 'Which job',
    },
    'Which job': {
      Type: 'Choice',
      Choices: [{ Variable: '$.fleet.job', StringEquals: 'apply', Next: 'With apply' }],
      Default: 'With drift',
    },
    'With apply': { Type: 'Pass', Result: functions.apply, ResultPath: '$.function', Next: 'Organizations' },
    'With drift': { Type: 'Pass', Result: functions.drift, ResultPath: '$.function', Next: 'Organizations' },
    Organizations: {
      Type: 'Map',
      Label: 'Organizations',
      ItemReader: {
        Resource: 'arn:aws:states:::s3:getObject',
        ReaderConfig: { InputType: 'JSON' },
        Parameters: { Bucket: bucket, 'Key.$': '$.fleet.itemsKey' },
      },
      ItemSelector: {
        'function.$': '$.function',
        event: {
          'organization.$': '$$.Map.Item.Value',
          'run.$': '$.fleet.run',
          'commit.$': '$.fleet.commit',
          'author.$': '$.fleet.author',
        },
      },
      MaxConcurrency: maxConcurrency,
      ToleratedFailurePercentage: toleratedFailurePercentage,
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'Organization',
        States: {
          Organization: {
            Type: 'Task',
            Resource: invoke,
            Parameters: { 'FunctionName.$': '$.function', 'Payload.$': '$.event' },
            ResultSelector: { 'result.$': '$.Payload.result' },
            Retry: retry,
            End: true,
          },
        },
      },
      ResultWriter: {
        Resource: 'arn:aws:states:::s3:putObject',
        Parameters: { Bucket: bucket, Prefix: prefixes.fleetResults },
      },
      ResultPath: '$.results',
      Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.fleet.caught', Next: 'Summarize' }],
      Next: 'Summarize',
    },
    Summarize: {
      Type: 'Task',
      Resource: invoke,
      Parameters: { FunctionName: functions.summarize, 'Payload.$': '$.fleet' },
      ResultSelector: { 'end.$': '$.Payload' },
      Retry: retry,
      Next: 'Did the map end early',
    },
    'Did the map end early': {
      Type: 'Choice',
      Choices: [{ Variable: '$.end.ended', StringEquals: '', Next: 'Done' }],
      Default: 'Ended early',
    },
    Done: { Type: 'Succeed' },
    'Ended early': {
      Type: 'Fail',
      Error: 'PosternFleetEndedEarly',
      Cause: 'Too many organizations failed: see the summary',
    },
  },
})
