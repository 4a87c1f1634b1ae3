import { unreadable } from './failed-call.ts'
import type { ApiCall, Send } from './send.ts'
import type { Shape } from './shape.ts'

/** Sends a call and reads its answer. One that lacks the essential is `org/unreadable`. */
export async function readAnswer<T>(send: Send, call: ApiCall, { expected, read }: Shape<T>): Promise<T> {
  const response = await send(call)
  const value = response.body === undefined ? undefined : read(response.body)
  if (value === undefined) throw unreadable(call, response, expected)
  return value
}
