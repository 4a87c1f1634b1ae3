import type { Output } from './world.ts'

/** The standard streams as they are written to. Each is opened when it is first used: opening one costs a start a millisecond or two. */

let unwritten = false

function opened(name: 'stdout' | 'stderr'): () => NodeJS.WriteStream {
  let stream: NodeJS.WriteStream | undefined
  return () => {
    if (stream !== undefined) return stream
    stream = process[name]
    // A reader that goes away (`postern apply | head`) is no fault, and must not end a run that is changing something.
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') return
      if (name === 'stdout')
        openStderr().write(`error[run/unwritable]: cannot write the result: ${error.code ?? 'unknown reason'}\n`)
      unwritten = true
    })
    return stream
  }
}

const openStdout = opened('stdout')

/** Standard error, for those who need the stream itself. */
export const openStderr: () => NodeJS.WriteStream = opened('stderr')

const output = (open: () => NodeJS.WriteStream): Output => ({
  write: text => void open().write(text),
  get isTerminal() {
    return open().isTTY
  },
  get columns() {
    return open().isTTY ? open().columns : undefined
  },
})

export const stdout: Output = output(openStdout)
export const stderr: Output = output(openStderr)

/** Ends the process with a code once everything is written, and with 1 where that failed. */
export function endWith(code: number): void {
  process.exitCode = unwritten ? 1 : code
  // Errors of a stream come after the write: the exit code must still say that the result was lost.
  process.on('exit', () => {
    if (unwritten) process.exitCode = 1
  })
}
