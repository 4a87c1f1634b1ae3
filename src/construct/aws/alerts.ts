import type { Construct } from '../cdktf.ts'
import { alarmsOf } from './alarms.ts'
import { CloudwatchMetricAlarm, SnsTopic, SnsTopicPolicy, SnsTopicSubscription, type KmsKey } from './bindings.ts'
import type { Names } from './names.ts'
import type { RunnerSettings } from './settings.ts'
import { denyInsecure, policyText } from './statement.ts'

/** The topic that everybody who looks after Postern subscribes to, and the alarms that speak there. */
export function createAlerts(scope: Construct, settings: RunnerSettings, names: Names, key: KmsKey): SnsTopic {
  const alarms = alarmsOf(settings, names)
  const name = names.of('alarms')
  const topicArn = names.arn('sns', name)
  const topic = new SnsTopic(scope, 'alarms', { name, kmsMasterKeyId: key.arn })
  new SnsTopicPolicy(scope, 'alarms-policy', {
    arn: topic.arn,
    policy: policyText([
      {
        Sid: 'Alarms',
        Effect: 'Allow',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Action: ['sns:Publish'],
        Resource: [topicArn],
        Condition: {
          ArnEquals: { 'aws:SourceArn': alarms.map(alarm => names.alarmArn(alarm.name)).sort() },
          StringEquals: { 'aws:SourceAccount': settings.account },
        },
      },
      // Of a topic only publishing takes a condition on the way it came.
      ...denyInsecure('sns', [topicArn]).map(statement => ({ ...statement, Action: 'sns:Publish' })),
    ]),
  })
  settings.alarmEmails.forEach((endpoint, index) => {
    new SnsTopicSubscription(scope, `alarms-mail-${index}`, { topicArn: topic.arn, protocol: 'email', endpoint })
  })
  for (const {
    description,
    dimensions,
    metric,
    missing,
    namespace,
    period,
    periods,
    statistic,
    when,
    ...alarm
  } of alarms)
    new CloudwatchMetricAlarm(scope, `alarm-${alarm.name}`, {
      alarmName: names.of(alarm.name),
      alarmDescription: description,
      namespace,
      metricName: metric,
      dimensions: { ...dimensions },
      statistic,
      period,
      evaluationPeriods: periods,
      datapointsToAlarm: periods,
      threshold: 1,
      comparisonOperator: when === 'fewer' ? 'LessThanThreshold' : 'GreaterThanOrEqualToThreshold',
      treatMissingData: missing,
      alarmActions: [topic.arn],
      okActions: [topic.arn],
    })
  return topic
}
