import { run } from './run.ts'
import { endWith, openStderr, stderr, stdout } from './standard-streams.ts'
import type { World } from './world.ts'

/** The process as a world. Everything a command touches of the machine goes through here. */

let interrupts: { readonly stop: AbortController; readonly abort: AbortController } | undefined

/** Interrupts are taken over only where a command asks for them: one that never does ends at once, as people expect. */
function listen(): NonNullable<typeof interrupts> {
  if (interrupts !== undefined) return interrupts
  const [stop, abort] = [new AbortController(), new AbortController()]
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (abort.signal.aborted) process.exit(130)
      if (stop.signal.aborted) abort.abort()
      else stop.abort()
    })
  }
  return (interrupts = { stop, abort })
}

const ask = (question: string): Promise<string | undefined> => askShowing(question, openStderr())

/** What is typed is not shown: readline takes the echo from the terminal, and what it would show itself goes nowhere. */
async function askSecret(question: string): Promise<string | undefined> {
  const { Writable } = await import('node:stream')
  const answer = await askShowing(question, new Writable({ write: (_chunk, _encoding, done) => done() }))
  openStderr().write('\n')
  return answer
}

async function askShowing(question: string, output: NodeJS.WritableStream): Promise<string | undefined> {
  const { createInterface } = await import('node:readline/promises')
  const lines = createInterface({ input: process.stdin, output, terminal: true })
  // Only now: whoever reads the question may type at once, and until here the terminal echoes.
  if (output !== openStderr()) openStderr().write(question)
  try {
    return await new Promise((resolve, reject) => {
      lines.once('close', () => resolve(undefined))
      // At a question nothing is under way: Ctrl-C leaves.
      lines.once('SIGINT', () => lines.close())
      lines.question(output === openStderr() ? question : '').then(resolve, reject)
    })
  } finally {
    lines.close()
  }
}

async function readLine(): Promise<string | undefined> {
  const { createInterface } = await import('node:readline')
  for await (const line of createInterface({ input: process.stdin })) return line
  return undefined
}

const world: World = {
  argv: process.argv.slice(2),
  env: process.env,
  cwd: process.cwd(),
  stdout,
  stderr,
  // Opening stdin costs a start 4 ms: only those who ask pay for it.
  get ask() {
    return process.stdin.isTTY && openStderr().isTTY ? ask : undefined
  },
  get askSecret() {
    return process.stdin.isTTY && openStderr().isTTY ? askSecret : undefined
  },
  now: () => new Date(),
  readLine,
  runCommand: async (command, options) => (await import('./run-shell.ts')).runShell(command, options),
  runGit: async (args, options) => (await import('./run-git.ts')).gitRunner(process.env)(args, options),
  keepHeapSmall: () => void import('./small-heap.ts').then(({ keepHeapSmall }) => keepHeapSmall()),
  random: Math.random,
  randomBytes: async size => (await import('node:crypto')).randomBytes(size),
  get stop() {
    return listen().stop.signal
  },
  get abort() {
    return listen().abort.signal
  },
}

/** Runs the command line of this process. */
export async function runProcess(): Promise<void> {
  endWith(await run(world))
}
