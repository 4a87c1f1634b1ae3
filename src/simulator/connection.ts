const mark = 'x-simulator-connection'

/** Stands for a connection that breaks: never leaves the simulator as a response. */
export const connectionReset = (): Response => new Response(null, { status: 503, headers: { [mark]: 'reset' } })

/** True for what stands for a broken connection. */
export const isConnectionReset = (response: Response): boolean => response.headers.get(mark) === 'reset'

/** The error that a caller in process gets, with the cause that `fetch` gives it over a socket. */
export const resetError = (): Error =>
  new TypeError('fetch failed', { cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }) })
