import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { connect as open } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { connect } from 'node:tls'
import { generate } from 'selfsigned'
import { afterAll, describe, expect, it } from 'vitest'
import manifest from '../../../package.json' with { type: 'json' }
import { magicCookie, startPlugin } from '../plugin-client.ts'

const built = resolve('dist/terraform-provider-postern')
const folder = mkdtempSync(join(tmpdir(), 'postern-start-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const PATH = process.env['PATH'] ?? ''

function run(args: readonly string[], env: Readonly<Record<string, string>> = {}, file = built) {
  const { status, stdout, stderr } = spawnSync(file, args, { encoding: 'utf8', env: { PATH, ...env }, timeout: 20_000 })
  return { status, stdout, stderr }
}

const asTerraform = { TF_PLUGIN_MAGIC_COOKIE: magicCookie, PLUGIN_PROTOCOL_VERSIONS: '5,6' }

describe('by hand', () => {
  it('says what it is and how to install it', () => {
    const { status, stdout, stderr } = run([])
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr.trim().split('\n')).toHaveLength(2)
    expect(stderr).toContain('--mirror DIR')
    expect(run([], { TF_PLUGIN_MAGIC_COOKIE: 'another' })).toEqual({ status, stdout, stderr })
  })

  it.each([
    [['--mirror'], '--mirror needs a folder'],
    [['--mirror', 'a', 'b'], '--mirror takes one folder'],
    [['--version', 'now'], '--version takes nothing else'],
    [['serve'], 'unknown argument serve'],
  ])('says what is wrong with %j', (args, wrong) => {
    const { status, stdout, stderr } = run(args)
    expect([status, stdout, stderr.split('\n')[0]]).toEqual([1, '', wrong])
  })

  it('has a version and a help', () => {
    expect(run(['--version'])).toEqual({
      status: 0,
      stdout: `terraform-provider-postern ${manifest.version}\n`,
      stderr: '',
    })
    expect(run(['--help'])).toMatchObject({
      status: 0,
      stderr: '',
      stdout: expect.stringContaining('--mirror') as string,
    })
  })

  it('lays itself into a mirror, again too, and prints what Terraform needs', () => {
    const mirror = join(folder, 'a "mirror" ${x}')
    const first = run(['--mirror', mirror])
    expect(run(['--mirror', mirror])).toEqual(first)
    expect(first.status).toBe(0)
    expect(first.stdout).toContain(`path    = ${JSON.stringify(mirror).replace('${', '$${')}\n`)
    const [system = '', ...more] = readdirSync(join(mirror, 'registry.terraform.io/postern/postern', manifest.version))
    expect(system).toMatch(/^(linux|darwin|windows)_(amd64|arm64)$/)
    expect(more).toEqual([])
    const laid = join(mirror, 'registry.terraform.io/postern/postern', manifest.version, system)
    expect(readdirSync(laid)).toEqual(['terraform-provider-postern'])
    expect(statSync(join(laid, 'terraform-provider-postern')).mode & 0o777).toBe(0o755)
    expect(run(['--version'], {}, join(laid, 'terraform-provider-postern')).status).toBe(0)
  })

  it('says why where it cannot', () => {
    const file = join(folder, 'file')
    writeFileSync(file, '')
    expect(run(['--mirror', file])).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(/^cannot write into .*: (ENOTDIR|EEXIST)\n$/) as string,
    })
  })
})

describe('a start that fails', () => {
  it.each([
    ['an old protocol', { PLUGIN_PROTOCOL_VERSIONS: '4,5' }, 'speaks plugin protocol 6, and Terraform asks for 4,5'],
    ['no protocol', { PLUGIN_PROTOCOL_VERSIONS: '' }, 'asks for none'],
    ['a protocol that is none', { PLUGIN_PROTOCOL_VERSIONS: '\u001b[2J' }, 'asks for something else'],
    ['a certificate that is none', { PLUGIN_CLIENT_CERT: 'x' }, 'PLUGIN_CLIENT_CERT holds no certificate'],
    ['no folder for the socket', { PLUGIN_UNIX_SOCKET_DIR: '/nowhere' }, 'ENOENT'],
    ['too long a path', { TMPDIR: join(folder, 'x'.repeat(100)) }, 'set TMPDIR to a shorter one'],
  ])('says why, on the line that Terraform shows: %s', (_name, env, reason) => {
    if ('TMPDIR' in env) mkdirSync(env.TMPDIR, { recursive: true })
    const { status, stdout, stderr } = run([], { ...asTerraform, ...env })
    expect(status).toBe(1)
    expect(stdout).toContain(reason)
    expect(stdout.trim().split('\n')).toHaveLength(1)
    expect(stderr).toBe(stdout)
    if ('TMPDIR' in env) expect(readdirSync(env.TMPDIR)).toEqual([])
  })
})

