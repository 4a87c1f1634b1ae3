import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { vscodeSettings } from '../../src/render/starter/editor-files.ts'
import { actionRepository } from '../../src/render/starter/github-workflow.ts'
import { gitignoreWith } from '../../src/render/starter/gitignore.ts'
import { ciSystems, type CiSystem } from '../../src/render/starter/index.ts'
import { shellWord } from '../../src/model/shell-word.ts'
import { yamlCommand } from '../../src/render/starter/setup.ts'
import { actionlint } from '../action/actionlint.ts'

const version = '1.2.3'
const systems = Object.keys(ciSystems) as CiSystem[]
const folders = ['policies', 'atlassian/our policies', "it's # a: folder", 'größe']
const branches = ['main', "it's", 'c++/]x', '!important', 'a"b']

interface Step {
  readonly id?: string
  readonly uses?: string
  readonly run?: string
  readonly if?: string
  readonly with?: Readonly<Record<string, string | number | boolean>>
}

interface Workflow {
  readonly permissions: unknown
  readonly on: { readonly push: { readonly branches: readonly string[] } }
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly if: string
        readonly environment?: string
        readonly permissions: Readonly<Record<string, string>>
        readonly concurrency?: unknown
        readonly env?: Readonly<Record<string, string>>
        readonly steps: readonly Step[]
      }
    >
  >
}

/** Every string in a value: the commands and conditions of a workflow. */
const textsIn = (value: unknown): readonly string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => [key, ...textsIn(inner)])
      : []

/** The words that a shell makes of a line. */
function wordsOf(line: string, env: Readonly<Record<string, string>> = {}): readonly string[] {
  const script = `set -- ${line}; for word; do printf '%s\\0' "$word"; done`
  return spawnSync('sh', ['-c', script], { encoding: 'utf8', env }).stdout.split('\0').slice(0, -1)
}

const commandsOf = (system: CiSystem, folder: string): readonly string[] =>
  textsIn(parse(ciSystems[system].text({ folder, branch: 'main', version })))
    .flatMap(found => found.split('\n'))
    .filter(line => /^postern (ci|snapshot) /.test(line))

describe.each(['gitlab', 'bitbucket'] as const)('the pipeline for %s', system => {
  const { text } = ciSystems[system]

  it.each(folders)('is YAML whose commands name the folder `%s` as one word', folder => {
    const commands = commandsOf(system, folder)
    expect(commands.length).toBeGreaterThan(2)
    for (const command of commands) expect(wordsOf(command, { POSTERN_DIGEST: 'd' })[3], command).toBe(folder)
  })

  it('does the three jobs, and installs the version that wrote it', () => {
    const written = text({ folder: 'policies', branch: 'trunk', version })
    for (const job of ['postern ci plan', 'postern ci apply', 'postern ci drift', 'trunk'])
      expect(written).toContain(job)
    expect(written.match(/npm install --global postern@1\.2\.3/g)?.length).toBeGreaterThan(0)
  })

  it('takes a digest by hand as one word, and none where none is given', () => {
    const [line = ''] = commandsOf(system, 'policies').filter(command => command.includes('POSTERN_DIGEST'))
    expect(wordsOf(line, { POSTERN_DIGEST: 'a b; $(id)' }).slice(4)).toEqual(['--digest=a b; $(id)'])
    expect(wordsOf(line, { POSTERN_DIGEST: '' }).filter(word => word.includes('digest'))).toEqual([])
  })
})

it.each(systems)('what is written for %s holds no key, only the name of the variable', system => {
  const lines = ciSystems[system]
    .text({ folder: 'policies', branch: 'main', version })
    .split('\n')
    .filter(line => /POSTERN_\w+_KEY:/.test(line) && !line.trim().startsWith('#'))
  for (const line of lines) expect(line).toMatch(/(POSTERN_\w+_KEY): \$\{\{ secrets\.\1 \}\}$/)
})

