import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { App, LocalBackend, TerraformStack } from 'cdktf'
import { PosternPolicies, type PosternPoliciesProps } from '../../src/construct/index.ts'
import { startTime } from '../operations/start.ts'

/** The day on which all samples are valid. */
export const clock = { now: () => startTime }

/** What a construct is made of, without the time, which is the same for all tests. */
export type Given<Props = PosternPoliciesProps> = Props extends unknown ? Omit<Props, 'clock'> : never

type Block = Readonly<Record<string, unknown>>

/** A stack as Terraform reads it, without what CDKTF notes about it. */
export interface Stack {
  readonly policies: PosternPolicies
  /** The folder of the stack, for Terraform. */
  readonly folder: string
  readonly text: string
  readonly provider: readonly Block[]
  /** Resources by the last part of their address. */
  readonly resources: Readonly<Record<string, Readonly<Record<string, Block>>>>
  readonly annotations: readonly { readonly level: string; readonly message: string }[]
}

/** An app with nothing in it, which writes to a folder of its own. */
export const newApp = (): App => new App({ outdir: mkdtempSync(join(outputs, 'app-')) })

/** What this process synthesized goes when it ends: some is made outside of tests. */
const outputs = mkdtempSync(join(tmpdir(), 'postern-cdktf-'))
process.on('exit', () => {
  rmSync(outputs, { recursive: true, force: true })
})

/** A stack whose state is kept beside it: the default of CDKTF names a place of the machine. */
export function newStack(app: App, id = 'stack'): TerraformStack {
  const stack = new TerraformStack(app, id)
  new LocalBackend(stack, { path: 'terraform.tfstate' })
  return stack
}

/** Policies alone in a stack, by the way that users go. */
export function synthesize(given: Given): Stack {
  const app = newApp()
  const policies = new PosternPolicies(newStack(app), 'policies', { clock, ...given })
  app.synth()
  const folder = join(app.outdir, 'stacks/stack')
  const text = readFileSync(join(folder, 'cdk.tf.json'), 'utf8')
  const { provider, resource = {} } = JSON.parse(text) as {
    readonly provider: { readonly postern: readonly Block[] }
    readonly resource?: Stack['resources']
  }
  const { stacks } = JSON.parse(readFileSync(join(app.outdir, 'manifest.json'), 'utf8')) as {
    readonly stacks: { readonly stack: Pick<Stack, 'annotations'> }
  }
  return {
    policies,
    folder,
    text,
    provider: provider.postern,
    resources: Object.fromEntries(
      Object.entries(resource).map(([type, all]) => [
        type,
        Object.fromEntries(Object.values(all).map(block => [idOf(block), { ...block, '//': undefined }])),
      ]),
    ),
    annotations: stacks.stack.annotations,
  }
}

const idOf = (block: Block): string =>
  (block['//'] as { readonly metadata: { readonly path: string } }).metadata.path.split('/').at(-1) ?? ''

/** What is thrown when these policies are made. */
export function refused(given: Given): Error {
  try {
    new PosternPolicies(newStack(newApp()), 'policies', { clock, ...given })
  } catch (error) {
    return error as Error
  }
  throw new Error('nothing was refused')
}
