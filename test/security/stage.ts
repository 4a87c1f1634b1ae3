import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from '../../src/cli/run.ts'
import type { World } from '../../src/cli/world.ts'
import { fetchTransport } from '../../src/org/fetch-transport.ts'
import type { HttpRequest, Transport } from '../../src/org/transport.ts'
import { isReading } from '../../src/org/with-read-only.ts'
import { codeAt, wrongCodeAt } from '../approvals/codes.ts'
import { policy } from '../operations/acme-documents.ts'
import { organizationWith } from '../operations/approve-world.ts'
import { exportCsv } from '../operations/console.ts'
import { policiesFolder, startAt, startTime, type Started } from '../operations/start.ts'
import { fakeWorld } from '../world.ts'
import type { Line } from './trial.ts'
import type { Strike } from './faults.ts'
import { enrolled, marks, searcher } from './marks.ts'
import { watchWrites } from './watch-writes.ts'
import { startReceiver } from './receiver.ts'

/** A secret that turned up where it must not. */
export interface Leak {
  readonly mark: string
  readonly where: string
  readonly during: string
}

/** How a line ended. */
export interface Ended {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Which requests are struck: all, those after the first five, or those that change something. */
export type When = 'all' | 'later' | 'writes'

/** What is done to the world of one line. */
export interface Mishap {
  readonly strike?: Strike
  readonly when?: When
  readonly world?: Partial<World>
}

/** A machine on which everything that is written anywhere is searched for secrets. */
export interface Stage {
  readonly cwd: string
  readonly started: Started
  readonly leaks: readonly Leak[]
  readonly counts: {
    readonly lines: number
    readonly requests: number
    readonly struck: number
    readonly posts: number
    readonly bytes: number
  }
  readonly run: (line: Line, mishap?: Mishap) => Promise<Ended>
  /** An organization, a ledger and a folder that nobody touched. */
  readonly reset: () => Promise<void>
  /** Looks into something that another process was sent; the marks named in `shown` may be in it. */
  readonly check: (where: string, content: string, shown?: readonly string[]) => void
  /** Where a webhook is taken. */
  readonly receiver: string
  readonly close: () => Promise<void>
}

const apiOrigin = 'https://api.atlassian.com'

const secretEnvironment = {
  POSTERN_WEBHOOK_SECRET: marks.webhook.text,
  POSTERN_SNAPSHOT_KEY: marks.snapshot.text,
  POSTERN_APPROVER_ALICE: marks.alice.text,
  POSTERN_APPROVER_BOB: marks.bob.text,
  AWS_ACCESS_KEY_ID: marks.accessKey.text,
  AWS_SECRET_ACCESS_KEY: marks.secretKey.text,
  AWS_SESSION_TOKEN: marks.sessionToken.text,
  AWS_REGION: 'eu-central-1',
}

const approvals = `{ everything: 1, attestations: true, approvers: [{ name: alice, email: alice@acme.com }, { name: bob, email: bob@acme.com }] }`

export async function openStage(): Promise<Stage> {
  const cwd = await mkdtemp(join(tmpdir(), 'postern-marked-'))
  const started = await startAt(cwd, { apiKey: marks.apiKey.text })
  const { simulator, clock } = started
  const search = searcher([...Object.values(marks), enrolled])
  const leaks: Leak[] = []
  const counts = { lines: 0, requests: 0, struck: 0, posts: 0 }
  let during = ''
  let last = ''

  const check = (where: string, content: string | Uint8Array, shown: readonly string[] = []): void => {
    for (const mark of search.find(content)) if (!shown.includes(mark)) leaks.push({ mark, where, during })
  }

  const receiver = await startReceiver((where, text) => {
    counts.posts++
    check(where, text)
  })
  const before = { ...process.env }
  Object.assign(process.env, secretEnvironment, { HOME: cwd, TMPDIR: cwd, POSTERN_API_KEY: marks.apiKey.text })
  const unwatch = await watchWrites(({ where, content }) => {
    if (where === 'host' && !/^https?:\/\/127\.0\.0\.1:/.test(String(content)))
      leaks.push({ mark: 'a host of somebody else', where: String(content), during })
    check(where, content)
  })

  function transportOf({ strike, when = 'all' }: Mishap): Transport {
    const real = fetchTransport(request => simulator.fetch(request))
    let sent = 0
    return async request => {
      sent++
      counts.requests++
      const { authorization, ...headers } = request.headers
      const elsewhere = new URL(request.url).origin !== apiOrigin
      check('request', JSON.stringify({ ...request, headers: elsewhere ? request.headers : headers }))
      if (authorization !== `Bearer ${marks.apiKey.text}`) throw new Error('a request without the key')
      const struck = strike !== undefined && (when === 'all' || (when === 'later' ? sent > 5 : isWrite(request)))
      if (!struck) return real(request)
      counts.struck++
      return strike(request, (other = request) => real(other))
    }
  }

  /** Puts what is known only now for the words in capitals. */
  async function filled(text: string): Promise<string> {
    const [, name = ''] = /^(bob|alice):/.exec(text) ?? []
    const seed = name === 'alice' ? marks.alice : marks.bob
    if (text.endsWith('RUN')) return (await started.ledger.records.list('run')).at(-1) ?? ''
    if (text.startsWith('HOOK')) return text.replace('HOOK', receiver.url)
    if (text === 'LAST') return last
    if (text === 'ENROLLED') return noted(codeAt(enrolled.text, clock.time))
    if (text.endsWith('WRONG')) return text.replace('WRONG', noted(wrongCodeAt(seed.text, clock.time)))
    return text.endsWith('CODE') ? text.replace('CODE', noted(codeAt(seed.text, clock.time))) : text
  }

  function noted(code: string): string {
    search.watchCode(code)
    last = code
    return code
  }

  async function runLine(line: Line, mishap: Mishap = {}): Promise<Ended> {
    // Each begins in a time step of its own, so that codes are new.
    if (!line.argv.includes('LAST')) clock.time += 60_000
    during = line.argv.join(' ').slice(0, 120)
    const as = line.argv[line.argv.indexOf('--as') + 1] ?? line.argv[line.argv.indexOf('--by') + 1] ?? ''
    const fill = async (text: string): Promise<string> =>
      ['CODE', 'WRONG'].includes(text) && as === 'alice' ? (await filled(`alice:${text}`)).slice(6) : filled(text)
    const [argv, answers, stdin] = [
      await Promise.all(line.argv.map(fill)),
      line.answers && (await Promise.all(line.answers.map(fill))),
      line.stdin === undefined ? undefined : await fill(line.stdin),
    ]
    if (line.locked === true) await lock()
    const stop = new AbortController()
    const env = {
      ...secretEnvironment,
      POSTERN_API_KEY: marks.apiKey.text,
      POSTERN_LEDGER: '.postern',
      USER: 'carol',
      ...line.env,
    }
    const told = fakeWorld({
      argv,
      cwd,
      env,
      clock,
      simulator,
      ...(answers && { answers }),
      ...(line.columns !== undefined && { columns: line.columns }),
      machine: {
        randomBytes: () => Promise.resolve(enrolled.bytes),
        readLine: () => Promise.resolve(stdin),
        runCommand: async (...parameters) => (await import('../../src/cli/run-shell.ts')).runShell(...parameters),
      },
    })
    const sleep: NonNullable<World['network']>['sleep'] = milliseconds => {
      clock.time += milliseconds
      // No wait of a request is so long: it is the one between two checks of `watch`, and one check is enough.
      if (milliseconds >= 120_000) stop.abort()
      return Promise.resolve()
    }
    const network = { ...told.world.network, transport: transportOf(mishap), sleep }
    if (argv[0] === 'simulate') stop.abort()
    const code = await run({ ...told.world, network, stop: stop.signal, ...mishap.world })
    const [out, err] = [told.out(), told.err()]
    counts.lines++
    check('stdout', out, line.shows === undefined ? [] : [enrolled.name])
    check('stderr', err)
    await checkFiles()
    return { code, out, err }
  }

  async function checkFiles(): Promise<void> {
    const entries = await readdir(cwd, { recursive: true, withFileTypes: true })
    for (const entry of entries) {
      const path = join(entry.parentPath, entry.name)
      check('a name of a file', path)
      if (entry.isFile()) check(path.slice(cwd.length + 1), await readFile(path))
    }
  }

  const lock = () =>
    started.ledger.update('lock', () => ({
      holder: {
        run: 'r1',
        command: 'apply',
        owner: 'dora',
        host: 'elsewhere',
        pid: 7,
        at: new Date(clock.time).toISOString(),
      },
    }))

  async function reset(): Promise<void> {
    for (const entry of await readdir(cwd)) await rm(join(cwd, entry), { recursive: true, force: true })
    await cp(policiesFolder, join(cwd, 'policies'), { recursive: true })
    await mkdir(join(cwd, 'guarded'))
    const documents = [
      organizationWith(approvals),
      policy('P', 'directory: local\ndefault: true'),
      'kind: ExternalUserPolicy\nname: external\nsettings: { apiTokens: block }',
    ]
    await writeFile(join(cwd, 'guarded/acme.yaml'), documents.join('\n---\n'))
    clock.time = startTime
    simulator.reset()
    for (const name of ['members.csv', 'accounts.csv', 'external-users.csv'] as const)
      await writeFile(join(cwd, name), await exportCsv(started, name))
  }

  return {
    cwd,
    started,
    leaks,
    get counts() {
      return { ...counts, bytes: search.bytes() }
    },
    run: runLine,
    reset,
    check,
    receiver: receiver.url,
    close: async () => {
      unwatch()
      for (const name of Object.keys(process.env)) if (!(name in before)) Reflect.deleteProperty(process.env, name)
      Object.assign(process.env, before)
      await receiver.close()
      await rm(cwd, { recursive: true, force: true })
    },
  }
}

const isWrite = ({ method, url }: HttpRequest): boolean => !isReading({ method, path: url.slice(apiOrigin.length) })
