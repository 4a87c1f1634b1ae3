import type { Environment } from './handshake.ts'

const levels = ['trace', 'debug', 'info', 'warn', 'error'] as const

export type Level = (typeof levels)[number]

/** Tells what happens, for whoever set TF_LOG. Facts are names, counts and times, never values. */
export type Log = (level: Level, message: string, facts?: Readonly<Record<string, string | number>>) => void

/**
 * A log as Terraform reads it: lines of JSON on standard error, in the words of go-plugin. It is silent unless TF_LOG_PROVIDER or TF_LOG asks for it.
 */
export function openLog(environment: Environment, now: () => Date, write: (line: string) => void): Log {
  const wanted = (environment['TF_LOG_PROVIDER'] ?? environment['TF_LOG'] ?? '').toLowerCase()
  const least = wanted === 'json' ? 0 : levels.findIndex(level => level === wanted)
  return (level, message, facts = {}) => {
    if (least < 0 || levels.indexOf(level) < least) return
    const line = {
      '@level': level,
      '@message': message,
      '@module': 'provider',
      '@timestamp': now().toISOString().replace('Z', '000Z'),
    }
    write(`${JSON.stringify({ ...line, ...facts })}\n`)
  }
}
