import { realpathSync, rmSync } from 'node:fs'
import { bugOf } from './protocol/bug.ts'
import { readHandshake, type Handshake } from './protocol/handshake.ts'
import { openLog } from './protocol/log.ts'
import { printable } from './protocol/wire-text.ts'

/** The process that Terraform starts. */

const now = (): Date => new Date()

// Whoever reads may be gone before the program is; that is no fault of it.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)

/** Terraform shows nothing of standard error, and quotes the first line of standard output: a reason goes to both. */
function refuse(reason: string): void {
  const line = `${printable(reason.replaceAll('\n', ' '))}\n`
  process.stderr.write(line)
  process.stdout.write(line, () => process.exit(1))
}

/** How long Terraform waits for the end before it kills: less than that is used. */
const patience = 1700

async function offer(handshake: Handshake): Promise<void> {
  const log = openLog(process.env, now, line => process.stderr.write(line))
  // The provider is read after the handshake: Terraform connects meanwhile.
  let shake: () => void = () => undefined
  const shaken = new Promise<void>(resolve => (shake = resolve))
  const provider = shaken.then(async () => (await import('./provider.ts')).createProvider(process.env))
  // Each call that waits for it tells what went wrong.
  provider.catch(() => undefined)
  let ending = false
  const end = (code: number): void => {
    if (ending) return
    ending = true
    setTimeout(() => process.exit(code), patience)
    void provider
      .then(known => known.close())
      .catch(() => undefined)
      .then(() => process.exit(code))
  }
  const { serve } = await import('./protocol/serve.ts')
  const { line, folder } = await serve({
    handshake,
    provider,
    log,
    now,
    platform: process.platform,
    onShutdown: () => end(0),
  })
  process.on('exit', () => folder !== undefined && rmSync(folder, { recursive: true, force: true }))
  // Ctrl-C reaches the whole group: what it means is for Terraform to decide, and to tell.
  process.on('SIGINT', () => undefined)
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(1))
  process.on('uncaughtException', thrown => {
    process.stderr.write(`the postern provider ends because of a bug: ${bugOf(thrown)}\n`)
    process.exit(1)
  })
  const parent = process.ppid
  setInterval(() => process.ppid !== parent && end(1), 1000).unref()
  process.stdout.write(`${line}\n`, () => shake())
}

async function meet(): Promise<void> {
  const { byHand } = await import('./protocol/by-hand.ts')
  process.exitCode = await byHand({
    argv: process.argv.slice(2),
    executable: realpathSync(process.argv[1] ?? ''),
    platform: process.platform,
    architecture: process.arch,
    stdout: text => process.stdout.write(text),
    stderr: text => process.stderr.write(text),
  })
}

const started = readHandshake(process.env)
if (started.by === 'person') void meet()
else if ('refused' in started) refuse(started.refused)
else
  offer(started.handshake).catch((thrown: unknown) =>
    refuse(`the postern provider cannot start: ${thrown instanceof Error ? thrown.message : 'unknown reason'}`),
  )
