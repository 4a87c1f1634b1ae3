import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { archiveOf } from '../../../src/construct/aws/code.ts'
import { prefixes, currentKey } from '../../../src/construct/aws/prefixes.ts'
import * as places from '../../../src/lambda/places.ts'
import { statementsOf } from './policies.ts'
import { fakeCode, sample, synthesize, type Synthesized } from './synth.ts'

let root: string
let one: Synthesized
let fleet: Synthesized
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'postern-aws-'))
  one = synthesize(join(root, 'one'))
  fleet = synthesize(join(root, 'fleet'), { fleet: true })
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

const single = (stack: Synthesized, type: string): Readonly<Record<string, unknown>> => {
  const all = Object.values(stack.of(type))
  expect(all).toHaveLength(1)
  return all[0] ?? {}
}

describe('what a runner creates', () => {
  it('is what it takes, and nothing more', () => {
    const counts = (stack: Synthesized) =>
      Object.fromEntries(Object.entries(stack.resources).map(([type, all]) => [type, Object.keys(all).length]))
    const shared = {
      aws_iam_openid_connect_provider: 1,
      aws_kms_alias: 1,
      aws_kms_key: 1,
      aws_s3_bucket: 1,
      aws_s3_bucket_lifecycle_configuration: 1,
      aws_s3_bucket_ownership_controls: 1,
      aws_s3_bucket_policy: 1,
      aws_s3_bucket_public_access_block: 1,
      aws_s3_bucket_server_side_encryption_configuration: 1,
      aws_s3_bucket_versioning: 1,
      aws_scheduler_schedule: 1,
      aws_scheduler_schedule_group: 1,
      aws_sns_topic: 1,
      aws_sns_topic_policy: 1,
      aws_sns_topic_subscription: 1,
      aws_sqs_queue: 1,
      aws_sqs_queue_policy: 1,
    }
    expect(counts(one)).toEqual({
      ...shared,
      aws_cloudwatch_log_group: 2,
      aws_cloudwatch_metric_alarm: 8,
      aws_iam_role: 4,
      aws_iam_role_policy: 4,
      aws_lambda_function: 2,
      aws_lambda_function_event_invoke_config: 2,
      aws_secretsmanager_secret: 2,
    })
    expect(counts(fleet)).toEqual({
      ...shared,
      aws_cloudwatch_log_group: 4,
      aws_cloudwatch_metric_alarm: 9,
      aws_iam_role: 7,
      aws_iam_role_policy: 7,
      aws_lambda_function: 4,
      aws_lambda_function_event_invoke_config: 4,
      aws_sfn_state_machine: 1,
    })
  })

  it('keeps the bucket closed, encrypted, versioned and owned', () => {
    expect(single(one, 'aws_s3_bucket')).toMatchObject({
      bucket: 'postern-123456789012-eu-central-1',
      lifecycle: { prevent_destroy: true },
    })
    expect(single(one, 'aws_s3_bucket_public_access_block')).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    })
    expect(single(one, 'aws_s3_bucket_versioning')).toMatchObject({ versioning_configuration: { status: 'Enabled' } })
    expect(single(one, 'aws_s3_bucket_ownership_controls')).toMatchObject({
      rule: { object_ownership: 'BucketOwnerEnforced' },
    })
    expect(single(one, 'aws_s3_bucket_server_side_encryption_configuration')).toMatchObject({
      rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: 'aws:kms' }, bucket_key_enabled: true }],
    })
    const denied = statementsOf(one).filter(({ where }) => where.startsWith('aws_s3_bucket_policy.'))
    expect(denied.map(({ Effect, Condition }) => [Effect, Condition])).toEqual([
      ['Deny', { Bool: { 'aws:SecureTransport': 'false' } }],
      ['Deny', { NumericLessThan: { 's3:TlsVersion': '1.2' } }],
    ])
  })

  it('lets reports and old versions expire, and never the ledger', () => {
    const { rule } = single(one, 'aws_s3_bucket_lifecycle_configuration') as {
      readonly rule: readonly {
        readonly filter: readonly { readonly prefix: string }[]
        readonly expiration?: unknown
      }[]
    }
    const expiring = rule.filter(each => each.expiration !== undefined).map(each => each.filter[0]?.prefix)
    expect(expiring).toEqual(['fleet/', 'reports/'])
    expect(rule.find(each => each.filter[0]?.prefix === '')).toMatchObject({
      noncurrent_version_expiration: [{ noncurrent_days: 90 }],
    })
  })

  it('has one key that is rotated, and everything that is kept is under it', () => {
    expect(single(one, 'aws_kms_key')).toMatchObject({
      enable_key_rotation: true,
      lifecycle: { prevent_destroy: true },
    })
    const key = '${aws_kms_key.runner_key.arn}'
    for (const log of Object.values(fleet.of('aws_cloudwatch_log_group')))
      expect(log).toMatchObject({ kms_key_id: key, retention_in_days: 365 })
    for (const secret of Object.values(one.of('aws_secretsmanager_secret'))) expect(secret['kms_key_id']).toBe(key)
    expect(single(one, 'aws_sns_topic')['kms_master_key_id']).toBe(key)
    expect(single(one, 'aws_sqs_queue')['kms_master_key_id']).toBe(key)
    expect(single(one, 'aws_scheduler_schedule')['kms_key_arn']).toBe(key)
  })

  it('has no value of a secret, and no secret among the variables', () => {
    expect(one.resources).not.toHaveProperty('aws_secretsmanager_secret_version')
    const functions = [
      ...Object.values(one.of('aws_lambda_function')),
      ...Object.values(fleet.of('aws_lambda_function')),
    ]
    for (const made of functions) {
      const { variables } = made['environment'] as { readonly variables: Readonly<Record<string, string>> }
      expect(Object.keys(variables)).not.toContain('POSTERN_API_KEY')
      expect(Object.keys(variables).filter(name => /KEY|TOKEN|PASSWORD/.test(name))).toEqual([])
    }
  })

  it('runs the check and the apply apart, one at a time, on arm64', () => {
    const { drift, apply } = one.of('aws_lambda_function')
    for (const made of [drift, apply])
      expect(made).toMatchObject({
        architectures: ['arm64'],
        runtime: 'nodejs22.x',
        reserved_concurrent_executions: 1,
        logging_config: { log_format: 'Text' },
      })
    expect([drift?.['handler'], apply?.['handler']]).toEqual(['index.drift', 'index.apply'])
    const secretOf = (made: typeof drift) =>
      (made?.['environment'] as { variables: Record<string, string> }).variables['POSTERN_SECRET']
    expect([secretOf(drift), secretOf(apply)]).toEqual([
      '${aws_secretsmanager_secret.runner_read-key.arn}',
      '${aws_secretsmanager_secret.runner_write-key.arn}',
    ])
    const events = one.of('aws_lambda_function_event_invoke_config')
    expect(events['drift-events']).toMatchObject({ maximum_retry_attempts: 1 })
    expect(events['apply-events']).toMatchObject({ maximum_retry_attempts: 0 })
    expect(single(one, 'aws_scheduler_schedule')).toMatchObject({
      schedule_expression: 'rate(60 minutes)',
      target: { arn: '${aws_lambda_function.runner_drift.arn}' },
    })
  })

  it('tells of drift, of failure and of absence', () => {
    const alarms = one.of('aws_cloudwatch_metric_alarm')
    expect(Object.keys(alarms).sort()).toEqual(
      [
        'apply-blocked',
        'apply-failed',
        'apply-throttled',
        'check-failed',
        'check-throttled',
        'dead-letters',
        'drift',
        'no-complete-check',
      ].map(name => `alarm-${name}`),
    )
    for (const alarm of Object.values(alarms))
      expect(alarm['alarm_actions']).toEqual(['${aws_sns_topic.runner_alarms.arn}'])
    expect(alarms['alarm-no-complete-check']).toMatchObject({
      metric_name: 'CompleteCheck',
      comparison_operator: 'LessThanThreshold',
      threshold: 1,
      treat_missing_data: 'breaching',
      period: 3600,
      evaluation_periods: 3,
      datapoints_to_alarm: 3,
      dimensions: { Name: 'postern', Job: 'drift' },
    })
    expect(alarms['alarm-drift']).toMatchObject({
      namespace: 'Postern',
      metric_name: 'Drift',
      treat_missing_data: 'ignore',
    })
  })

  it('has the names of metrics and keys that the functions have', () => {
    const { commits, reports, fleet: of, ledger } = places.prefixes
    expect(prefixes).toMatchObject({ commits, reports, fleet: of, ledger, fleetResults: places.fleetResults })
    expect(currentKey).toBe(places.currentKey)
    expect(places.documentsKey('x').startsWith(prefixes.commits)).toBe(true)
    expect(places.fleetReports('x').startsWith(prefixes.fleetReports)).toBe(true)
    const metrics = [one, fleet].flatMap(stack =>
      Object.values(stack.of('aws_cloudwatch_metric_alarm')).flatMap(alarm =>
        alarm['namespace'] === 'Postern' ? [String(alarm['metric_name'])] : [],
      ),
    )
    const emitted = ['organization-run', 'fleet-summarize']
      .map(file => readFileSync(`src/lambda/${file}.ts`, 'utf8'))
      .join('')
    for (const metric of metrics) expect(emitted).toContain(`${metric}:`)
  })
})

