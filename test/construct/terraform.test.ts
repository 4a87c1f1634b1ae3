import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { synthesize } from './synthesize.ts'

const provider = resolve('dist/terraform-provider-postern')
const terraform = spawnSync('terraform', ['version'], { encoding: 'utf8' }).status === 0
const missing = !terraform
  ? 'terraform is not on the PATH'
  : existsSync(provider)
    ? ''
    : 'the provider is not built: npm run build'
if (missing !== '' && process.env['REQUIRE_TERRAFORM'] === '1') throw new Error(missing)

const root = mkdtempSync(join(tmpdir(), 'postern-provider-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** Runs Terraform in a folder without a network: the provider comes from a mirror. */
function run(folder: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync('terraform', [...args, '-no-color'], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      ...process.env,
      TF_CLI_CONFIG_FILE: join(root, 'terraform.rc'),
      CHECKPOINT_DISABLE: '1',
      TF_IN_AUTOMATION: '1',
      // Whatever would leave the machine ends here.
      HTTPS_PROXY: 'http://127.0.0.1:9',
      HTTP_PROXY: 'http://127.0.0.1:9',
    },
  })
  return { status, text: stdout + stderr }
}

/** What Terraform and the provider say of a configuration. */
function validated(folder: string) {
  const begun = run(folder, 'init', '-input=false', '-backend=false')
  return begun.status === 0 ? run(folder, 'validate') : begun
}

const valid = { status: 0, text: expect.stringContaining('Success! The configuration is valid') as string }

describe.skipIf(missing !== '')(`with Terraform${missing === '' ? '' : ` (skipped: ${missing})`}`, () => {
  beforeAll(() => {
    const mirror = join(root, 'mirror')
    const { status, stdout } = spawnSync(provider, ['--mirror', mirror], { encoding: 'utf8' })
    expect(status).toBe(0)
    // It prints what belongs there.
    writeFileSync(join(root, 'terraform.rc'), stdout)
  })

  it('takes the stack of a policy folder', () => {
    expect(validated(synthesize({ folder: 'policies', ledger: 's3://acme/ledger' }).folder)).toMatchObject(valid)
  }, 60_000)

  const examples = readdirSync('examples/terraform', { recursive: true, withFileTypes: true })
    .filter(entry => entry.name.endsWith('.tf'))
    .map(entry => join(entry.parentPath, entry.name))
    .sort()

  it.each(examples)(
    'takes %s',
    file => {
      const folder = mkdtempSync(join(root, 'example-'))
      cpSync(file, join(folder, 'example.tf'))
      cpSync('policies', join(folder, 'policies'), { recursive: true })
      if (!readFileSync(file, 'utf8').includes('required_providers'))
        writeFileSync(
          join(folder, 'versions.tf'),
          `terraform {\n  required_providers {\n    postern = {\n      source  = "postern/postern"\n      version = "${manifest.version}"\n    }\n  }\n}\n`,
        )
      expect(validated(folder)).toMatchObject(valid)
    },
    60_000,
  )
})
