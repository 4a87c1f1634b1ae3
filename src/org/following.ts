import type { OnEvent } from './events.ts'
import type { Limits } from './limits.ts'
import type { Send } from './send.ts'
import type { Pause, Time } from './time.ts'

/** What it takes to follow an accepted write. */
export interface Following {
  readonly send: Send
  readonly orgId: string
  readonly pause: Pause
  readonly random: Time['random']
  readonly onEvent: OnEvent
  readonly limits: Limits
}

const firstWait = 500
const longestWait = 10_000
const growth = 1.6

/**
 * The pauses between looks at something that goes on: half a second, then longer ones up to ten, each shortened by
 * chance by up to a half, so that many runs do not look at the same time.
 */
export function createRhythm({ pause, random, limits }: Pick<Following, 'pause' | 'random' | 'limits'>) {
  let waited = 0
  let wait = firstWait
  return {
    /** Pauses; false once the time to follow is used up. It counts pauses, not the clock: a look may itself be slow. */
    next: async (): Promise<boolean> => {
      if (waited >= limits.followSeconds * 1000) return false
      const milliseconds = wait * (1 - random() / 2)
      await pause(milliseconds)
      waited += milliseconds
      wait = Math.min(longestWait, wait * growth)
      return true
    },
  }
}
