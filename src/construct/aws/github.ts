import { IamOpenidConnectProvider, type IamRole } from './bindings.ts'
import { createRole, type Shared } from './function.ts'
import { prefixes } from './prefixes.ts'
import { allow, type Statement } from './statement.ts'

const host = 'token.actions.githubusercontent.com'

/** The role of the workflow: it may upload the documents of a commit and start an apply, and nothing else. Nobody but one branch of one repository may take it. */
export function createGithubRole(shared: Shared, start: Statement): IamRole {
  const { scope, settings, names, key } = shared
  const { repository, branch, environment, oidcProviderArn } = settings.github
  const provider =
    oidcProviderArn ??
    new IamOpenidConnectProvider(scope, 'github', { url: `https://${host}`, clientIdList: ['sts.amazonaws.com'] }).arn
  const subject = environment === undefined ? `ref:refs/heads/${branch}` : `environment:${environment}`
  return createRole(shared, 'github-role', {
    name: names.of('github'),
    trusted: [
      {
        Sid: 'Trust',
        Effect: 'Allow',
        Principal: { Federated: provider },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: { [`${host}:aud`]: 'sts.amazonaws.com', [`${host}:sub`]: `repo:${repository}:${subject}` },
        },
      },
    ],
    rights: [
      allow('Documents', ['s3:PutObject'], [names.objects(prefixes.commits)]),
      allow('Key', ['kms:GenerateDataKey'], [key.arn]),
      start,
    ],
  })
}
