import { closeSync, openSync, readFileSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { end, newFolder, start } from './children.ts'
import { watchUsage, type Usage } from './usage.ts'

/** A program and how it is called. */
export interface Command {
  /** Node.js where it is left out. */
  readonly file?: string
  readonly args: readonly string[]
  readonly env: NodeJS.ProcessEnv
  readonly cwd?: string
  /** The exit codes that count as success: 0 where it is left out. */
  readonly ends?: readonly number[]
  /** It goes on by itself: the time is that until its first line, and then it is ended. */
  readonly untilFirstLine?: boolean
}

/** One run of a program, from its start to its end. */
export interface Run extends Usage {
  readonly milliseconds: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs a program and measures it. Rejects where it ends otherwise than it should, or where `signal` says that it makes no sense to go on. */
export async function oneProcess(command: Command, signal?: AbortSignal): Promise<Run> {
  signal?.throwIfAborted()
  const { file = process.execPath, args, env, cwd, ends = [0], untilFirstLine = false } = command
  // Files, not pipes: nobody has to read while somebody is measured.
  const output = newFolder('output')
  const paths = { stdout: join(output, 'stdout'), stderr: join(output, 'stderr') }
  const read = (what: keyof typeof paths): string => readFileSync(paths[what], 'utf8')
  const [stdout, stderr] = [openSync(paths.stdout, 'w'), openSync(paths.stderr, 'w')]
  const began = process.hrtime.bigint()
  const child = start(file, args, { env, cwd, stdio: ['ignore', untilFirstLine ? 'pipe' : stdout, stderr] })
  const usage = watchUsage(child.pid)
  const stop = (): void => end(child)
  signal?.addEventListener('abort', stop, { once: true })
  let firstLineAt: bigint | undefined
  child.stdout?.once('data', () => {
    firstLineAt = process.hrtime.bigint()
    end(child)
  })
  const ended = new Promise<string | undefined>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, by) => {
      const isAsItShould = untilFirstLine ? firstLineAt !== undefined : code !== null && ends.includes(code)
      resolve(isAsItShould ? undefined : `ended with ${code ?? by ?? 'nothing'}`)
    })
  })
  try {
    const wrong = await ended
    const endedAt = firstLineAt ?? process.hrtime.bigint()
    signal?.throwIfAborted()
    if (wrong !== undefined) {
      const said = read('stderr').trim().split('\n').slice(0, 5).join('\n')
      throw new Error(`${[basename(file), ...args].join(' ')} ${wrong}${said === '' ? '' : `:\n${said}`}`)
    }
    return {
      milliseconds: Number(endedAt - began) / 1e6,
      ...usage(),
      stdout: read('stdout'),
      stderr: read('stderr'),
    }
  } finally {
    usage()
    signal?.removeEventListener('abort', stop)
    for (const open of [stdout, stderr]) closeSync(open)
    rmSync(output, { recursive: true })
  }
}
