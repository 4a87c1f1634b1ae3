import { ConnectionFailure, connectionFailure } from './connection-failure.ts'
import { stopped, type Time } from './time.ts'
import type { HttpRequest, HttpResponse, Transport } from './transport.ts'

/** How long one request may take, and what else ends it. */
export interface TimeOut {
  readonly seconds: number
  readonly timer: Time['timer']
  /** Ends the run. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Gives a request up when its time is over or the run is stopped, whether or not the transport notices, and turns what the
 * transport throws into a `ConnectionFailure`.
 */
export function withTimeOut(transport: Transport, { seconds, timer, signal }: TimeOut): Transport {
  return async request => {
    if (signal?.aborted === true) throw stopped('no')
    const controller = new AbortController()
    const { promise: givenUp, reject } = deferred()
    const giveUp = (reason: ConnectionFailure): void => {
      reject(reason)
      controller.abort() // it must not go on in the dark
    }
    const stop = (): void => giveUp(stopped('maybe'))
    const cancel = timer(seconds * 1000, () => giveUp(timedOut(seconds)))
    signal?.addEventListener('abort', stop)
    try {
      return await Promise.race([carry(transport, { ...request, signal: controller.signal }), givenUp])
    } finally {
      cancel()
      signal?.removeEventListener('abort', stop)
    }
  }
}

async function carry(transport: Transport, request: HttpRequest): Promise<HttpResponse> {
  try {
    return await transport(request)
  } catch (error) {
    throw connectionFailure(error)
  }
}

function deferred(): { readonly promise: Promise<never>; readonly reject: (reason: ConnectionFailure) => void } {
  let reject: (reason: ConnectionFailure) => void = () => undefined
  const promise = new Promise<never>((_, settle) => {
    reject = settle
  })
  return { promise, reject }
}

const timedOut = (seconds: number): ConnectionFailure =>
  new ConnectionFailure({ kind: 'timeout', seconds, sent: 'maybe' })
