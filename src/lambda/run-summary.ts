import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { Places } from '../diagnostics/to-document.ts'
import type { DiagnosticDocument } from '../model/diagnostic-document.ts'
import { exitCodes, type ExitCode } from '../cli/exit-code.ts'
import { forTerminal } from '../render/harmless.ts'

export type Job = 'drift' | 'apply'

/** How one run for one organization ended. It is what the function returns, and what stands beside the reports. */
export interface RunSummary {
  readonly formatVersion: '1.0'
  readonly job: Job
  /** The organization, where it is one of a fleet. */
  readonly organization?: { readonly id: string; readonly name: string }
  readonly commit: string | null
  readonly at: string
  readonly result: 'clean' | 'pending' | 'blocked' | 'error'
  readonly exitCode: ExitCode
  /** Of a check: whether everything was read. */
  readonly complete?: boolean
  /** Open differences by class, or steps by how they ended. */
  readonly counts: Readonly<Record<string, number>>
  /** Guards that block, approvals among them. */
  readonly blockedBy: readonly string[]
  readonly digest?: string
  readonly requests: number
  readonly seconds: number
  /** Keys in the bucket. */
  readonly reports: readonly string[]
  readonly diagnostics: readonly DiagnosticDocument[]
}

/** What a job found out, before it is known how long it took and where the reports are. */
export type Found = Pick<RunSummary, 'commit' | 'exitCode' | 'counts' | 'blockedBy' | 'requests' | 'diagnostics'> &
  Partial<Pick<RunSummary, 'complete' | 'digest'>> & {
    /** Texts of reports by the end of their key. */
    readonly reports: Readonly<Record<string, string>>
  }

const results = {
  [exitCodes.clean]: 'clean',
  [exitCodes.error]: 'error',
  [exitCodes.pending]: 'pending',
  [exitCodes.blocked]: 'blocked',
} as const

export const resultOf = (code: ExitCode): RunSummary['result'] => results[code]

/** A run that could not begin. */
export const notBegun = (diagnostics: readonly Diagnostic[], commit: string | null = null): Found => ({
  commit,
  exitCode: exitCodes.error,
  counts: {},
  blockedBy: [],
  requests: 0,
  reports: {},
  diagnostics: documentsOf(diagnostics),
})

export function documentsOf(diagnostics: readonly Diagnostic[]): readonly DiagnosticDocument[] {
  const places = new Places(new Map())
  return diagnostics.map(found => places.document(found))
}

/** How often each word occurs, sorted by word. */
export function tally(words: readonly string[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)))
}

const shown = 5

/** An error for the service to count. It says what a person needs, and has no stack: the fault is not in the code. */
export function failure(what: string, diagnostics: readonly DiagnosticDocument[]): Error {
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  const lines = errors
    .slice(0, shown)
    .map(({ code, summary, hint }) => `[${code}] ${summary}${hint === undefined ? '' : ` (${hint})`}`)
  const more = errors.length > shown ? [`and ${errors.length - shown} more`] : []
  const error = new Error(forTerminal(`${what} failed: ${[...lines, ...more].join('; ')}`))
  error.name = 'PosternFailed'
  error.stack = ''
  return error
}
