import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { vscodeSettings } from '../../src/render/starter/editor-files.ts'
import { gitignoreWith } from '../../src/render/starter/gitignore.ts'
import { ciSystems, type CiSystem } from '../../src/render/starter/index.ts'
import { shellWord } from '../../src/model/shell-word.ts'
import { yamlCommand } from '../../src/render/starter/setup.ts'

const version = '1.2.3'
const systems = Object.keys(ciSystems) as CiSystem[]
const folders = ['policies', 'atlassian/our policies', "it's # a: folder", '-n']

/** Every string in a value: the commands and conditions of a workflow. */
const textsIn = (value: unknown): readonly string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => [key, ...textsIn(inner)])
      : []

describe.each(systems)('the workflow for %s', system => {
  const { text } = ciSystems[system]

  it.each(folders)('is YAML whose commands name the folder `%s` as one word', folder => {
    const commands = textsIn(parse(text({ folder, branch: 'main', version })))
      .flatMap(found => found.split('\n'))
      .map(line => line.trim())
      .filter(line => /^postern (validate|plan|apply|drift) /.test(line))
    expect(commands.length).toBeGreaterThan(2)
    for (const command of commands) {
      const words = command.split(' || ')[0] ?? ''
      const { stdout } = spawnSync('sh', ['-c', `set -- ${words}; for word; do echo "[$word]"; done`], {
        encoding: 'utf8',
      })
      expect(stdout.split('\n')[2], command).toBe(`[${folder}]`)
    }
  })

  it('does the three jobs, and installs the version that wrote it', () => {
    const written = text({ folder: 'policies', branch: 'trunk', version })
    for (const job of ['postern validate', 'postern plan', 'postern apply', 'postern drift', 'trunk'])
      expect(written).toContain(job)
    expect(written.match(/npm install --global postern@1\.2\.3/g)?.length).toBeGreaterThan(0)
  })

  it('holds no key, only the name of the variable', () => {
    const lines = text({ folder: 'policies', branch: 'main', version })
      .split('\n')
      .filter(line => line.includes('POSTERN_API_KEY') && !line.trim().startsWith('#'))
    for (const line of lines) expect(line).toMatch(/\$\{\{ secrets\.POSTERN_API_KEY \}\}$/)
  })
})

describe('the workflow for GitHub', () => {
  const workflow = parse(ciSystems.github.text({ folder: 'policies', branch: 'main', version })) as {
    permissions: unknown
    jobs: Record<string, { if: string; environment?: string; env?: Record<string, string>; steps: { run?: string }[] }>
  }

  it('gives the key only to jobs that no fork reaches', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' })
    expect(Object.keys(workflow.jobs)).toEqual(['validate', 'plan', 'apply', 'drift'])
    expect(workflow.jobs['validate']?.env).toBeUndefined()
    expect(workflow.jobs['plan']?.if).toContain('head.repo.full_name == github.repository')
    for (const job of ['plan', 'apply', 'drift']) expect(workflow.jobs[job]?.environment).toMatch(/^atlassian/)
  })

  it('lets nothing that an event says reach a shell', () => {
    const scripts = Object.values(workflow.jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []))
    expect(scripts.filter(script => script.includes('${{'))).toEqual([])
  })

  const actionlint = spawnSync('actionlint', ['--version']).error === undefined
  it.skipIf(!actionlint)('passes actionlint (skipped where that is not on PATH)', () => {
    const { status, stdout } = spawnSync('actionlint', ['-'], {
      input: ciSystems.github.text({ folder: 'policies', branch: 'main', version }),
      encoding: 'utf8',
    })
    expect(stdout).toBe('')
    expect(status).toBe(0)
  })
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
