import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import type { Said, Told, Usage } from './soak-watcher.ts'

/** `postern watch` in another process, held between two checks until it is told to go on. */
export interface Watched {
  /** Resolves when a check is over. */
  readonly checked: () => Promise<Checked>
  /** Has it begin the next check, at this time. */
  readonly goOn: (time: number) => void
  readonly usage: () => Promise<Usage>
  /** Stops it as a service manager does; resolves when the process is gone. */
  readonly stop: () => Promise<Gone>
  /** Ends it whatever it does, and removes its files. */
  readonly remove: () => Promise<void>
}

/** What was printed since the check before, and how long it is to the next one. */
export interface Checked {
  readonly out: string
  readonly err: string
  readonly milliseconds: number
}

/** How the process ended. */
export interface Gone {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly err: string
}

export interface WatchedOptions {
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly time: number
  /** Lets so much time go by within a check, and tells the time it is then. */
  readonly wait: (milliseconds: number) => number
}

/** Starts it. */
export async function watched({ argv, env, time, wait }: WatchedOptions): Promise<Watched> {
  const folder = await mkdtemp(join(tmpdir(), 'postern-soak-'))
  const program = await bundled(folder)
  const child = spawn(process.execPath, ['--expose-gc', program, String(time), ...argv], {
    cwd: folder,
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const gone = new Promise<Omit<Gone, 'err'>>(ended => {
    child.once('close', (code, signal) => ended({ code, signal }))
  })
  const printed = { out: '', err: '' }
  const heard = { waiting: inbox<{ id: number; milliseconds: number }>(), usage: inbox<Usage>() }
  let held = 0
  child.on('message', (message: Said) => {
    switch (message.said) {
      case 'out':
      case 'err':
        printed[message.said] += message.text
        return
      case 'waiting':
        if (message.between) heard.waiting.put(message)
        else tell({ told: 'go-on', id: message.id, time: wait(message.milliseconds) })
        return
      case 'usage':
        heard.usage.put(message.usage)
        return
      case 'ended':
    }
  })
  // Once it is told to stop it may be gone before it hears what else it is told.
  const tell = (message: Told): void => {
    if (child.connected) child.send(message)
  }
  const ended = gone.then(({ code, signal }) => {
    throw new Error(`it ended by itself with ${code ?? signal ?? 'nothing'}: ${printed.err}`)
  })
  ended.catch(() => undefined)
  const taken = (): { readonly out: string; readonly err: string } => {
    const text = { ...printed }
    printed.out = printed.err = ''
    return text
  }
  return {
    checked: async () => {
      const { id, milliseconds } = await Promise.race([heard.waiting.take(), ended])
      held = id
      return { ...taken(), milliseconds }
    },
    goOn: now => tell({ told: 'go-on', id: held, time: now }),
    usage: () => {
      tell({ told: 'measure' })
      return Promise.race([heard.usage.take(), ended])
    },
    stop: async () => {
      child.kill('SIGTERM')
      return { ...(await gone), err: taken().err }
    },
    remove: async () => {
      child.kill('SIGKILL')
      await gone
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The sources as they are, in one file: transforming them while they run would cost memory that grows. */
async function bundled(folder: string): Promise<string> {
  const outfile = join(folder, 'watcher.mjs')
  await build({
    entryPoints: [join(import.meta.dirname, 'soak-watcher.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['@aws-sdk/client-s3'],
    outfile,
    logLevel: 'error',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  })
  return outfile
}

/** One message at a time, for one who waits for it. */
function inbox<T>(): { readonly put: (message: T) => void; readonly take: () => Promise<T> } {
  const messages: T[] = []
  let waiting: ((message: T) => void) | undefined
  return {
    put: message => {
      if (waiting === undefined) messages.push(message)
      else waiting(message)
      waiting = undefined
    },
    take: () =>
      new Promise(resolve => {
        const [first] = messages.splice(0, 1)
        if (first === undefined) waiting = resolve
        else resolve(first)
      }),
  }
}