describe.skipIf(process.platform === 'win32')('as Terraform starts it', () => {
  it('shakes hands, keeps the socket to itself, and leaves nothing', async () => {
    const plugin = await startPlugin()
    const socket = plugin.line.split('|')[3] ?? ''
    expect(statSync(dirname(socket)).mode & 0o777).toBe(0o700)
    expect(await plugin.call('GetMetadata', {})).toMatchObject({ diagnostics: [] })
    expect(await plugin.close()).toBe(0)
    expect(existsSync(dirname(socket))).toBe(false)
    expect(plugin.stderr()).toBe('')
  })

  it('lets nobody in without the certificate', async () => {
    const plugin = await startPlugin()
    const other = await generate([], { keyType: 'ec', algorithm: 'sha256' })
    const refused = await new Promise<string>(done => {
      const socket = connect({
        socket: open(plugin.line.split('|')[3] ?? ''),
        cert: other.cert,
        key: other.private,
        rejectUnauthorized: false,
        ALPNProtocols: ['h2'],
      })
      socket.on('error', (error: Error) => done(error.message))
      socket.on('close', () => done('closed'))
      socket.resume()
    })
    expect(refused).toMatch(/alert|closed|reset|EPIPE/)
    expect(await plugin.close()).toBe(0)
  })

  it('works wherever it lies, whatever package.json is above', async () => {
    for (const type of ['module', 'commonjs', undefined]) {
      const place = join(folder, `p ${type ?? 'none'}`, 'sub')
      mkdirSync(place, { recursive: true })
      if (type !== undefined) writeFileSync(join(place, '../package.json'), JSON.stringify({ type }))
      const executable = join(place, 'terraform-provider-postern')
      copyFileSync(built, executable)
      const plugin = await startPlugin({ executable })
      expect((await plugin.call('GetMetadata', {})).resources.length, type).toBeGreaterThan(0)
      expect(await plugin.close()).toBe(0)
    }
  })

  it('ignores Ctrl-C, which the whole group gets', async () => {
    const plugin = await startPlugin()
    process.kill(plugin.pid ?? 0, 'SIGINT')
    expect(await plugin.call('StopProvider', {})).toEqual({ error: '' })
    expect(await plugin.close()).toBe(0)
  })

  it('tells its calls where TF_LOG asks, as go-plugin does', async () => {
    const plugin = await startPlugin({ env: { TF_LOG: 'debug' } })
    await plugin.call('GetMetadata', {})
    await plugin.close()
    const [line = ''] = plugin.stderr().split('\n')
    expect(JSON.parse(line)).toMatchObject({ '@level': 'debug', '@message': 'GetMetadata', '@module': 'provider' })
    expect(line).toMatch(/"@timestamp":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z"/)
  })

  it('ends when whoever started it is gone, and leaves nothing', async () => {
    const text = `const child = require('node:child_process').spawn(${JSON.stringify(built)}, { stdio: ['ignore', 'pipe', 'ignore'] })
      child.stdout.once('data', line => process.stdout.write(line, () => process.exit()))`
    const parent = spawn(process.execPath, ['-e', text], {
      env: { PATH, ...asTerraform },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [line] = (await once(parent.stdout, 'data')) as [Buffer]
    const place = dirname(line.toString().split('|')[3] ?? '')
    await expect.poll(() => existsSync(place), { timeout: 10_000 }).toBe(false)
  })

  it('brings what a ledger in a bucket needs', async () => {
    const used = readdirSync('src/ledger').flatMap(name =>
      [...readFileSync(join('src/ledger', name), 'utf8').matchAll(/\bsdk\.(\w+)/g)].map(([, word = '']) => word),
    )
    const named = /const usedOfS3 = \[(.*)\]/.exec(readFileSync('scripts/build-provider.mjs', 'utf8'))?.[1] ?? ''
    expect(named.match(/\w+/g)).toEqual([...new Set(used)].sort())

    // Nobody listens there: the SDK says so, once it is loaded.
    const nowhere = 'http://127.0.0.1:9'
    const plugin = await startPlugin({
      env: {
        AWS_ENDPOINT_URL: nowhere,
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: 'a',
        AWS_SECRET_ACCESS_KEY: 'b',
        POSTERN_API_KEY: 'k',
      },
    })
    const config = await plugin.object('provider', {
      api_url: nowhere,
      ledger: 's3://bucket/postern',
      organization_document: readFileSync('policies/organization.yaml', 'utf8'),
    })
    expect(await plugin.call('ConfigureProvider', { config })).toEqual({ diagnostics: [] })
    const typeName = 'postern_organization'
    const read = await plugin.call('ReadDataSource', { typeName, config: await plugin.object(typeName) })
    expect(read.diagnostics).toMatchObject([{ summary: expect.stringContaining('ECONNREFUSED') as string }])
    expect(await plugin.close()).toBe(0)
  })
})
