// `npm run pictures`: draws docs/pictures from what the program prints, as the forges show it. Needs Chromium (CHROMIUM_PATH names one).
import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { launch } from '../test/browser/chromium.ts'
import type { Plan } from '../src/model/plan.ts'
import { simulate } from '../src/simulator/index.ts'
import { annotations, comment, findings, testReport, type Finding } from './picture-pages.ts'

type Env = Readonly<Record<string, string>>

const program = resolve('action/postern.cjs')
const cwd = await mkdtemp(join(tmpdir(), 'postern-pictures-'))
const simulator = await simulate()
const organization: Env = {
  PATH: process.env['PATH'] ?? '',
  POSTERN_API_KEY: simulator.apiKey,
  POSTERN_API_URL: simulator.url,
  POSTERN_LEDGER: join(cwd, '.postern'),
}

/** What a program prints, whatever its exit code says. */
const printed = (file: string, args: readonly string[], env: Env = organization): Promise<string> =>
  new Promise(done => void execFile(file, args, { cwd, env, maxBuffer: 1e8 }, (_, stdout) => done(stdout)))
const postern = (args: readonly string[], env: Env = {}): Promise<string> =>
  printed(process.execPath, [program, ...args], { ...organization, ...env })
const git = (...args: readonly string[]): Promise<string> =>
  printed('git', ['-c', 'user.name=alice', '-c', 'user.email=alice@acme.com', ...args])

async function edit(file: string, from: string, to: string): Promise<void> {
  const text = await readFile(join(cwd, file), 'utf8')
  if (!text.includes(from)) throw new Error(`${file} does not hold ${from}`)
  await writeFile(join(cwd, file), text.replace(from, to))
}

/** An organization that is as its documents want it, and evidence of it. */
async function inSync(): Promise<void> {
  await cp('policies', join(cwd, 'policies'), { recursive: true })
  await writeFile(join(cwd, '.gitignore'), '.postern\npostern-report\n*.csv\n')
  await git('init', '--quiet', '--initial-branch', 'main')
  await git('add', '--all')
  await git('commit', '--quiet', '--message', 'first')
  await postern(['apply', 'policies', '--yes'])
  for (const file of ['members.csv', 'accounts.csv', 'external-users.csv']) {
    const answer = await fetch(`${simulator.url}/console/o/${simulator.organizationId}/exports/${file}`)
    await writeFile(join(cwd, file), await answer.text())
    await postern(['observe', file, '--exported-at', new Date().toISOString()])
  }
  // Somebody has looked at every page of the console.
  const { steps } = JSON.parse(await postern(['plan', 'policies', '--format', 'json'])) as Plan
  for (const { channel, kind, name, changes } of steps) {
    const settings = changes.flatMap(({ path, after }) =>
      typeof after === 'object' ? [] : ['--set', `${path}=${after}`],
    )
    if (channel === 'console') await postern(['attest', `${kind}/${name}`, '--by', 'alice', ...settings])
  }
}

/** The job of a pull request: what it prints, and the comment that it would post. */
async function planned(): Promise<{ readonly log: string; readonly body: string }> {
  const [commit = '', base = '', head = ''] = (await git('rev-parse', 'HEAD', 'HEAD^1', 'HEAD^2')).split('\n')
  const repo = { full_name: 'acme/policies' }
  const event = join(cwd, '.postern', 'event.json')
  await writeFile(
    event,
    JSON.stringify({ pull_request: { number: 7, head: { sha: head, repo }, base: { sha: base, repo } } }),
  )
  const log = await postern(['ci', 'plan', 'policies', '--no-comment', '--quiet'], {
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTOR: 'sam-gh',
    GITHUB_API_URL: 'https://api.github.com',
    GITHUB_GRAPHQL_URL: 'https://api.github.com/graphql',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_REPOSITORY: 'acme/policies',
    GITHUB_RUN_ID: '100',
    GITHUB_SHA: commit,
    GITHUB_WORKSPACE: cwd,
    GITHUB_EVENT_NAME: 'pull_request',
    GITHUB_EVENT_PATH: event,
  })
  return { log, body: await readFile(join(cwd, 'postern-report/plan.md'), 'utf8') }
}

interface Sarif {
  readonly runs: readonly {
    readonly results: readonly {
      readonly ruleId: string
      readonly level: string
      readonly message: { readonly text: string }
      readonly locations: readonly {
        readonly physicalLocation: {
          readonly artifactLocation: { readonly uri: string }
          readonly region: { readonly startLine: number }
        }
      }[]
    }[]
  }[]
}

interface CodeQuality {
  readonly check_name: string
  readonly severity: string
  readonly description: string
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } }
}

const pages = new Map<string, string>()
try {
  await inSync()
  await git('checkout', '--quiet', '-b', 'change')
  await edit(
    'policies/authentication/contractors.yaml',
    'twoStepVerification: optional',
    'twoStepVerification: mandatory',
  )
  await edit('policies/network.yaml', '203.0.113.0/24, ', '203.0.113.0/24, 198.51.100.0/24, ')
  await git('commit', '--quiet', '--all', '--message', 'change')
  await git('checkout', '--quiet', '--detach', 'main')
  await git('merge', '--quiet', '--no-ff', '--no-edit', 'change')
  const { log, body } = await planned()
  pages.set('comment', comment(body))
  pages.set('github', await annotations(log, file => readFile(join(cwd, file), 'utf8')))
  await edit('policies/external-users/external.yaml', 'apiTokens: block #', 'apiToken: block #')
  const format = (name: string) => postern(['validate', 'policies', '--format', name])
  const quality = JSON.parse(await format('gitlab')) as readonly CodeQuality[]
  pages.set(
    'gitlab',
    findings(
      'Code Quality',
      quality.map(({ check_name, severity, description, location }): Finding => {
        return { level: severity, rule: check_name, text: description, file: location.path, line: location.lines.begin }
      }),
    ),
  )
  const sarif = JSON.parse(await format('sarif')) as Sarif
  pages.set(
    'sarif',
    findings(
      'Code scanning',
      sarif.runs
        .flatMap(({ results }) => results)
        .flatMap(({ ruleId, level, message, locations }): readonly Finding[] =>
          locations.map(({ physicalLocation: { artifactLocation, region } }) => {
            return { level, rule: ruleId, text: message.text, file: artifactLocation.uri, line: region.startLine }
          }),
        ),
    ),
  )
  pages.set('junit', testReport(await format('junit')))
} finally {
  await simulator.close()
  await rm(cwd, { recursive: true, force: true })
}

const browser = await launch()
for (const [name, html] of pages) {
  const page = await browser.newPage({ viewport: { width: 900, height: 300 } })
  await page.setContent(html)
  await page.locator('main').screenshot({ path: `docs/pictures/${name}.png` })
}
await browser.close()
