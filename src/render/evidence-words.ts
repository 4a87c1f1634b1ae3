import type { Evidence } from '../model/evidence.ts'
import type { Json } from '../model/json.ts'
import { forTerminal } from './harmless.ts'

/** How long ago, in the largest unit that fits: `5 min`, `2 h`, `3 d`. */
export function age(at: string, now: Date): string {
  const minutes = Math.max(0, Math.floor((now.getTime() - Date.parse(at)) / 60_000))
  if (minutes < 60) return minutes === 0 ? 'now' : `${minutes} min`
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1440)} d`
}

/** What a statement rests on: `export, 2 h`, `attested by alice, 3 d`, `API, now`. */
export function evidenceWords({ from, at, by }: Evidence, now: Date): string {
  const source = { api: 'API', export: 'export', attestation: 'attested', declaration: 'declared' }[from]
  return `${source}${by === undefined ? '' : ` by ${forTerminal(by)}`}, ${age(at, now)}`
}

/** A value on one line. */
export function valueWords(value: Json | undefined): string {
  if (value === undefined) return 'not known'
  if (value === null) return 'not there'
  if (Array.isArray(value))
    return value.length === 0
      ? '(none)'
      : value.map(item => (typeof item === 'string' ? forTerminal(item) : JSON.stringify(item))).join(', ')
  return forTerminal(typeof value === 'string' ? value : JSON.stringify(value))
}
