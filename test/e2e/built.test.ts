import { spawn, spawnSync } from 'node:child_process'
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'

const cli = resolve('dist/postern.cjs')
const policies = resolve('policies')
const folder = mkdtempSync(join(tmpdir(), 'postern-e2e-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const apiKey = 'key-for-the-end-to-end-test'

/** Runs the built program from another folder. */
function postern(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], ...env },
  })
  return { status, stdout, stderr }
}

/** Starts the built simulator and reads the line that it prints when it is ready. */
async function simulator(...args: readonly string[]) {
  const child = spawn(process.execPath, [cli, 'simulate', '--port', '0', '--api-key', apiKey, ...args], { cwd: folder })
  const line = await new Promise<string>((found, failed) => {
    let text = ''
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (text.includes('\n')) found(text)
    })
    child.once('exit', code => failed(new Error(`ended with ${code ?? 'a signal'}`)))
  })
  const ready = JSON.parse(line) as { url: string; consoleUrl: string; organizationId: string; apiKey: string }
  const stop = () =>
    new Promise<number | null>(ended => {
      child.removeAllListeners('exit')
      child.once('exit', ended)
      child.kill('SIGTERM')
    })
  return {
    ...ready,
    env: { POSTERN_API_KEY: apiKey, POSTERN_API_URL: ready.url, POSTERN_CONSOLE_URL: ready.consoleUrl },
    stop,
  }
}

describe('the built program', () => {
  it('is a small file that says its version', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
    expect(postern(['--version'])).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' })
    expect(statSync(cli).mode & 0o111).not.toBe(0)
    expect(readdirSync('dist').filter(name => name.startsWith('postern.'))).toEqual(['postern.chunks', 'postern.cjs'])
  })

  it('says so where its chunks are not there, cut off, with other line ends, or those of another version', () => {
    const place = join(folder, 'alone')
    const [program, chunks] = [join(place, 'postern.cjs'), join(place, 'postern.chunks')]
    mkdirSync(place)
    copyFileSync(cli, program)
    const bytes = readFileSync('dist/postern.chunks')
    const other = Buffer.from(bytes)
    other.write('0123456789abcdef')
    const lineEnds = Buffer.from(bytes.toString('latin1').replaceAll('\n', '\r\n'), 'latin1')
    for (const content of [undefined, bytes.subarray(0, 100_000), bytes.subarray(0, -1), lineEnds, other]) {
      if (content !== undefined) writeFileSync(chunks, content)
      const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'validate', policies], {
        encoding: 'utf8',
      })
      expect([status, stdout, stderr]).toEqual([
        1,
        '',
        `error: ${chunks} is missing, damaged or of another version\n = install Postern again\n`,
      ])
    }
    writeFileSync(chunks, bytes)
    expect(spawnSync(process.execPath, [program, 'validate', policies]).status).toBe(0)
  })

  it('says why its chunks cannot be read', () => {
    const place = join(folder, 'unreadable')
    const [program, chunks] = [join(place, 'postern.cjs'), join(place, 'postern.chunks')]
    mkdirSync(place)
    copyFileSync(cli, program)
    // A link to itself, which not even root can open.
    symlinkSync('postern.chunks', chunks)
    const run = (...options: readonly string[]) => {
      const args = [...options, program, 'validate', policies]
      const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
      return [status, stdout, stderr]
    }
    const told = (code: string) => [
      1,
      '',
      `error: ${chunks} cannot be read: ${code}\n = let whoever runs Postern read it, or install Postern again\n`,
    ]
    expect(run()).toEqual(told('ELOOP'))
    rmSync(chunks)
    copyFileSync('dist/postern.chunks', chunks)
    const permission = process.allowedNodeEnvironmentFlags.has('--permission')
      ? '--permission'
      : '--experimental-permission'
    expect(run('--no-warnings', permission, `--allow-fs-read=${program}`)).toEqual(told('ERR_ACCESS_DENIED'))
  })

  it('validates a folder from another one', () => {
    expect(postern(['validate', policies]).status).toBe(0)
  })

  it('plans, applies and plans again over a socket', async () => {
    const { env, organizationId, stop } = await simulator()
    const plan = postern(['plan', policies, '--format', 'json', '--out', 'plan.json'], env)
    expect(plan.status, plan.stderr).toBe(2)
    expect(JSON.parse(plan.stdout)).toMatchObject({
      formatVersion: '1.0',
      organization: { name: 'acme', id: organizationId },
    })
    expect(statSync(join(folder, 'plan.json')).mode & 0o777).toBe(0o600)

    const applied = postern(['apply', 'plan.json', '--yes', '--format', 'json'], env)
    expect(applied.status, applied.stderr).toBe(2)
    const { steps } = JSON.parse(applied.stdout) as { steps: { id: string; status: string }[] }
    expect(steps.filter(({ id }) => id.startsWith('api/')).map(({ status }) => status)).toEqual(['done', 'done'])

    const again = postern(['plan', policies, '--format', 'json'], env)
    const left = (JSON.parse(again.stdout) as { steps: { channel: string }[] }).steps
    expect(left.filter(({ channel }) => channel === 'api')).toEqual([])
    const kept = readdirSync(join(folder, '.postern'), { recursive: true, withFileTypes: true }).filter(entry =>
      entry.isFile(),
    )
    // Sections, the journal, and what the run left.
    expect(kept.length).toBeGreaterThan(7)
    for (const { parentPath, name } of kept)
      expect(readFileSync(join(parentPath, name), 'utf8'), name).not.toContain(apiKey)
    expect(await stop()).toBe(0)
  })

  it('says in one paragraph what is wrong, without a stack trace', async () => {
    const { env, stop } = await simulator()
    writeFileSync(join(folder, 'garbage.json'), '{"formatVersion": "1.0"')
    const cases: readonly (readonly [readonly string[], Readonly<Record<string, string>>, string])[] = [
      [['plan', policies], { ...env, POSTERN_API_KEY: 'wrong' }, 'org/key-refused'],
      [['plan', policies], { POSTERN_API_URL: env.POSTERN_API_URL }, 'org/no-key'],
      [['plan', policies], { ...env, POSTERN_API_URL: 'http://127.0.0.1:1' }, 'org/unreachable'],
      [['plan', policies], { ...env, POSTERN_API_URL: 'http://example.com' }, 'org/bad-url'],
      [['apply', policies], env, 'run/needs-consent'],
      [['apply', 'garbage.json', '--yes'], env, 'plan/file-unreadable'],
      [['plan', 'nowhere'], env, 'policy/not-a-folder'],
      [['plan', policies, '--alow', 'x'], env, 'run/usage'],
      [['pln'], env, 'run/usage'],
    ]
    for (const [args, variables, code] of cases) {
      const { status, stdout, stderr } = postern([...args], variables)
      expect(stderr, args.join(' ')).toContain(code)
      expect(status, args.join(' ')).toBe(1)
      expect(`${stdout}${stderr}`).not.toMatch(/\n\s+at |node:internal|key-for-the/)
    }
    await stop()
  })

  it('prints one JSON document on stdout whatever happens', () => {
    for (const args of [
      ['plan', 'nowhere'],
      ['plan', '--nonsense'],
      ['validate', 'nowhere'],
      ['attest', 'X/y'],
    ]) {
      const { status, stdout } = postern([...args, '--format', 'json'])
      expect(status).toBe(1)
      expect(JSON.parse(stdout)).toMatchObject({
        formatVersion: '1.0',
        diagnostics: expect.arrayContaining([expect.objectContaining({ severity: 'error' })]) as unknown,
      })
    }
  })
})
