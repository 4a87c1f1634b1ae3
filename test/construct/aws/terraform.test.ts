import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { full } from '../../survival/extent.ts'
import { synthesize } from './synth.ts'

/** The version that the bindings are made for. */
const provider = 'registry.terraform.io/hashicorp/aws/5.100.0'

/** Folders that hold providers: those that Terraform's own variables name, those that it looks in by itself, and what an image brings below /opt. None is fetched. */
const mirrors = [
  process.env['TF_PLUGIN_CACHE_DIR'],
  join(homedir(), '.terraform.d/plugins'),
  '/usr/local/share/terraform/plugins',
  ...(existsSync('/opt') ? readdirSync('/opt').map(name => join('/opt', name)) : []),
]

const mirror = mirrors.find(folder => folder !== undefined && holdsProvider(folder))
const terraform = spawnSync('terraform', ['version'], { encoding: 'utf8' }).status === 0

function holdsProvider(folder: string): boolean {
  const place = join(folder, provider)
  return existsSync(place) && readdirSync(place).length > 0
}

const missing = !terraform ? 'terraform is not on the PATH' : mirror === undefined ? `${provider} is in no mirror` : ''
if (missing !== '' && process.env['REQUIRE_TERRAFORM'] === '1') throw new Error(missing)

const root = mkdtempSync(join(tmpdir(), 'postern-terraform-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** Runs Terraform in a folder without a network: providers come from the mirror alone. */
function run(folder: string, ...args: readonly string[]) {
  const config = join(root, 'terraform.rc')
  writeFileSync(
    config,
    `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n  direct {\n    exclude = ["*/*/*"]\n  }\n}\n`,
  )
  const proxy = 'http://127.0.0.1:9'
  const { status, stdout, stderr } = spawnSync('terraform', [...args], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      ...process.env,
      TF_CLI_CONFIG_FILE: config,
      CHECKPOINT_DISABLE: '1',
      TF_IN_AUTOMATION: '1',
      // Whatever would leave the machine ends here.
      HTTPS_PROXY: proxy,
      HTTP_PROXY: proxy,
      AWS_EC2_METADATA_DISABLED: 'true',
    },
  })
  return { status, text: stdout + stderr }
}

describe.skipIf(missing !== '')(`with Terraform${missing === '' ? '' : ` (skipped: ${missing})`}`, () => {
  it.each([
    // A fleet has all that one organization has, and each takes ten seconds.
    ...(full ? ([['one organization', {}]] as const) : []),
    ['a fleet', { fleet: true }],
  ] as const)(
    'the stack of %s is valid, and can be planned without a connection',
    (name, props) => {
      const { folder, resources } = synthesize(join(root, name), { ...props, removable: true })
      expect(run(folder, 'init', '-input=false', '-no-color')).toMatchObject({ status: 0 })
      // A plan validates first; on its own it takes as long as the plan.
      if (full) {
        const validated = run(folder, 'validate', '-json')
        expect(JSON.parse(validated.text)).toMatchObject({ valid: true, error_count: 0, warning_count: 0 })
      }
      const planned = run(folder, 'plan', '-input=false', '-no-color', '-detailed-exitcode')
      const count = Object.values(resources).reduce((sum, all) => sum + Object.keys(all).length, 0)
      expect(planned.text).toContain(`Plan: ${count} to add, 0 to change, 0 to destroy.`)
      expect(planned.text).not.toMatch(/Warning:|Error:/)
      expect(planned.status).toBe(2)
    },
    120_000,
  )
})
