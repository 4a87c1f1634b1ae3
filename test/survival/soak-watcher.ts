import { readdir } from 'node:fs/promises'
import { run } from '../../src/cli/run.ts'
import type { Output, World } from '../../src/cli/world.ts'

/*
 * `postern watch` in a process of its own, whose clock, waits and chance come from the process that started it: bundled and started by soak-watched.ts. Requests really go over loopback, and the
 * ledger is really in a folder.
 */

/** What this process says. */
export type Said =
  | { readonly said: 'out' | 'err'; readonly text: string }
  /** It waits for its turn: `between` two checks, or within one. */
  | { readonly said: 'waiting'; readonly id: number; readonly milliseconds: number; readonly between: boolean }
  | { readonly said: 'usage'; readonly usage: Usage }
  | { readonly said: 'ended'; readonly code: number }

/** What it is told. */
export type Told = { readonly told: 'go-on'; readonly id: number; readonly time: number } | { readonly told: 'measure' }

/** What a process holds once nothing is left to collect. */
export interface Usage {
  readonly heapUsed: number
  readonly external: number
  readonly rss: number
  /** Open files and sockets; undefined where the machine has no /proc. */
  readonly descriptors?: number
  /** What keeps it from ending, by type. */
  readonly resources: Readonly<Record<string, number>>
}

const [startTime = '0', ...argv] = process.argv.slice(2)
const { gc } = globalThis as { gc?: () => void }
if (gc === undefined || process.send === undefined) throw new Error('started without --expose-gc or without a channel')
const collect = gc

let time = Number(startTime)
let asked = 0
const waiting = new Map<number, () => void>()
const stop = new AbortController()
process.once('SIGTERM', () => stop.abort())

const say = (message: Said): void => void process.send?.(message)

process.on('message', (message: Told) => {
  if (message.told === 'measure') {
    void measured().then(usage => say({ said: 'usage', usage }))
    return
  }
  time = message.time
  waiting.get(message.id)?.()
})

function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const id = ++asked
    const end = (): void => {
      waiting.delete(id)
      signal?.removeEventListener('abort', stopped)
    }
    const stopped = (): void => {
      end()
      reject(new Error('stopped'))
    }
    waiting.set(id, () => {
      end()
      resolve()
    })
    signal?.addEventListener('abort', stopped)
    // Only the loop itself waits until it is stopped; a request waits until it is aborted.
    say({ said: 'waiting', id, milliseconds, between: signal === stop.signal })
  })
}

async function measured(): Promise<Usage> {
  for (let round = 0; round < 3; round++) {
    collect()
    // What is only cleaned up after a collection has its turn.
    await new Promise(resolve => setImmediate(resolve))
  }
  const { heapUsed, external, rss } = process.memoryUsage()
  const resources: Record<string, number> = {}
  for (const type of process.getActiveResourcesInfo()) resources[type] = (resources[type] ?? 0) + 1
  const descriptors = await readdir('/proc/self/fd').catch(() => undefined)
  return { heapUsed, external, rss, ...(descriptors && { descriptors: descriptors.length }), resources }
}

const output = (said: 'out' | 'err'): Output => ({
  write: text => say({ said, text }),
  isTerminal: false,
  columns: undefined,
})

// A number that looks drawn at random and is the same in every run.
let drawn = 0
const random = (): number => {
  drawn = (drawn + 0.618033988749895) % 1
  return drawn
}

const world: World = {
  argv,
  env: process.env,
  cwd: process.cwd(),
  stdout: output('out'),
  stderr: output('err'),
  ask: undefined,
  now: () => new Date(time),
  random,
  randomBytes: size => Promise.resolve(new Uint8Array(size)),
  stop: stop.signal,
  abort: new AbortController().signal,
  network: { clock: () => time, random, sleep },
}

void run(world).then(code => {
  process.exitCode = code
  say({ said: 'ended', code })
  // From here on whatever keeps this process is something that the command left open.
  process.disconnect()
  setTimeout(() => {
    console.error(`watch ended, and this keeps its process: ${process.getActiveResourcesInfo().join(', ')}`)
    process.exit(1)
  }, 10_000).unref()
})
