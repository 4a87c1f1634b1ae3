import type { RunnerSettings } from './settings.ts'

/** The functions, by what they do. */
export type FunctionName = 'drift' | 'apply' | 'prepare' | 'summarize'

/** Names and ARNs that are known before anything is created. */
export interface Names {
  readonly of: (part: string) => string
  readonly bucketArn: string
  /** Objects below a prefix of the bucket. */
  readonly objects: (prefix: string) => string
  readonly object: (key: string) => string
  readonly logGroup: (name: FunctionName) => string
  readonly logGroupArn: (name: FunctionName) => string
  readonly logStreams: (name: FunctionName) => string
  readonly alarmArn: (alarm: string) => string
  readonly machineArn: string
  /** Runs of the machine: their names are made up when they start. */
  readonly executions: string
  readonly scheduleGroupArn: string
  readonly rootArn: string
  readonly arn: (service: string, resource: string) => string
}

export function namesOf({ name, account, region, partition, bucketName }: RunnerSettings): Names {
  const of = (part: string): string => `${name}-${part}`
  const arn = (service: string, resource: string): string =>
    `arn:${partition}:${service}:${region}:${account}:${resource}`
  const bucketArn = `arn:${partition}:s3:::${bucketName}`
  const logGroup = (part: FunctionName): string => `/aws/lambda/${of(part)}`
  const logGroupArn = (part: FunctionName): string => arn('logs', `log-group:${logGroup(part)}`)
  return {
    of,
    arn,
    bucketArn,
    objects: prefix => `${bucketArn}/${prefix}*`,
    object: key => `${bucketArn}/${key}`,
    logGroup,
    logGroupArn,
    logStreams: part => `${logGroupArn(part)}:log-stream:*`,
    alarmArn: alarm => arn('cloudwatch', `alarm:${of(alarm)}`),
    machineArn: arn('states', `stateMachine:${of('fleet')}`),
    executions: arn('states', `execution:${of('fleet')}:*`),
    scheduleGroupArn: arn('scheduler', `schedule-group/${name}`),
    rootArn: `arn:${partition}:iam::${account}:root`,
  }
}
