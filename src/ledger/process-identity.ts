import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import type { LockHolder } from './contract.ts'

/** What tells a process from every other one, as far as the machine can. */
export type ProcessIdentity = Pick<LockHolder, 'host' | 'pid' | 'process'>

/** This process, for a lock that it takes. */
export function thisProcess(): ProcessIdentity {
  const realm = realmHere()
  const born = birthOf(process.pid)
  return {
    host: hostname(),
    pid: process.pid,
    ...(realm !== undefined && typeof born === 'string' && { process: `${realm}/${born}` }),
  }
}

/**
 * True only where a process surely ran on this machine and is gone. One host name may belong to two machines and one number to two processes, so where
 * the system tells, it must be the same start of the machine and the same numbering of processes; then a number that nobody has, or that somebody
 * who was born at another time has, is proof. When in doubt it is not gone.
 */
export function isGone({ host, pid, process: identity }: ProcessIdentity): boolean {
  if (host !== hostname() || !Number.isInteger(pid) || pid <= 0) return false
  const realm = realmHere()
  if (realm === undefined) return identity === undefined && !exists(pid)
  const cut = identity?.lastIndexOf('/') ?? -1
  if (identity?.slice(0, cut) !== realm) return false
  if (!exists(pid)) return true
  const born = birthOf(pid)
  return born === 'dead' || (born !== undefined && born !== identity.slice(cut + 1))
}

/** The start of this machine and the numbering of processes that this one lives in; undefined where there is no /proc. */
function realmHere(): string | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    return `${boot}/${readlinkSync('/proc/self/ns/pid').replace(/\D/g, '')}`
  } catch {
    return undefined
  }
}

/** When a process was born, in ticks since the start of the machine; `dead` where only its remains are left, undefined where nobody tells. */
function birthOf(pid: number): string | undefined {
  try {
    // The second field is a name in parentheses, which may hold blanks and parentheses itself: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^[\s\S]*\) /, '')
      .split(' ')
    return fields[0] === 'Z' || fields[0] === 'X' ? 'dead' : fields[19]
  } catch {
    return undefined
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Not allowed to signal it: it is there.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}
