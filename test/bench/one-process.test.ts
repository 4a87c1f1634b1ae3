import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cleanUp } from '../../bench/harness/children.ts'
import { linesOf } from '../../bench/harness/lines-of.ts'
import { oneProcess } from '../../bench/harness/one-process.ts'
import { alternate } from '../../bench/harness/pairs.ts'
import type { Bench, Line } from '../../bench/harness/row.ts'
import { startServer } from '../../bench/harness/server-process.ts'
import { peersIn } from '../../bench/peers/install.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'postern-'))
})
afterEach(() => rm(folder, { recursive: true }))
afterAll(cleanUp)

const { env } = process
const script = (text: string) => ({ args: ['-e', text], env })

describe('one process', () => {
  it('is measured from its start to its end', async () => {
    const run = await oneProcess(script('console.log(1); console.error(2)'))
    expect(run).toMatchObject({ stdout: '1\n', stderr: '2\n' })
    expect(run.milliseconds).toBeGreaterThan(1)
  })

  it.runIf(existsSync('/proc/self/status'))('shows the most memory that it had', async () => {
    const text = 'let a = Buffer.alloc(200 * 2 ** 20, 1); a = undefined; setTimeout(() => {}, 100)'
    expect((await oneProcess(script(text))).peakBytes).toBeGreaterThan(200 * 2 ** 20)
  })

  it('that fails says how, with the first lines of its errors', async () => {
    const text = 'for (let i = 1; i < 9; i++) console.error("line " + i); process.exitCode = 3'
    await expect(oneProcess(script(text))).rejects.toThrow(/ended with 3:\nline 1\nline 2\nline 3\nline 4\nline 5$/)
  })

  it('may end otherwise where that is expected', async () => {
    await expect(oneProcess({ ...script('process.exitCode = 3'), ends: [2, 3] })).resolves.toMatchObject({ stdout: '' })
    await expect(oneProcess({ ...script(''), ends: [2, 3] })).rejects.toThrow('ended with 0')
  })

  it('that cannot be run at all is an error too', async () => {
    await expect(oneProcess({ file: join(folder, 'none'), args: [], env })).rejects.toThrow('ENOENT')
  })

  it('that goes on is measured until its first line, and ended', async () => {
    const text = 'console.log("ready"); setInterval(() => {}, 1000)'
    expect((await oneProcess({ ...script(text), untilFirstLine: true })).milliseconds).toBeGreaterThan(1)
    await expect(oneProcess({ ...script(''), untilFirstLine: true })).rejects.toThrow('ended with 0')
  })
})

describe('alternation', () => {
  it('runs one after the other, and warm-up does not count', async () => {
    const order: string[] = []
    const contestant = (name: string) => ({
      command: () => {
        order.push(name)
        return script(`console.log('${name}${order.length}')`)
      },
    })
    const of = await alternate({ a: contestant('a'), b: contestant('b') }, { rounds: 2, warmUp: 1 })
    expect(order.join('')).toBe('ababab')
    expect(of('a').map(({ stdout }) => stdout.trim())).toEqual(['a3', 'a5'])
  })
})

describe('a server', () => {
  const server = async (text: string) => {
    const file = join(folder, 'server.ts')
    await writeFile(file, text)
    return startServer<{ port: number }>('the simulator', file, [], env)
  }

  it('that dies ends what talks to it, and the row says so; the lines before it stay', async () => {
    const { signal, ask } = await server(
      `process.on('message', () => process.exit(7))\nprocess.send({ port: 1 })\nexport {}`,
    )
    const talking = oneProcess(script('setInterval(() => {}, 1000)'), signal)
    const row = {
      name: 'plan',
      title: '',
      async *measure(): AsyncGenerator<Line> {
        yield { type: 'note', text: 'first' }
        await talking
      },
    }
    const lines: Line[] = []
    const reading = (async () => {
      for await (const line of linesOf(row, undefined as unknown as Bench)) lines.push(line)
    })()
    await expect(ask('anything')).rejects.toThrow('the simulator ended with 7')
    await reading
    expect(lines).toEqual([
      { type: 'note', text: 'first' },
      { type: 'failed', name: 'plan', why: 'the simulator ended with 7' },
    ])
  })

  it('that does not come up says so', async () => {
    await expect(server('process.exit(4)\nexport {}')).rejects.toThrow('the simulator ended with 4')
  })
})

describe('peers', () => {
  it('that cannot be installed say why', async () => {
    const peers = peersIn(join(folder, 'peers'), { ...env, npm_config_registry: 'http://127.0.0.1:9' }, () => undefined)
    const ajv = await peers.installed('ajv')
    expect(ajv).toMatchObject({ isThere: false })
    expect(ajv.isThere ? '' : ajv.why).toMatch(/^npm install ended with \d+ .*ECONNREFUSED/)
    expect(await peers.installed('a0deploy')).toEqual(ajv)
  })

  it('that are not on the path say so', () => {
    const peers = peersIn(folder, { PATH: folder }, () => undefined)
    expect(peers.onPath('terraform', ['version'])).toEqual({ isThere: false, why: 'terraform is not on the path' })
  })
})
