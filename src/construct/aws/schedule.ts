import { SchedulerSchedule, SchedulerScheduleGroup } from './bindings.ts'
import { createRole, type Shared } from './function.ts'
import { allow, trust, type Statement } from './statement.ts'

/** What the schedule starts, and what it takes to. */
export interface Target {
  readonly arn: string
  readonly right: Statement
  readonly input: Readonly<Record<string, string>>
}

/** Starts a check again and again. What cannot be started is a dead letter. */
export function createSchedule(shared: Shared, { arn, right, input }: Target): void {
  const { scope, settings, names, key, deadLetters } = shared
  const { account, name, checkEveryMinutes } = settings
  const role = createRole(shared, 'schedule-role', {
    name: names.of('schedule'),
    trusted: [
      trust('scheduler.amazonaws.com', {
        ArnEquals: { 'aws:SourceArn': names.scheduleGroupArn },
        StringEquals: { 'aws:SourceAccount': account },
      }),
    ],
    rights: [
      right,
      allow('DeadLetters', ['sqs:SendMessage'], [deadLetters.arn]),
      allow('Key', ['kms:Decrypt', 'kms:GenerateDataKey'], [key.arn]),
    ],
  })
  const group = new SchedulerScheduleGroup(scope, 'schedule-group', { name })
  new SchedulerSchedule(scope, 'schedule', {
    name: names.of('check'),
    groupName: group.name,
    description: 'Looks for drift',
    scheduleExpression: checkEveryMinutes === 1 ? 'rate(1 minute)' : `rate(${checkEveryMinutes} minutes)`,
    flexibleTimeWindow: { mode: 'OFF' },
    kmsKeyArn: key.arn,
    target: {
      arn,
      roleArn: role.arn,
      input: JSON.stringify(input),
      deadLetterConfig: { arn: deadLetters.arn },
      // A check that comes too late is made by the next one.
      retryPolicy: { maximumEventAgeInSeconds: checkEveryMinutes * 60, maximumRetryAttempts: 3 },
    },
  })
}