describe('the code', () => {
  it('is the same bytes in another folder, at another time, in another time zone', () => {
    const bytes = archiveOf(fakeCode(join(root, 'a')))
    const zone = process.env['TZ']
    process.env['TZ'] = 'Pacific/Kiritimati'
    try {
      expect(archiveOf(fakeCode(join(root, 'b c')))).toEqual(bytes)
    } finally {
      if (zone === undefined) delete process.env['TZ']
      else process.env['TZ'] = zone
    }
    expect(Object.keys(unzipSync(bytes))).toEqual(['index.cjs', 'postern.chunks', 'postern.cjs'])
  })

  it('is told where it is missing', () => {
    expect(() => archiveOf(join(root, 'nowhere'))).toThrow(/cannot find the code of its functions: lambda\/index\.cjs/)
  })

  it('makes the same stack, wherever it is synthesized', () => {
    const again = synthesize(join(root, 'else where/one'))
    expect(again.text).toBe(one.text)
    expect(again.text).not.toContain(root)
    expect(again.text).not.toContain(tmpdir())
    const [, file = ''] = /"filename": "([^"]+)"/.exec(again.text) ?? []
    expect(readFileSync(join(again.folder, file))).toEqual(readFileSync(join(one.folder, file)))
  })
})

describe('props that cannot be right', () => {
  it('are told all at once', () => {
    const bad = {
      account: '1234',
      region: 'Frankfurt',
      name: 'Postern!',
      github: { repository: 'acme/*', branch: 'release/*', environment: '*' },
      checkEveryMinutes: 1,
      memory: 1,
      checkTimeoutSeconds: 901,
      alarmOn: ['drift'],
      alarmEmails: ['nobody'],
      logDays: 42,
      fleet: { maxConcurrency: 0 },
    }
    let message = ''
    try {
      synthesize(join(root, 'bad'), bad)
    } catch (error) {
      message = (error as Error).message
    }
    for (const name of [
      'account',
      'region',
      'name',
      'github.repository',
      'github.branch',
      'github.environment',
      'checkEveryMinutes',
      'memory',
      'checkTimeoutSeconds',
      'alarmOn',
      'alarmEmails',
      'logDays',
      'fleet.maxConcurrency',
    ])
      expect(message).toContain(`- ${name}: `)
    expect(message).toContain('PosternRunner cannot be made:')
  })

  it('include a check that takes longer than the time between two', () => {
    expect(() => synthesize(join(root, 'slow'), { checkEveryMinutes: 5, checkTimeoutSeconds: 300 })).toThrow(
      /checkTimeoutSeconds: must be less/,
    )
    expect(() => synthesize(join(root, 'fine'), sample)).not.toThrow()
  })
})
