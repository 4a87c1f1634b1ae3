import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import cdktf from '../../cdktf.json' with { type: 'json' }
import manifest from '../../package.json' with { type: 'json' }
import { policyFolder } from '../operations/start.ts'
import { misfitsInStack, type SynthesizedStack } from './conforms.ts'

const root = mkdtempSync(join(tmpdir(), 'postern-synth-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** What `npm run synth` starts once the package is built, of the example or of another app. */
function synth(out: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/synth-app.mjs', ...args], {
    encoding: 'utf8',
    env: { ...process.env, CDKTF_OUTDIR: join(root, out), FORCE_COLOR: '0' },
  })
  return { status, stdout, stderr }
}

const filesIn = (out: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(join(root, out), { recursive: true, encoding: 'utf8' })
      .filter(file => file.endsWith('.json'))
      .map(file => [file, readFileSync(join(root, out, file), 'utf8')]),
  )

describe('npm run synth', () => {
  let first: ReturnType<typeof synth>
  let files: ReturnType<typeof filesIn>
  beforeAll(() => {
    first = synth('first')
    files = filesIn('first')
  })

  it('writes the stacks of the example, and says where', () => {
    expect(first).toMatchObject({ status: 0, stderr: '' })
    expect(first.stdout.trim().split('\n').slice(-2)).toEqual(
      ['policies', 'watch'].map(stack => join(root, 'first/stacks', stack, 'cdk.tf.json')),
    )
  })

  it('writes the same again, and no place of the machine', () => {
    expect(synth('second').status).toBe(0)
    expect(filesIn('second')).toEqual(files)
    for (const text of Object.values(files))
      expect([resolve('.'), homedir(), root].filter(place => place !== '/' && text.includes(place))).toEqual([])
  })

  it('writes what the provider takes', () => {
    const stack = JSON.parse(files['stacks/policies/cdk.tf.json'] ?? '{}') as SynthesizedStack
    expect(Object.keys(stack.resource)).toHaveLength(4)
    expect(misfitsInStack(stack)).toEqual([])
  })

  it('is what the command line of CDKTF starts as well, so that a fresh clone is built first', () => {
    expect(cdktf.app).toBe('npm run --silent synth')
    expect(manifest.scripts.synth).toBe('node scripts/synth.mjs')
  })

  it('tells all that is wrong with a folder, each with its line, and shows one line of the program', async () => {
    const folder = await policyFolder({
      'organization.yaml': 'kind: Organization\nname: acme\nid: 96c9b91d-3eab-41b4-9d9c-09eb84db70cf\n',
      'staff.yaml':
        'kind: AuthenticationPolicy\nname: Staff\ndirectory: local\nsettings:\n  twoStepVerification: mandatry\n  idleSesion: 8h\n',
    })
    const { status, stdout, stderr } = synth('bad', 'test/construct/bad-app/main.ts', folder)
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    for (const part of ['2 errors', 'staff.yaml:5:3', 'staff.yaml:6:3', 'did you mean `mandatory`?'])
      expect(stderr).toContain(part)
    expect(stderr.match(/^ {4}at /gm)).toHaveLength(1)
    expect(stderr).toMatch(/bad-app\/main\.ts:\d+:\d+\)\n$/)
    expect(stderr).not.toContain('node_modules')
  })
})
