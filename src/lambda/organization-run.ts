import { diagnostic, isError } from '../diagnostics/diagnostic.ts'
import type { DiagnosticDocument } from '../model/diagnostic-document.ts'
import { exitCodes } from '../cli/exit-code.ts'
import { budgetOf, type Budget } from './budget.ts'
import type { Bucket, Invocation, LambdaWorld } from './contract.ts'
import { askedIn, type Asked } from './event.ts'
import { metricsLine, type Metric } from './metrics.ts'
import { currentKey, fleetReports, prefixes, timeKey } from './places.ts'
import { prepare, type Prepared } from './prepared.ts'
import { documentsOf, failure, notBegun, resultOf, type Found, type Job, type RunSummary } from './run-summary.ts'
import { settingsOf, type Settings } from './settings.ts'

/** What every part of one run needs. */
export interface OrganizationRun {
  readonly world: LambdaWorld
  readonly settings: Settings
  readonly asked: Asked
  readonly budget: Budget
}

/** What a job does once documents and key are there. */
export type Work = (run: OrganizationRun, prepared: Prepared) => Promise<Found>

const undone: Readonly<Record<Job, string>> = {
  drift: 'the organization was not looked at',
  apply: 'nothing was planned and nothing was changed',
}

/** Runs a job for one organization: reports and a summary to the bucket, metrics to the log, and an error at the end where it failed. */
export async function organizationRun(
  world: LambdaWorld,
  job: Job,
  work: Work,
  event: unknown,
  invocation: Invocation,
): Promise<RunSummary> {
  const began = world.now()
  const settings = settingsOf(world)
  const asked = askedIn(event)
  const budget = budgetOf(world, invocation)
  try {
    const found =
      settings.ok && asked.ok
        ? await carryOut({ world, settings: settings.value, asked: asked.value, budget }, job, work)
        : notBegun([...settings.diagnostics, ...asked.diagnostics])
    return await tell(world, job, found, {
      settings: settings.ok ? settings.value : undefined,
      asked: asked.ok ? asked.value : {},
      began,
    })
  } finally {
    budget.end()
  }
}

async function carryOut(run: OrganizationRun, job: Job, work: Work): Promise<Found> {
  const { world, settings, asked } = run
  const { commit = null } = asked
  const problem = misfit(job, settings, asked)
  if (problem !== undefined) return notBegun([diagnostic('aws/bad-event', { problem })], commit)
  const bucket = world.bucket(settings.bucket)
  return world.inFolder(async cwd => {
    const prepared = await prepare(world, bucket, { settings, asked, undone: undone[job] }, cwd)
    if (!prepared.ok) return notBegun(prepared.diagnostics, commit)
    if (job === 'apply' && !settings.fleet) {
      // From here on git has moved on, whatever becomes of the plan: what is not applied is pending.
      const moved = await bucket.write(currentKey, `${JSON.stringify({ commit })}\n`, undone[job])
      if (!moved.ok) return notBegun(moved.diagnostics, commit)
    }
    try {
      return await work(run, prepared.value)
    } catch (error) {
      const name = error instanceof Error && /^\w{1,60}$/.test(error.name) ? error.name : 'Error'
      return notBegun([diagnostic('run/internal', { name, at: '' })], commit)
    }
  })
}

function misfit(job: Job, { fleet }: Settings, { commit, organization, run }: Asked): string | undefined {
  if (job === 'apply' && commit === undefined) return '`commit` is missing'
  if (!fleet) return organization === undefined ? undefined : '`organization` is for fleets'
  return organization === undefined || run === undefined
    ? '`organization` and `run` are missing: the state machine of the fleet invokes it'
    : undefined
}

