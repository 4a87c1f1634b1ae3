import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { run } from '../src/cli/run.ts'
import { kindNames } from '../src/kinds/index.ts'
import { loadFolder } from '../src/operations/validate.ts'
import { simulate, type Simulator } from '../src/simulator/index.ts'
import manifest from '../package.json' with { type: 'json' }
import { git, initialize, runGit } from './operations/base/clone.ts'
import { fakeWorld, standingClock } from './world.ts'

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .map(page => `docs/${page.replaceAll('\\', '/')}`)
    .sort(),
].filter(page => page.endsWith('.md'))

/** The commands in the console blocks of a page: lines that begin with `$ postern`. */
const commandsIn = (text: string): readonly string[] =>
  [...text.matchAll(/```console\n([\s\S]*?)```/g)].flatMap(([, block = '']) =>
    block.split('\n').flatMap(line => (line.startsWith('$ postern ') ? [line.slice('$ postern '.length)] : [])),
  )

/** Words as a shell splits them; double quotes keep blanks together. */
const words = (command: string): readonly string[] =>
  [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')

const exported = new Date('2026-11-24T09:30:00Z')

/** A working folder as the pages assume it: the policies, and the exports that the console mailed. */
async function folderFor(simulator: Simulator): Promise<string> {
  const cwd = mkdtempSync(join(tmpdir(), 'postern-docs-'))
  cpSync('policies', join(cwd, 'policies'), { recursive: true })
  for (const [file, path] of [
    ['members.csv', 'members.csv'],
    ['accounts.csv', 'accounts.csv'],
    ['external-users.csv', 'external-users.csv'],
  ] as const) {
    const response = await simulator.fetch(`/console/o/${simulator.organizationId}/exports/${path}`)
    writeFileSync(join(cwd, file), await response.text())
    utimesSync(join(cwd, file), exported, exported)
  }
  return cwd
}

describe('every command that the documentation shows', () => {
  it.each(pages.flatMap(page => (commandsIn(readFileSync(page, 'utf8')).length > 0 ? [page] : [])))(
    '%s',
    async page => {
      const clock = standingClock()
      const simulator = await simulate({ clock, listen: false })
      const commands = commandsIn(readFileSync(page, 'utf8'))
      const cwd = await folderFor(simulator)
      // A clone, as whoever compares with an earlier commit has one.
      if (commands.some(command => command.includes(' --base '))) {
        initialize(cwd)
        git(cwd, 'update-ref', 'refs/remotes/origin/main', 'HEAD')
      }
      const env = {
        POSTERN_API_KEY: simulator.apiKey,
        POSTERN_API_URL: simulator.url.replace(':0', ':1'),
        POSTERN_LEDGER: 'ledger',
        USER: 'alice',
      }
      for (const command of commands) {
        // A person needs a moment from one to the next: two runs of one moment would have one name.
        clock.time += 1000
        // Whoever begins has no policies yet.
        if (/^init\b/.test(command)) rmSync(join(cwd, 'policies'), { recursive: true })
        // They ask a person: whether to go on, and when an export was made.
        const asked = /^(apply|import) /.test(command) && !command.includes('--yes') && { answers: ['yes'] }
        const { world, err } = fakeWorld({
          argv: words(command),
          cwd,
          env,
          clock,
          simulator,
          machine: { runGit },
          ...asked,
        })
        const code = await run(world)
        expect([0, 2], `${page}: postern ${command}\n${err()}`).toContain(code)
      }
      await simulator.close()
      rmSync(cwd, { recursive: true, force: true })
    },
  )

  it('is about documents that validate: the examples of all kinds', async () => {
    const { result } = await loadFolder('docs/reference/example', new Date('2026-11-24T12:00:00Z'))
    expect(result.diagnostics).toEqual([])
    const { organization, ...others } = result.ok ? result.value : expect.fail('they do not validate')
    expect([organization, ...Object.values(others)].flat().length).toBeGreaterThanOrEqual(kindNames.length)
  })

  it('is an npm script that exists, where it is one', () => {
    for (const page of pages) {
      for (const [, script = ''] of readFileSync(page, 'utf8').matchAll(/npm run (?:--silent )?([\w:-]+)/g)) {
        expect(Object.keys(manifest.scripts), `${page}: npm run ${script}`).toContain(script)
      }
    }
  })

  it('links to pages that are there', () => {
    for (const page of pages) {
      for (const [, target = ''] of readFileSync(page, 'utf8').matchAll(/\]\((?!https?:)([^)#]+)/g)) {
        expect(existsSync(join(dirname(page), target)), `${page}: ${target}`).toBe(true)
      }
    }
  })
})
