import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const running = new Set<ChildProcess>()
let scratch: string | undefined

/** Starts a process that does not outlive the bench. It leads a group of its own, so that what it starts ends with it. */
export function start(file: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  const child = spawn(file, args, { ...options, detached: true })
  running.add(child)
  child.once('close', () => running.delete(child))
  // A file that cannot be run never closes.
  child.once('error', () => running.delete(child))
  return child
}

/** Ends a process and all that it started, at once. */
export function end(child: ChildProcess): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // It is gone.
  }
}

/** A new folder that is removed when the bench ends. */
export function newFolder(name: string): string {
  scratch ??= mkdtempSync(join(tmpdir(), 'postern-bench-'))
  return mkdtempSync(join(scratch, `${name}-`))
}

/** Ends all processes and removes all folders. */
export function cleanUp(): void {
  for (const child of running) end(child)
  if (scratch !== undefined) rmSync(scratch, { recursive: true, force: true, maxRetries: 3 })
  scratch = undefined
}

/** Whatever ends the bench, nothing of it stays: no process and no file. */
export function leaveNothingBehind(): void {
  process.once('exit', cleanUp)
  process.once('SIGINT', () => process.exit(130))
  process.once('SIGTERM', () => process.exit(143))
}
