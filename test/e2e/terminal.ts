import { spawn, spawnSync } from 'node:child_process'

/** What is typed once the terminal shows something. */
export interface Typed {
  readonly when: RegExp
  readonly type: string
}

/** How a program ended, and everything that the terminal showed, typed characters that it echoed included. */
export interface Transcript {
  readonly code: number | null
  readonly shown: string
}

/** Whether this machine can give a program a terminal of its own: `script` of util-linux. */
export const hasTerminal = spawnSync('script', ['--version']).status === 0

/** Runs a program at a pseudo-terminal of 80 columns and types as a person would: after what they read. */
export function atTerminal(
  argv: readonly string[],
  { cwd, env, typed }: { readonly cwd: string; readonly env: NodeJS.ProcessEnv; readonly typed: readonly Typed[] },
): Promise<Transcript> {
  const command = `stty cols 80 rows 24; exec ${argv.map(word => `'${word.replaceAll("'", `'\\''`)}'`).join(' ')}`
  const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
    cwd,
    env: { ...env, SHELL: '/bin/sh', TERM: 'xterm' },
  })
  let shown = ''
  let answered = 0
  let from = 0
  const read = (chunk: Buffer) => {
    shown += chunk.toString()
    for (let next = typed[answered]; next !== undefined; next = typed[answered]) {
      const found = next.when.exec(shown.slice(from))
      if (found === null) return
      from += found.index + found[0].length
      answered += 1
      child.stdin.write(next.type)
    }
  }
  child.stdout.on('data', read)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', code => {
      if (answered < typed.length) reject(new Error(`never shown: ${String(typed[answered]?.when)}\n${shown}`))
      else resolve({ code, shown: shown.replaceAll('\r\n', '\n') })
    })
  })
}
