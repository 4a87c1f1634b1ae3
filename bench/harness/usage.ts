import { readFileSync } from 'node:fs'

/** What a process has taken so far, as far as the system tells. */
export interface Usage {
  /** The most memory that it ever had at a time, in bytes. */
  readonly peakBytes?: number
  /** User and system time. */
  readonly cpuMilliseconds?: number
}

// Linux counts processor time for programs in hundredths of a second, whatever its own clock does.
const tickMilliseconds = 10

/** Looks at a process every 10 ms until told to stop, then says what was seen last. Without `/proc` nothing is. */
export function watchUsage(pid: number | undefined): () => Usage {
  let seen: Usage = {}
  const look = (): void => {
    if (pid === undefined) return
    try {
      const peak = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
      // The name of the program, in parentheses, may hold anything: counted from behind it.
      const [, ticks] = /\) (.*)$/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? []
      const [user, system] = (ticks ?? '').split(' ').slice(11, 13).map(Number)
      seen = {
        ...seen,
        ...(peak !== undefined && { peakBytes: Number(peak) * 1024 }),
        ...(user !== undefined && system !== undefined && { cpuMilliseconds: (user + system) * tickMilliseconds }),
      }
    } catch {
      // It has ended, or the system has no such place.
    }
  }
  const timer = setInterval(look, 10)
  return () => {
    clearInterval(timer)
    return seen
  }
}
