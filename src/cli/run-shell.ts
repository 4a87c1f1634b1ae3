import { spawn } from 'node:child_process'
import type { CommandResult, RunCommand } from '../operations/approver-secrets.ts'

/** No secret is longer: whatever prints more is something else. */
const mostOutput = 65_536

/** Runs a command by the shell of the machine. What it says on stderr is dropped, since it may hold what nobody must see. */
export const runShell: RunCommand = (command, { env, milliseconds }) =>
  new Promise<CommandResult>(resolve => {
    // In a group of its own, so that what the shell started ends with it.
    const child = spawn(command, {
      shell: true,
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
      detached: process.platform !== 'win32',
    })
    let stdout = ''
    const end = (result: CommandResult) => {
      clearTimeout(timer)
      resolve(result)
    }
    const stop = (why: string) => {
      endGroup(child.pid)
      child.kill('SIGKILL')
      end({ ok: false, why })
    }
    const timer = setTimeout(() => stop(`it took longer than ${Math.round(milliseconds / 1000)} s`), milliseconds)
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      if (stdout.length > mostOutput) stop('it prints too much for a secret')
    })
    child.on('error', () => end({ ok: false, why: 'it cannot be started' }))
    child.on('close', (code, signal) =>
      end(
        code === 0
          ? { ok: true, stdout }
          : { ok: false, why: code === null ? `it was ended by ${signal}` : `it ended with ${code}` },
      ),
    )
  })

function endGroup(pid: number | undefined): void {
  if (pid === undefined || process.platform === 'win32') return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}
