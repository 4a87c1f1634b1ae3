import type { OnEvent } from './events.ts'
import type { Send } from './send.ts'
import type { Pause, Time } from './time.ts'

/** Keeps to the quota that an operation publishes: in no span of its length do more calls leave than it admits. */
export function withQuotas(
  send: Send,
  { clock, pause, onEvent }: { clock: Time['clock']; pause: Pause; onEvent: OnEvent },
): Send {
  // For each operation the times at which its last calls left or will leave, oldest first.
  const departures = new Map<string, number[]>()
  return async call => {
    const { quota, path } = call.operation
    if (quota === undefined) return await send(call)
    const times = departures.get(path) ?? []
    departures.set(path, times)
    const now = clock()
    const oldest = times.length >= quota.calls ? times.shift() : undefined
    const leaveAt = oldest === undefined ? now : Math.max(now, oldest + quota.seconds * 1000)
    times.push(leaveAt)
    if (leaveAt > now) {
      onEvent({ type: 'waiting', seconds: (leaveAt - now) / 1000, because: 'quota' })
      await pause(leaveAt - now)
    }
    return await send(call)
  }
}
