import PQueue from 'p-queue'
import type { Send } from './send.ts'

/** Lets so many calls be under way at a time, the others in the order in which they came. */
export function withConcurrency(send: Send, concurrency: number): Send {
  const queue = new PQueue({ concurrency })
  return call => queue.add(() => send(call))
}
