import type { RunSummary, Job } from './run-summary.ts'
import type { FleetOrganization } from './inventory.ts'

/** How one organization of a fleet came out. `unfinished`: it left no summary, be it that it was not begun or that its function was ended. */
export interface FleetRow {
  readonly id: string
  readonly name: string
  readonly result: RunSummary['result'] | 'unfinished'
  readonly complete: boolean
  readonly counts: Readonly<Record<string, number>>
  readonly blockedBy: readonly string[]
  readonly requests: number
  readonly seconds: number
  /** What went wrong first. */
  readonly problem?: { readonly code: string; readonly summary: string }
  /** The folder of its reports in the bucket. */
  readonly reports: string
}

/** One run over all organizations of a fleet. */
export interface FleetSummary {
  readonly formatVersion: '1.0'
  readonly run: string
  readonly job: Job
  readonly commit: string
  readonly at: string
  /** Why the map ended early, by the name of the error; absent where it did not. */
  readonly ended?: string
  readonly totals: {
    readonly organizations: number
    readonly complete: number
    readonly clean: number
    readonly pending: number
    readonly blocked: number
    readonly error: number
    readonly unfinished: number
    readonly requests: number
    readonly seconds: number
  }
  /** The worst first, then by id. */
  readonly organizations: readonly FleetRow[]
}

const order: readonly FleetRow['result'][] = ['error', 'unfinished', 'blocked', 'pending', 'clean']

/** The summary of a run, of what each organization left. The same input gives the same text, in whatever order it came. */
export function fleetSummary(
  run: Pick<FleetSummary, 'run' | 'job' | 'commit' | 'at' | 'ended'>,
  all: readonly {
    readonly organization: FleetOrganization
    readonly summary: RunSummary | undefined
    readonly reports: string
  }[],
): FleetSummary {
  const rows = all
    .map(({ organization, summary, reports }) => rowOf(organization, summary, reports))
    .sort((a, b) => order.indexOf(a.result) - order.indexOf(b.result) || (a.id < b.id ? -1 : 1))
  const of = (result: FleetRow['result']): number => rows.filter(row => row.result === result).length
  const sum = (member: 'requests' | 'seconds'): number => rows.reduce((total, row) => total + row[member], 0)
  return {
    formatVersion: '1.0',
    ...run,
    totals: {
      organizations: rows.length,
      complete: rows.filter(({ complete }) => complete).length,
      clean: of('clean'),
      pending: of('pending'),
      blocked: of('blocked'),
      error: of('error'),
      unfinished: of('unfinished'),
      requests: sum('requests'),
      seconds: Math.round(sum('seconds')),
    },
    organizations: rows,
  }
}

function rowOf({ id, name }: FleetOrganization, summary: RunSummary | undefined, reports: string): FleetRow {
  if (summary === undefined)
    return {
      id,
      name,
      result: 'unfinished',
      complete: false,
      counts: {},
      blockedBy: [],
      requests: 0,
      seconds: 0,
      reports,
    }
  const { result, complete = result !== 'error', counts, blockedBy, requests, seconds, diagnostics } = summary
  const error = diagnostics.find(({ severity }) => severity === 'error')
  return {
    id,
    name,
    result,
    complete,
    counts,
    blockedBy,
    requests,
    seconds,
    ...(error !== undefined && { problem: { code: error.code, summary: error.summary } }),
    reports,
  }
}
