import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Line } from '../../bench/harness/row.ts'
import { tableWidth } from '../../bench/harness/table.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'postern-'))
})
afterEach(() => rm(folder, { recursive: true }))

/** The bench as a person runs it, where nothing can be installed. Its temporary files are in a folder of their own, so that what is left is seen. */
const environment = () => ({
  ...process.env,
  TMPDIR: folder,
  BENCH_PEERS: join(folder, 'peers'),
  npm_config_registry: 'http://127.0.0.1:9',
})

const left = (): string[] => readdirSync(folder).filter(name => name.startsWith('postern-bench-'))

describe('npm run bench', () => {
  it('measures everything, skips what it cannot install, and leaves nothing behind', { timeout: 300_000 }, async () => {
    const json = join(folder, 'results.json')
    const bench = spawn(process.execPath, ['bench/run.mjs', '--quick', '--json', json], {
      env: environment(),
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let text = ''
    bench.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
    const [code] = (await once(bench, 'close')) as [number]
    expect(text.split('\n').filter(line => line.length > tableWidth)).toEqual([])
    const { rows } = JSON.parse(await readFile(json, 'utf8')) as { rows: { name: string; lines: Line[] }[] }
    const lines = rows.flatMap(row => row.lines)
    expect(lines.filter(({ type }) => type === 'failed')).toEqual([])
    expect(code).toBe(0)
    expect(lines.flatMap(line => (line.type === 'skipped' ? [line.name] : []))).toEqual(
      expect.arrayContaining(['a0deploy --version', 'ajv validate', 'a0deploy import --dry-run']),
    )
    expect(rows.map(({ name }) => name)).toEqual([
      ...['start-up', 'validate', 'plan', 'plan-large', 'policies', 'apply', 'coverage', 'fleet'],
    ])
    // Times mean nothing here, but what was sent does not depend on the machine.
    const requests = lines.flatMap(line =>
      line.type === 'figure' && line.unit === 'requests' && line.goal !== undefined ? [line] : [],
    )
    expect(requests).toHaveLength(5)
    for (const { value, goal } of requests) expect(goal).toEqual({ equal: value })
    expect(left()).toEqual([])
  })

  it('that is interrupted ends what it started and removes its files', { timeout: 60_000 }, async () => {
    const bench = spawn(process.execPath, ['bench/run.mjs', '--quick', '--only', 'plan', '--rounds', '50'], {
      env: environment(),
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const closed = once(bench, 'close')
    // The first line of the row comes after its rounds: until then it is at work.
    await once(bench.stdout, 'data')
    bench.kill('SIGINT')
    expect(await closed).toEqual([130, null])
    expect(left()).toEqual([])
  })

  it('refuses a row that is not there', () => {
    const { status, stderr } = spawnSync(process.execPath, ['bench/run.mjs', '--only', 'plam'], { encoding: 'utf8' })
    expect([status, stderr]).toEqual([1, expect.stringContaining('there is no row plam; the rows are start-up,')])
  })
})
