// The policies of an organization as a stack of Terraform, and what watches it on AWS: `npm run synth` writes both to `cdktf.out`, `cdktf deploy` applies them.
import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js'
import { App, S3Backend, TerraformStack } from 'cdktf'
import { PosternPolicies } from 'postern/cdktf'
import { PosternRunner } from 'postern/cdktf/aws'

const account = '123456789012'
const region = 'eu-central-1'

/** Without a backend of its own a stack keeps its state in a file, at a path of this machine. */
function stackIn(app: App, id: string): TerraformStack {
  const stack = new TerraformStack(app, id)
  new S3Backend(stack, { bucket: 'acme-terraform-state', key: `${id}.tfstate`, region, encrypt: true })
  return stack
}

const app = new App()

// Terraform and the runner remember in one ledger, so that the runner knows what Terraform applied.
new PosternPolicies(stackIn(app, 'policies'), 'policies', {
  folder: 'policies',
  ledger: `s3://postern-${account}-${region}/ledger`,
})

const watch = stackIn(app, 'watch')
new AwsProvider(watch, 'aws', { region, allowedAccountIds: [account] })
new PosternRunner(watch, 'runner', {
  account,
  region,
  github: { repository: 'acme/policies', branch: 'main' },
  alarmEmails: ['security@acme.com'],
})

app.synth()
