import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { Scenario } from '../../src/simulator/index.ts'
import { builtInScenarios } from '../../src/simulator/scenarios/built-in.ts'
import { startAt, temporaryFolder, writesOf, type Started } from '../operations/start.ts'
import type { WorldOptions } from '../world.ts'
import { commandLine } from './command-line.ts'

const acmeId = '96c9b91d-3eab-41b4-9d9c-09eb84db70cf'
const acme: Scenario = { ...builtInScenarios.get('acme'), organization: { id: acmeId, name: 'acme' } }

/** An empty folder, an organization, and a command line there. `key` false: it is not in the environment. */
async function fresh({ scenario = acme, key = true }: { readonly scenario?: Scenario; readonly key?: boolean } = {}) {
  const cwd = await temporaryFolder()
  const started: Started = await startAt(cwd, { scenario })
  const env = { POSTERN_LEDGER: '.postern', USER: 'alice', ...(key && { POSTERN_API_KEY: started.simulator.apiKey }) }
  const postern = (argv: readonly string[], options: Partial<WorldOptions> = {}) =>
    commandLine(cwd, started, argv, { env, ...options })
  return { cwd, started, postern, files: () => filesIn(cwd) }
}

/** Every file below a folder, the ledger aside. */
const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter(file => !file.startsWith('.postern/'))
    .sort()

describe('init, with flags alone', () => {
  it('writes documents, .gitignore, editor settings and a workflow; the plan then has nothing in it', async () => {
    const { cwd, postern, files, started } = await fresh()
    const made = await postern(['init', '--ci', 'github'])
    expect(made.code, made.err).toBe(0)
    expect(files()).toEqual(
      expect.arrayContaining([
        '.github/workflows/postern.yml',
        '.gitignore',
        '.vscode/extensions.json',
        '.vscode/settings.json',
        'policies/organization.yaml',
        'policies/policy.schema.json',
        'policies/external-users/external.yaml',
      ]),
    )
    expect(writesOf(started.simulator)).toEqual([])
    expect((await postern(['validate'])).code).toBe(0)
    const planned = await postern(['plan'])
    expect(planned.code, planned.out + planned.err).toBe(0)
    // The three commands to run next are the ones that are shown, and they work.
    const next = made.out.split('Next\n')[1] ?? ''
    const commands = [...next.matchAll(/^ {2}postern (.+)$/gm)].map(([, command = '']) => command)
    expect(commands).toHaveLength(3)
    expect(commands[0]).toBe('plan policies')
    expect(parse(readFileSync(join(cwd, '.github/workflows/postern.yml'), 'utf8'))).toHaveProperty('jobs.apply')
  })

  it('keeps what is there, adds lines to .gitignore, and writes a pipeline beside one that somebody has', async () => {
    const { cwd, postern } = await fresh()
    writeFileSync(join(cwd, '.gitignore'), 'node_modules\n')
    writeFileSync(join(cwd, '.gitlab-ci.yml'), 'test:\n  script: [make]\n')
    mkdirSync(join(cwd, '.vscode'))
    writeFileSync(join(cwd, '.vscode/settings.json'), '{ "editor.tabSize": 8 }\n')
    const made = await postern(['init', 'atlassian', '--ci', 'gitlab'])
    expect(made.code, made.err).toBe(0)
    expect(readFileSync(join(cwd, '.gitignore'), 'utf8')).toMatch(/^node_modules\n\n[^]*\.postern\/\n/)
    expect(readFileSync(join(cwd, '.gitlab-ci.yml'), 'utf8')).toBe('test:\n  script: [make]\n')
    expect(readFileSync(join(cwd, '.gitlab-ci.postern.yml'), 'utf8')).toContain('postern ci plan atlassian')
    expect(readFileSync(join(cwd, '.vscode/settings.json'), 'utf8')).toBe('{ "editor.tabSize": 8 }\n')
    expect(made.err.match(/init\/kept/g)).toHaveLength(2)
  })

  it('never writes the key', async () => {
    const { cwd, postern, started, files } = await fresh()
    expect((await postern(['init', '--ci', 'bitbucket'])).code).toBe(0)
    for (const file of files()) expect(readFileSync(join(cwd, file), 'utf8')).not.toContain(started.simulator.apiKey)
  })
})

