import type { Construct } from '../cdktf.ts'
import { SqsQueue, SqsQueuePolicy, type KmsKey } from './bindings.ts'
import type { Names } from './names.ts'
import { denyInsecure, policyText } from './statement.ts'

const fourteenDays = 14 * 24 * 3600

/** Where events end up that nobody could handle. */
export function createDeadLetters(scope: Construct, names: Names, key: KmsKey): SqsQueue {
  const name = names.of('dead-letters')
  const queue = new SqsQueue(scope, 'dead-letters', {
    name,
    kmsMasterKeyId: key.arn,
    messageRetentionSeconds: fourteenDays,
  })
  new SqsQueuePolicy(scope, 'dead-letters-policy', {
    queueUrl: queue.url,
    policy: policyText(denyInsecure('sqs', [names.arn('sqs', name)])),
  })
  return queue
}
