// Postern on AWS: one organization, and a fleet. `tsx examples/aws/main.ts` writes both stacks to `cdktf.out`; `terraform apply` in one of them creates it.
import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js'
import { App, S3Backend, TerraformStack } from 'cdktf'
import type { Construct } from 'constructs'
import { PosternRunner, type PosternRunnerProps } from 'postern/cdktf/aws'

const account = '123456789012'
const region = 'eu-central-1'

/** A stack with a runner. Its state is in a bucket of yours: it names no key and no person, and still belongs to few. */
export function runnerStack(scope: Construct, id: string, props: Partial<PosternRunnerProps> = {}): TerraformStack {
  const stack = new TerraformStack(scope, id)
  new S3Backend(stack, { bucket: 'acme-terraform-state', key: `${id}.tfstate`, region, encrypt: true })
  new AwsProvider(stack, 'aws', {
    region,
    allowedAccountIds: [account],
    defaultTags: [{ tags: { service: 'postern' } }],
  })
  new PosternRunner(stack, 'runner', {
    account,
    region,
    github: { repository: 'acme/policies', branch: 'main' },
    alarmEmails: ['security@acme.com'],
    ...props,
  })
  return stack
}

const app = new App()
runnerStack(app, 'postern')
runnerStack(app, 'postern-fleet', {
  name: 'postern-fleet',
  fleet: { maxConcurrency: 20, toleratedFailurePercentage: 10 },
  // There can be only one provider of GitHub in an account: the stack above creates it.
  github: {
    repository: 'acme/organizations',
    oidcProviderArn: `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com`,
  },
})
app.synth()
