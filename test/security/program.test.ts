import { spawn, type ChildProcess } from 'node:child_process'
import { copyFileSync, cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { simulate, type Simulator } from '../../src/simulator/index.ts'
import { policiesFolder } from '../operations/start.ts'
import { deadlyProxy, type DeadlyProxy } from '../survival/deadly-proxy.ts'
import { marks, searcher } from './marks.ts'

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** The built program as a process among others: what the list of processes, its streams and its files show, also when it is killed. */
describe('the built program', () => {
  const search = searcher(Object.values(marks))
  const cwd = mkdtempSync(join(tmpdir(), 'postern-program-'))
  const program = join(cwd, 'postern.cjs')
  const shown: string[] = []
  let simulator: Simulator
  let proxy: DeadlyProxy
  let runs = 0

  beforeAll(async () => {
    const built = process.env['POSTERN_PROGRAM'] ?? resolve('dist/postern.cjs')
    copyFileSync(built, program)
    copyFileSync(join(dirname(built), 'postern.chunks'), join(cwd, 'postern.chunks'))
    cpSync(policiesFolder, join(cwd, 'policies'), { recursive: true })
    simulator = await simulate({ listen: false, apiKey: marks.apiKey.text, rateLimits: 'off' })
    proxy = await deadlyProxy(simulator)
  })

  afterAll(async () => {
    console.log(
      `the built program: ${runs} runs, ${proxy.count} requests, ${(search.bytes() / 1e6).toFixed(1)} MB searched`,
    )
    await proxy.close()
    rmSync(cwd, { recursive: true, force: true })
  })

  function start(argv: readonly string[], env: Readonly<Record<string, string>> = {}) {
    runs++
    const child = spawn(process.execPath, [program, ...argv], {
      cwd,
      env: {
        PATH: process.env['PATH'],
        HOME: cwd,
        TMPDIR: cwd,
        USER: 'alice',
        POSTERN_API_URL: proxy.url,
        POSTERN_API_KEY: marks.apiKey.text,
        POSTERN_WEBHOOK_SECRET: marks.webhook.text,
        POSTERN_APPROVER_ALICE: marks.alice.text,
        AWS_SECRET_ACCESS_KEY: marks.secretKey.text,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const text = { out: '', err: '' }
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text.out += chunk))
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (text.err += chunk))
    const ended = new Promise<Ended>((found, failed) => {
      child.once('error', failed)
      child.once('close', code => found({ code, ...text }))
    })
    return { child, ended }
  }

  /** What `ps` shows of a process. Only Linux has it as a file. */
  const noteProcess = ({ pid = 0 }: ChildProcess): void => {
    for (const file of ['cmdline', 'comm'])
      if (existsSync(`/proc/${pid}/${file}`)) shown.push(readFileSync(`/proc/${pid}/${file}`, 'utf8'))
  }

  /** Looks into what a run printed and into everything that it left. */
  function leaksIn({ out, err }: Ended): readonly string[] {
    const files = readdirSync(cwd, { recursive: true, withFileTypes: true }).map(entry => ({
      entry,
      path: join(entry.parentPath, entry.name),
    }))
    return [
      ...search.find(out),
      ...search.find(err),
      ...files.flatMap(({ path }) => search.find(path)),
      ...files.flatMap(({ entry, path }) => (entry.isFile() ? search.find(readFileSync(path)) : [])),
      ...shown.flatMap(text => search.find(text)),
    ]
  }

  it('killed in the middle of a request, leaves nothing of a secret', async () => {
    const { child, ended } = start(['apply', 'policies', '--yes', '--verbose'])
    proxy.onRequest = (_, path) => {
      noteProcess(child)
      if (path.includes('add-users')) child.kill('SIGKILL')
    }
    const result = await ended
    proxy.onRequest = undefined
    await proxy.idle()
    expect([result.code, leaksIn(result)]).toEqual([null, []])
    if (process.platform === 'linux') expect(shown.some(text => text.includes('postern.cjs'))).toBe(true)
    // It had begun: there is a journal to look into.
    expect(readdirSync(join(cwd, '.postern')).length).toBeGreaterThan(0)
    expect(readdirSync(cwd).filter(name => /^(core|report\.)/.test(name))).toEqual([])
  })

  it.each([
    [['apply', 'policies', '--yes', '--format', 'json', '--verbose', '--bundle', 'bundle.json'], 2, {}],
    [['drift', 'policies', '--verbose'], 2, {}],
    [['audit', '--format', 'json'], 0, {}],
    [['plan', 'policies', '--verbose'], 1, { POSTERN_API_KEY: `${marks.apiKey.text}X` }],
    // What Node.js and the HTTP library tell of themselves when they are asked to.
    [['plan', 'policies', '--verbose'], 2, { NODE_DEBUG: 'http,https,net,tls,undici,fetch,fs,module,child_process' }],
    [['plan', 'policies', '--verbose'], 2, { NODE_OPTIONS: '--trace-warnings --trace-uncaught', DEBUG: '*' }],
  ] as const)('%j', async (argv, code, env) => {
    const result = await start(argv, env).ended
    expect([result.code, leaksIn(result)], result.err.slice(0, 2000)).toEqual([code, []])
  })

  it('would be caught at it', async () => {
    const { child, ended } = start(['explain', marks.apiKey.text], { POSTERN_API_KEY: '' })
    noteProcess(child)
    expect(leaksIn(await ended)).toContain('API key')
    if (process.platform === 'linux') expect(search.find(shown.at(-2) ?? '')).toEqual(['API key'])
  })

  it('sent the key with every request', () => {
    expect(proxy.count).toBeGreaterThan(20)
    expect(simulator.requests.filter(({ status }) => status === 401).length).toBeLessThan(3)
  })
})
