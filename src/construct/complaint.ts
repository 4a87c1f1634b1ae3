/** An error about what a program gave to a construct. Its stack is the one line that called the constructor: the rest is how CDKTF works. */
export function complaint(constructor: new (...args: never) => unknown, message: string): Error {
  const error = new Error(message)
  const called: { stack?: string } = {}
  Error.captureStackTrace(called, constructor)
  const [, line] = (called.stack ?? '').split('\n')
  error.stack = [`Error: ${message}`, ...(line === undefined ? [] : [line])].join('\n')
  return error
}
