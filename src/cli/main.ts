import { run } from './run.ts'
import type { Output, World } from './world.ts'

/** The process as a world. Everything a command touches of the machine goes through here. */

const stop = new AbortController()
const abort = new AbortController()
let listening = false
let unwritten = false

/** Interrupts are taken over only where a command asks for them: one that never does ends at once, as people expect. */
function listen(): void {
  if (listening) return
  listening = true
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (abort.signal.aborted) process.exit(130)
      if (stop.signal.aborted) abort.abort()
      else stop.abort()
    })
  }
}

// A reader that goes away (`postern apply | head`) is no fault, and must not end a run that is changing something.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return
    if (stream === process.stdout)
      process.stderr.write(`error[run/unwritable]: cannot write the result: ${error.code ?? 'unknown reason'}\n`)
    unwritten = true
  })
}

const output = (stream: NodeJS.WriteStream): Output => ({
  write: text => void stream.write(text),
  get isTerminal() {
    return stream.isTTY
  },
  get columns() {
    return stream.isTTY ? stream.columns : undefined
  },
})

const ask = (question: string): Promise<string | undefined> => askShowing(question, process.stderr)

/** What is typed is not shown: readline takes the echo from the terminal, and what it would show itself goes nowhere. */
async function askSecret(question: string): Promise<string | undefined> {
  const { Writable } = await import('node:stream')
  const answer = await askShowing(question, new Writable({ write: (_chunk, _encoding, done) => done() }))
  process.stderr.write('\n')
  return answer
}

async function askShowing(question: string, output: NodeJS.WritableStream): Promise<string | undefined> {
  const { createInterface } = await import('node:readline/promises')
  const lines = createInterface({ input: process.stdin, output, terminal: true })
  // Only now: whoever reads the question may type at once, and until here the terminal echoes.
  if (output !== process.stderr) process.stderr.write(question)
  try {
    return await new Promise((resolve, reject) => {
      lines.once('close', () => resolve(undefined))
      // At a question nothing is under way: Ctrl-C leaves.
      lines.once('SIGINT', () => lines.close())
      lines.question(output === process.stderr ? question : '').then(resolve, reject)
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
  stdout: output(process.stdout),
  stderr: output(process.stderr),
  // Opening stdin costs a start 4 ms: only those who ask pay for it.
  get ask() {
    return process.stdin.isTTY && process.stderr.isTTY ? ask : undefined
  },
  get askSecret() {
    return process.stdin.isTTY && process.stderr.isTTY ? askSecret : undefined
  },
  now: () => new Date(),
  readLine,
  runCommand: async (command, options) => (await import('./run-shell.ts')).runShell(command, options),
  runGit: async (args, options) => (await import('./run-git.ts')).gitRunner(process.env)(args, options),
  random: Math.random,
  randomBytes: async size => (await import('node:crypto')).randomBytes(size),
  get stop() {
    listen()
    return stop.signal
  },
  get abort() {
    listen()
    return abort.signal
  },
}

void run(world).then(code => {
  process.exitCode = unwritten ? 1 : code
  // Errors of a stream come after the write: the exit code must still say that the result was lost.
  process.on('exit', () => {
    if (unwritten) process.exitCode = 1
  })
})
