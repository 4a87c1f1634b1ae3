import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { outcome, type Outcome } from '../diagnostics/outcome.ts'
import type { LambdaWorld } from './contract.ts'

/** What a function is set to. The construct writes the variables; `null` as organization: it serves a fleet. */
export interface Settings {
  readonly bucket: string
  /** The secret that holds the key; of a fleet, what the names of all of them begin with: the id of the organization follows. */
  readonly secret: string
  readonly fleet: boolean
  /** The policy folder inside the documents of a commit. */
  readonly folder: string
  /** What metrics are told apart by. */
  readonly name: string
  /** Where the ledger is, if not in the bucket. */
  readonly ledger: string
  /** The classes of differences that count as drift; none named: all. */
  readonly failOn: readonly string[]
  /** More of the command line of `plan` and `apply`. */
  readonly applyFlags: readonly string[]
}

/** Reads the settings, and says all that is wrong with them. */
export function settingsOf({ env }: Pick<LambdaWorld, 'env'>): Outcome<Settings> {
  const problems: Diagnostic[] = []
  const text = (name: string, fallback?: string): string => {
    const value = env[name] ?? ''
    if (value !== '') return value
    if (fallback === undefined) problems.push(diagnostic('aws/bad-setting', { name, problem: 'is not set' }))
    return fallback ?? ''
  }
  const texts = (name: string): readonly string[] => {
    const value = parsed(env[name] ?? '[]')
    if (value !== undefined) return value
    problems.push(diagnostic('aws/bad-setting', { name, problem: 'is no JSON list of texts' }))
    return []
  }
  const bucket = text('POSTERN_BUCKET')
  return outcome(
    {
      bucket,
      secret: text('POSTERN_SECRET'),
      fleet: env['POSTERN_FLEET'] === 'true',
      folder: text('POSTERN_FOLDER', 'policies'),
      name: text('POSTERN_NAME', 'postern'),
      ledger: text('POSTERN_LEDGER', `s3://${bucket}/ledger`),
      failOn: texts('POSTERN_FAIL_ON'),
      applyFlags: texts('POSTERN_APPLY_FLAGS'),
    },
    problems,
  )
}

function parsed(text: string): readonly string[] | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) && value.every(item => typeof item === 'string') ? value : undefined
  } catch {
    return undefined
  }
}