describe('init, at a terminal', () => {
  const other = { id: '0a1b2c3d-0000-4000-8000-00000000feed', name: 'Other org' }

  it('asks for the key without showing it, the organization of several, the CI system, and before it writes', async () => {
    const { postern, started, files, cwd } = await fresh({
      scenario: { ...acme, otherOrganizations: [other] },
      key: false,
    })
    const { apiKey } = started.simulator
    const made = await postern(['init'], { answers: [apiKey, '1', 'gitlab', '', 'y'] })
    expect(made.code, made.err).toBe(0)
    expect(made.out + made.err).not.toContain(apiKey)
    expect(made.err).toContain('read:domains:admin')
    expect(made.err).toContain('Other org')
    expect(files()).toContain('.gitlab-ci.yml')
    for (const file of files()) expect(readFileSync(join(cwd, file), 'utf8')).not.toContain(apiKey)
    expect(made.out).toContain('export POSTERN_API_KEY=')
  })

  it('takes the export that it asks for: policies have their names', async () => {
    const { postern, started, files, cwd } = await fresh()
    const exported = await started.simulator.fetch(`/console/o/${acmeId}/exports/members.csv`)
    writeFileSync(join(cwd, 'members.csv'), await exported.text())
    utimesSync(join(cwd, 'members.csv'), new Date('2026-11-24T08:00:00Z'), new Date('2026-11-24T08:00:00Z'))
    const made = await postern(['init'], { answers: ['none', 'members.csv', 'y', 'y'] })
    expect(made.code, made.err).toBe(0)
    expect(files()).toContain('policies/authentication/staff-behind-okta.yaml')
    const planned = await postern(['plan'])
    expect(planned.code, planned.out + planned.err).toBe(0)
  })

  it.each<readonly [where: string, answers: (key: string) => readonly string[]]>([
    ['at the key', () => []],
    ['at the organization', key => [key]],
    ['at the CI system', key => [key, '1']],
    ['at the export', key => [key, '1', 'none']],
    ['at the export, by a file that is not there', key => [key, '1', 'none', 'a.csv', 'b.csv', 'c.csv']],
    ['before it writes', key => [key, '1', 'none', '']],
    ['by no', key => [key, '1', 'none', '', 'n']],
  ])('leaves nothing when it is stopped %s', async (_, answers) => {
    const { postern, started, cwd } = await fresh({ scenario: { ...acme, otherOrganizations: [other] }, key: false })
    const { code, err } = await postern(['init'], { answers: answers(started.simulator.apiKey) })
    expect(code).toBe(1)
    expect(err).toContain('init/stopped')
    expect(readdirSync(cwd).filter(name => name !== '.postern')).toEqual([])
  })
})

describe('init is refused', () => {
  it.each<readonly [name: string, argv: readonly string[], code: string]>([
    ['a folder outside the repository', ['../elsewhere'], 'init/odd-folder'],
    ['a name that a shell takes for something else', ['po$(id)'], 'init/odd-folder'],
    ['a CI system that there is not', ['--ci', 'jenkins'], 'run/usage'],
    [
      'an organization that the key does not see',
      ['--organization', 'ffffffff-0000-4000-8000-000000000000'],
      'init/key',
    ],
  ])('%s', async (_, argv, code) => {
    const { postern, files } = await fresh()
    const refused = await postern(['init', ...argv])
    expect(refused.code).toBe(1)
    expect(refused.err).toContain(code)
    expect(files()).toEqual([])
  })

  it('where there is no key and nobody to ask', async () => {
    const { postern, files } = await fresh({ key: false })
    const { code, err } = await postern(['init'])
    expect(code).toBe(1)
    expect(err).toContain('org/no-key')
    expect(files()).toEqual([])
  })

  it('where the key sees two organizations and nobody can be asked, with both ids', async () => {
    const other = { id: '0a1b2c3d-0000-4000-8000-00000000feed', name: 'Other org' }
    const { postern, files } = await fresh({ scenario: { ...acme, otherOrganizations: [other] } })
    const { code, err } = await postern(['init'])
    expect(code).toBe(1)
    expect(err).toContain('import/which-organization')
    expect(err).toContain(other.id)
    expect(files()).toEqual([])
  })

  it('where documents are there already, which stay as they are', async () => {
    const { cwd, postern, files } = await fresh()
    mkdirSync(join(cwd, 'policies'))
    writeFileSync(join(cwd, 'policies/mine.yaml'), 'apiVersion: v1\nkind: ConfigMap\n')
    const { code, err } = await postern(['init'])
    expect(code).toBe(1)
    expect(err).toContain('init/folder-taken')
    expect(files()).toEqual(['policies/mine.yaml'])
  })

  it.skipIf(process.getuid?.() === 0)('where it may not write, and nothing is half written', async () => {
    const { cwd, postern, files } = await fresh()
    mkdirSync(join(cwd, '.github'))
    chmodSync(join(cwd, '.github'), 0o555)
    const { code, err } = await postern(['init', '--ci', 'github'])
    chmodSync(join(cwd, '.github'), 0o755)
    expect(code).toBe(1)
    expect(err).toContain('EACCES')
    expect(files()).toEqual([])
    expect(existsSync(join(cwd, 'policies'))).toBe(false)
  })

  it('where a file stands in the way of a folder', async () => {
    const { cwd, postern, files } = await fresh()
    writeFileSync(join(cwd, '.github'), '')
    const { code } = await postern(['init', '--ci', 'github'])
    expect(code).toBe(1)
    expect(files()).toEqual(['.github'])
    expect(statSync(join(cwd, '.github')).size).toBe(0)
  })
})