describe('the workflow for GitHub', () => {
  const workflowOf = (folder: string, branch: string) =>
    parse(ciSystems.github.text({ folder, branch, version })) as Workflow
  const workflow = workflowOf('policies', 'main')
  const steps = Object.values(workflow.jobs).flatMap(job => job.steps)
  const ours = steps.filter(({ uses = '' }) => uses.startsWith(`${actionRepository}@`))

  it('gives the key only to jobs that no fork reaches', () => {
    expect(Object.keys(workflow.jobs)).toEqual(['plan', 'plan-of-fork', 'apply', 'drift'])
    const { plan, 'plan-of-fork': fork, ...others } = workflow.jobs
    expect(plan?.if).toContain('head.repo.full_name == github.repository')
    expect([fork?.env, fork?.environment]).toEqual([undefined, undefined])
    expect(JSON.stringify(fork)).not.toContain('secrets.')
    for (const job of Object.values(others)) expect(job.if).not.toContain("github.event_name == 'pull_request'")
    for (const job of ['plan', 'apply', 'drift']) expect(workflow.jobs[job]?.environment).toMatch(/^atlassian/)
  })

  it('gives each job what it needs, and no more', () => {
    expect(workflow.permissions).toEqual({})
    expect(Object.fromEntries(Object.entries(workflow.jobs).map(([name, job]) => [name, job.permissions]))).toEqual({
      plan: { contents: 'read', 'pull-requests': 'write' },
      'plan-of-fork': { contents: 'read', actions: 'read' },
      apply: { contents: 'read', 'pull-requests': 'write' },
      drift: { contents: 'read', issues: 'write' },
    })
    expect(workflow.jobs['apply']?.concurrency).toEqual({ group: 'postern-apply', 'cancel-in-progress': false })
  })

  it('lets nothing that an event says reach a shell', () => {
    expect(steps.filter(({ run }) => run?.includes('${{'))).toEqual([])
  })

  it('uses the Action of the version that wrote it, with inputs that it has', () => {
    const action = parse(readFileSync('action.yml', 'utf8')) as { inputs: Readonly<Record<string, unknown>> }
    expect(ours.map(step => step.with?.['command'])).toEqual(['plan', 'plan', 'apply', 'drift', 'snapshot'])
    for (const step of ours) {
      expect(step.uses).toBe(`${actionRepository}@v${version}`)
      expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(step.with ?? {})))
    }
  })

  it.each(folders)('hands the folder `%s` on as it is', folder => {
    for (const step of Object.values(workflowOf(folder, 'main').jobs).flatMap(job => job.steps))
      if (step.uses?.startsWith(actionRepository)) expect(step.with?.['folder']).toBe(folder)
  })

  it.each(folders.flatMap(folder => branches.map(branch => [folder, branch] as const)))(
    'passes actionlint for the folder `%s` and the branch `%s`',
    async (folder, branch) => {
      const text = ciSystems.github.text({ folder, branch, version })
      expect(await actionlint(text)).toEqual([])
      expect(workflowOf(folder, branch).on.push.branches[0]?.replaceAll('\\', '')).toBe(branch)
    },
  )
})

describe('.gitignore', () => {
  const exports = 'members.csv\naccounts.csv\nexternal-users.csv\n'
  const title = '# Postern: these hold addresses of people\n'
  it.each<readonly [name: string, before: string | undefined, after: string | undefined]>([
    ['is made where there is none', undefined, `${title}.postern/\nexports/\nplan.json\n${exports}`],
    ['keeps its lines', 'node_modules\n', `node_modules\n\n${title}.postern/\nexports/\nplan.json\n${exports}`],
    [
      'gets only what it lacks, whatever its line breaks are',
      '.postern\r\nplan.json',
      `.postern\r\nplan.json\n\n${title}exports/\n${exports}`,
    ],
    ['stays where it has them all', `.postern/\nexports/\nplan.json\n${exports}`, undefined],
  ])('%s', (_, before, after) => expect(gitignoreWith(before)).toBe(after))

  it('names a ledger that is elsewhere in the repository', () =>
    expect(gitignoreWith(undefined, ['/state/ledger/'])).toMatch(/^\/state\/ledger\/$/m))
})

describe('a word of a shell, a command in YAML', () => {
  it.each([
    ['policies', 'policies'],
    ['our policies', "'our policies'"],
    ["it's", `'it'\\''s'`],
    ['$(id)', "'$(id)'"],
    ['-rf', "'-rf'"],
  ])('%s', (text, word) => expect(shellWord(text)).toBe(word))

  it.each(['postern plan policies', 'a || [ $? -eq 2 ]', "postern plan 'a: b # c'", '- x', 'x: y', ' x '])('%s', text =>
    expect(parse(`run: ${yamlCommand(text)}`)).toEqual({ run: text }),
  )
})

it('the settings of VS Code give the schema to the files of the folder', () => {
  expect(JSON.parse(vscodeSettings('our policies'))).toEqual({
    'yaml.schemas': { './our policies/policy.schema.json': 'our policies/**/*.yaml' },
  })
})
