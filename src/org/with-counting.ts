import { ConnectionFailure } from './connection-failure.ts'
import type { OnEvent } from './events.ts'
import type { Send } from './send.ts'

/** Requests that left, repetitions included: what the organization's limits see. */
export interface Counts {
  readonly reads: number
  readonly writes: number
}

/** Counts every request and tells of its end. */
export function withCounting(send: Send, onEvent: OnEvent): { readonly send: Send; readonly counts: Counts } {
  const counts = { reads: 0, writes: 0 }
  const counting: Send = async call => {
    const { words: operation, effect } = call.operation
    const tell = (status?: number): void => {
      counts[effect === 'read' ? 'reads' : 'writes'] += 1
      const attempt = call.attempt ?? 1
      onEvent({ type: 'request', operation, effect, attempt, ...(status !== undefined && { status }) })
    }
    try {
      const response = await send(call)
      tell(response.status)
      return response
    } catch (error) {
      if (error instanceof ConnectionFailure && !neverLeft(error)) tell()
      throw error
    }
  }
  return { send: counting, counts }
}

const neverLeft = ({ facts }: ConnectionFailure): boolean => facts.kind === 'stopped' && facts.sent === 'no'