async function tell(
  world: LambdaWorld,
  job: Job,
  found: Found,
  { settings, asked, began }: { readonly settings: Settings | undefined; readonly asked: Asked; readonly began: Date },
): Promise<RunSummary> {
  const { reports, ...rest } = found
  const now = world.now()
  const seconds = Math.round((now.getTime() - began.getTime()) / 100) / 10
  const { organization } = asked
  const keys = Object.keys(reports).sort()
  const folder = folderOf(job, asked, began)
  const made = (part: Pick<RunSummary, 'exitCode' | 'diagnostics' | 'reports'>): RunSummary => ({
    formatVersion: '1.0',
    job,
    ...(organization !== undefined && { organization: { id: organization.id, name: organization.name } }),
    at: began.toISOString(),
    result: resultOf(part.exitCode),
    ...rest,
    seconds,
    ...part,
  })
  let summary = made({ ...found, reports: keys.map(name => folder + name) })
  if (settings !== undefined) {
    const lost = await store(world.bucket(settings.bucket), folder, { ...reports, 'summary.json': text(summary) })
    const { diagnostics } = found
    if (lost.length > 0)
      summary = made({ exitCode: exitCodes.error, reports: [], diagnostics: [...diagnostics, ...documentsOf(lost)] })
  }
  if (settings?.fleet !== true)
    world.log(
      metricsLine(metricsOf(job, summary, settings?.failOn ?? []), {
        name: settings?.name ?? 'postern',
        job,
        time: now,
      }),
    )
  if (summary.exitCode === exitCodes.error) {
    const whose = organization === undefined ? '' : ` of ${organization.id}`
    throw failure(`${job}${whose}`, errorsOrUnknown(summary))
  }
  return summary
}

const text = (document: unknown): string => `${JSON.stringify(document, null, 2)}\n`

/** Where the reports of a run are. The folder of a fleet's run is known to whoever sums it up. */
function folderOf(job: Job, { organization, run, commit }: Asked, began: Date): string {
  if (organization !== undefined && run !== undefined) return `${fleetReports(run)}organizations/${organization.id}/`
  return `${prefixes.reports}${job}/${timeKey(began)}${commit === undefined ? '' : `-${commit.slice(0, 12)}`}/`
}

async function store(bucket: Bucket, folder: string, texts: Readonly<Record<string, string>>) {
  const written = await Promise.all(
    Object.entries(texts).map(([name, content]) => bucket.write(folder + name, content, 'this report was not stored')),
  )
  return written.flatMap(({ diagnostics }) => diagnostics)
}

/** A failed run always says something: of a step that failed, only the report tells. */
function errorsOrUnknown({ diagnostics, counts, reports }: RunSummary): readonly DiagnosticDocument[] {
  if (diagnostics.some(isError)) return diagnostics
  const ended = Object.entries(counts).map(([word, n]) => `${n} ${word}`)
  const where = reports.length === 0 ? 'see the log' : `see ${reports.join(', ')}`
  const summary = `it ended with 1${ended.length === 0 ? '' : ` (${ended.join(', ')})`}; ${where}`
  return [{ code: 'run/failed', severity: 'error', summary }]
}

function metricsOf(
  job: Job,
  { exitCode, complete, counts, requests, seconds }: RunSummary,
  failOn: readonly string[],
): Readonly<Partial<Record<Metric, number>>> {
  const ended = { Failed: exitCode === exitCodes.error ? 1 : 0, Seconds: seconds, Requests: requests }
  if (job === 'apply') return { ...ended, Blocked: exitCode === exitCodes.blocked ? 1 : 0 }
  // A check that failed says nothing about drift: it must not call off an alarm.
  if (complete !== true) return { ...ended, CompleteCheck: 0 }
  const open = Object.entries(counts).filter(([name]) => failOn.length === 0 || failOn.includes(name))
  return {
    ...ended,
    CompleteCheck: 1,
    Drift: open.reduce((sum, [, n]) => sum + n, 0),
    ChangedOutside: (counts['changed-outside'] ?? 0) + (counts['conflict'] ?? 0),
  }
}
