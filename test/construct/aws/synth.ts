import { LocalBackend } from 'cdktf'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js'
import { PosternRunner, type PosternRunnerProps } from '../../../src/construct/aws/index.ts'
import { App, TerraformStack } from '../../../src/construct/cdktf.ts'

export const sample: PosternRunnerProps = {
  account: '123456789012',
  region: 'eu-central-1',
  github: { repository: 'acme/policies' },
  alarmEmails: ['security@acme.com'],
}

type Resources = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>

export interface Synthesized {
  /** The folder of the stack. */
  readonly folder: string
  readonly text: string
  readonly resources: Resources
  /** All resources of one type, by the last part of their name. */
  readonly of: (type: string) => Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

/** A folder that stands for the code of the functions. */
export function fakeCode(folder: string): string {
  mkdirSync(join(folder, 'lambda'), { recursive: true })
  writeFileSync(join(folder, 'lambda/index.cjs'), 'exports.drift = 1\n')
  writeFileSync(join(folder, 'postern.cjs'), 'module.exports = {}\n')
  writeFileSync(join(folder, 'postern.chunks'), '')
  return folder
}

/** Synthesizes a stack with one runner, below a folder. Nothing of it needs a connection. */
export function synthesize(folder: string, props: Partial<PosternRunnerProps> = {}): Synthesized {
  mkdirSync(folder, { recursive: true })
  const app = new App({ outdir: folder, stackTraces: false, context: { excludeStackIdFromLogicalIds: true } })
  const stack = new TerraformStack(app, 'aws')
  // The default of CDKTF names a place of the machine.
  new LocalBackend(stack, { path: 'terraform.tfstate' })
  new AwsProvider(stack, 'aws', {
    region: 'eu-central-1',
    accessKey: 'not-a-key',
    secretKey: 'not-a-key',
    skipCredentialsValidation: true,
    skipRequestingAccountId: true,
    skipMetadataApiCheck: 'true',
  })
  new PosternRunner(stack, 'runner', { ...sample, code: fakeCode(join(folder, 'code')), ...props })
  app.synth()
  const place = join(folder, 'stacks/aws')
  const text = readStack(place)
  // Names end in a hash of where they stand, which says nothing here.
  const plain = text.replace(/(runner_[a-z0-9-]+)_[0-9A-F]{8}/g, '$1')
  const { resource: resources } = JSON.parse(plain) as { readonly resource: Resources }
  return {
    folder: place,
    text,
    resources,
    of: type =>
      Object.fromEntries(
        Object.entries(resources[type] ?? {}).map(([name, resource]) => [name.replace(/^runner_/, ''), resource]),
      ),
  }
}

const readStack = (folder: string): string => readFileSync(join(folder, 'cdk.tf.json'), 'utf8')
