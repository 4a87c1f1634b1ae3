import { spawn, type ChildProcess } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

/** How a run of the program ended. */
export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly out: string
  readonly err: string
}

/** A run of the program that goes on. */
export interface Running {
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
}

/** The built program, to be started again and again. */
export interface Program {
  readonly start: (
    argv: readonly string[],
    place: { readonly cwd: string; readonly url: string; readonly apiKey: string },
  ) => Running
  readonly remove: () => void
}

/**
 * Pauses that the program makes between looks take a tenth of their time; everything else goes on as it is. Loaded before the program, which is the built one, byte for
 * byte.
 */
const shortPauses = `'use strict'
const timers = require('node:timers/promises')
const wait = timers.setTimeout
timers.setTimeout = (milliseconds, ...rest) => wait(milliseconds >= 100 ? milliseconds / 10 : milliseconds, ...rest)
require('node:module').syncBuiltinESMExports()
`

/** A copy of the built program, which stays as it is where somebody builds anew meanwhile. */
export function builtProgram(): Program {
  const folder = mkdtempSync(join(tmpdir(), 'postern-program-'))
  const program = join(folder, 'postern.cjs')
  const preload = join(folder, 'short-pauses.cjs')
  const built = process.env['POSTERN_PROGRAM'] ?? resolve('dist/postern.cjs')
  copyFileSync(built, program)
  copyFileSync(join(dirname(built), 'postern.chunks'), join(folder, 'postern.chunks'))
  writeFileSync(preload, shortPauses)
  return {
    start: (argv, { cwd, url, apiKey }) => {
      const child = spawn(process.execPath, ['--require', preload, program, ...argv], {
        cwd,
        env: {
          PATH: process.env['PATH'],
          USER: 'alice',
          POSTERN_API_KEY: apiKey,
          POSTERN_API_URL: url,
          POSTERN_LEDGER: '.postern',
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      const text = { out: '', err: '' }
      child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text.out += chunk))
      child.stderr.setEncoding('utf8').on('data', (chunk: string) => (text.err += chunk))
      const ended = new Promise<Ended>((found, failed) => {
        child.once('error', failed)
        child.once('close', (code, signal) => found({ code, signal, ...text }))
      })
      return { child, ended }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
