import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { statementsOf, tooWide, type Found } from './policies.ts'
import { synthesize, type Synthesized } from './synth.ts'

let root: string
let one: Synthesized
let fleet: Synthesized
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'postern-rights-'))
  one = synthesize(join(root, 'one'))
  fleet = synthesize(join(root, 'fleet'), { fleet: true })
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

const rights = (stack: Synthesized, role: string): readonly Found[] =>
  statementsOf(stack).filter(({ where }) => where.startsWith(`aws_iam_role_policy.runner_${role}-role-rights`))
const actionsOf = (found: readonly Found[]): readonly string[] =>
  [...new Set(found.flatMap(({ Action }) => Action))].sort()

describe('its rights', () => {
  it('are for named actions on named things', () => {
    for (const stack of [one, fleet]) {
      const statements = statementsOf(stack)
      expect(statements.length).toBeGreaterThan(25)
      expect(statements.flatMap(found => tooWide(found).map(what => `${found.where} ${found.Sid}: ${what}`))).toEqual(
        [],
      )
    }
    // Without a fleet nothing is open but objects and streams.
    const open = statementsOf(one).flatMap(({ Effect, Resource = [] }) => (Effect === 'Deny' ? [] : [Resource].flat()))
    expect(open.filter(resource => /secret:.*\*|execution:/.test(resource))).toEqual([])
  })

  it.each([
    { Action: 's3:*', Resource: 'arn:aws:s3:::b/ledger/*' },
    { Action: 's3:Get*', Resource: 'arn:aws:s3:::b/ledger/*' },
    { Action: 's3:GetObject', Resource: '*' },
    { Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' },
    { Action: 's3:GetObject', Resource: 'arn:aws:s3:::*/ledger/*' },
    { Action: 'logs:PutLogEvents', Resource: 'arn:aws:logs:eu-central-1:123456789012:*' },
    { Action: 'secretsmanager:GetSecretValue', Resource: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:*' },
    { Action: 'sts:AssumeRole', Principal: '*' },
    { Action: 'sts:AssumeRole', Principal: { AWS: '*' } },
    { Action: 'sts:AssumeRoleWithWebIdentity', Condition: { StringLike: { 'x:sub': 'repo:acme/*' } } },
  ])('would be refused as $Action on $Resource', statement => {
    expect(tooWide({ ...statement, Sid: 'x', Effect: 'Allow', type: 'aws_iam_role_policy', where: 'x' })).toHaveLength(
      1,
    )
  })

  it('of the check are to read, to note what it saw, and to report', () => {
    expect(actionsOf(rights(one, 'drift'))).toEqual([
      'kms:Decrypt',
      'kms:GenerateDataKey',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      's3:GetObject',
      's3:ListBucket',
      's3:PutObject',
      'secretsmanager:GetSecretValue',
      'sqs:SendMessage',
    ])
    const secrets = (role: string) => rights(one, role).find(({ Sid }) => Sid === 'ApiKey')?.Resource
    expect(secrets('drift')).toEqual(['${aws_secretsmanager_secret.runner_read-key.arn}'])
    expect(secrets('apply')).toEqual(['${aws_secretsmanager_secret.runner_write-key.arn}'])
    expect(actionsOf(rights(one, 'apply'))).toEqual(actionsOf(rights(one, 'drift')))
  })

  it('of the workflow are to upload documents and to start an apply', () => {
    expect(rights(one, 'github').map(({ Action, Resource }) => [Action, Resource])).toEqual([
      [['s3:PutObject'], ['arn:aws:s3:::postern-123456789012-eu-central-1/documents/commits/*']],
      [['kms:GenerateDataKey'], ['${aws_kms_key.runner_key.arn}']],
      [['lambda:InvokeFunction'], ['${aws_lambda_function.runner_apply.arn}']],
    ])
    expect(rights(fleet, 'github').at(-1)).toMatchObject({
      Action: ['states:StartExecution'],
      Resource: ['${aws_sfn_state_machine.runner_fleet.arn}'],
    })
  })

  const subject = (stack: Synthesized): unknown =>
    statementsOf(stack).find(({ where }) => where.startsWith('aws_iam_role.runner_github-role'))?.Condition
  const host = 'token.actions.githubusercontent.com'
  it('of the workflow are for one branch of one repository', () => {
    expect(subject(one)).toEqual({
      StringEquals: { [`${host}:aud`]: 'sts.amazonaws.com', [`${host}:sub`]: 'repo:acme/policies:ref:refs/heads/main' },
    })
    const other = synthesize(join(root, 'other'), {
      github: {
        repository: 'acme/policies',
        environment: 'production',
        oidcProviderArn: 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com',
      },
    })
    expect(subject(other)).toMatchObject({
      StringEquals: { [`${host}:sub`]: 'repo:acme/policies:environment:production' },
    })
    expect(other.resources).not.toHaveProperty('aws_iam_openid_connect_provider')
  })
})
