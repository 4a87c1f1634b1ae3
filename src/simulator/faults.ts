import type { Json } from '../model/json.ts'

/** What goes wrong, and when: the script of a test. */
export interface FaultRule {
  /** Which requests of the public API count; all of them when left out. */
  readonly match?: {
    readonly method?: string
    /** A part of the path. */
    readonly path?: string
    /** Only from the nth matching request on, counted from 1. */
    readonly nth?: number
  }
  /** How many requests it strikes. When left out: every one, or with `nth` that one only. */
  readonly times?: number
  readonly then: Fault
}

/** What happens to a request. */
export type Fault =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: Json }
  /** The connection breaks, nothing is carried out. */
  | { readonly reset: true }
  /** The request is carried out, then the connection breaks. */
  | { readonly lost: true }
  | { readonly latency: number }
  /** A task made by this request takes so long. */
  | { readonly slowTasks: number }
  /** A task made by this request fails for these accounts. */
  | { readonly failAccounts: readonly FailingAccount[] }
  /** Reads answer the memberships of so many milliseconds ago. */
  | { readonly stale: number }
  /** The answer holds members and types that nobody has heard of. */
  | { readonly vendor: true }

/** An account that a task fails for, and how. */
export interface FailingAccount {
  readonly email: string
  readonly status: number
  readonly title: string
}

/** All that strikes one request. */
export interface Effects {
  readonly answer?: {
    readonly status: number
    readonly headers?: Readonly<Record<string, string>>
    readonly body?: Json
  }
  readonly reset: boolean
  readonly lost: boolean
  readonly latency: number
  readonly slowTasks?: number
  readonly failAccounts: readonly FailingAccount[]
  readonly stale: number
  readonly vendor: boolean
}

/** The rules in force. */
export interface FaultBook {
  readonly add: (rule: FaultRule) => void
  readonly clear: () => void
  /** What strikes this request: counts it. */
  readonly strike: (method: string, path: string) => Effects
}

const noEffects: Effects = { reset: false, lost: false, latency: 0, failAccounts: [], stale: 0, vendor: false }

interface Tally {
  readonly rule: FaultRule
  seen: number
  struck: number
}

/** A book without rules. */
export function faultBook(): FaultBook {
  let tallies: Tally[] = []
  return {
    add: rule => {
      tallies.push({ rule, seen: 0, struck: 0 })
    },
    clear: () => {
      tallies = []
    },
    strike: (method, path) =>
      tallies
        .filter(tally => strikes(tally, method, path))
        .reduce((effects, { rule }) => combine(effects, rule.then), noEffects),
  }
}

function strikes(tally: Tally, method: string, path: string): boolean {
  const { match = {}, times } = tally.rule
  if (match.method !== undefined && match.method.toUpperCase() !== method) return false
  if (match.path !== undefined && !path.includes(match.path)) return false
  tally.seen += 1
  if (tally.seen < (match.nth ?? 1)) return false
  if (tally.struck >= (times ?? (match.nth === undefined ? Infinity : 1))) return false
  tally.struck += 1
  return true
}

/** Of two answers the first counts; waits add up. */
function combine(effects: Effects, fault: Fault): Effects {
  if ('status' in fault) return { ...effects, answer: effects.answer ?? fault }
  if ('reset' in fault) return { ...effects, reset: true }
  if ('lost' in fault) return { ...effects, lost: true }
  if ('latency' in fault) return { ...effects, latency: effects.latency + fault.latency }
  if ('slowTasks' in fault) return { ...effects, slowTasks: fault.slowTasks }
  if ('failAccounts' in fault) return { ...effects, failAccounts: [...effects.failAccounts, ...fault.failAccounts] }
  if ('stale' in fault) return { ...effects, stale: Math.max(effects.stale, fault.stale) }
  return { ...effects, vendor: true }
}
