import { diagnostic, isError, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { failed, outcome, type Outcome } from '../diagnostics/outcome.ts'
import { isObject } from '../model/json.ts'
import { sha256Base64 } from '../cli/sha256-base64.ts'
import { version } from '../cli/version.ts'
import type { Bucket, LambdaWorld } from './contract.ts'
import { askedIn } from './event.ts'
import { fleetHtml, fleetMarkdown } from './fleet-reports.ts'
import { fleetSummary, type FleetSummary } from './fleet-summary.ts'
import { readInventory, type FleetOrganization } from './inventory.ts'
import { metricsLine } from './metrics.ts'
import { fleetReports, itemsKey, organizationSummaryKey, prefixes } from './places.ts'
import { documentsOf, failure, type RunSummary } from './run-summary.ts'
import { settingsOf } from './settings.ts'

/** Objects read at a time. */
const atOnce = 32

const undone = 'the summary of the fleet is missing'

/** What the machine goes on with: numbers only, since what passes through it is limited. */
export interface FleetEnd extends Pick<FleetSummary, 'run' | 'job' | 'commit' | 'totals'> {
  readonly ended: string
  readonly reports: readonly string[]
}

/** Sums up what each organization left in the bucket, as one report in three formats, and as metrics. */
export async function summarizeFleet(world: LambdaWorld, event: unknown): Promise<FleetEnd> {
  const now = world.now()
  const made = await summarize(world, event, now)
  const line = (values: Parameters<typeof metricsLine>[0]): void =>
    world.log(metricsLine(values, { name: world.env['POSTERN_NAME'] ?? 'postern', job: 'fleet', time: now }))
  if (!made.ok) {
    line({ Failed: 1 })
    throw failure('the summary of the fleet', documentsOf(made.diagnostics))
  }
  const { summary, reports } = made.value
  const { totals, run, job, commit, ended = '' } = summary
  const numbers = {
    Organizations: totals.organizations,
    OrganizationsFailed: totals.error + totals.unfinished,
    Failed: ended === '' ? 0 : 1,
    Requests: totals.requests,
  }
  line(
    job === 'apply'
      ? { ...numbers, Blocked: totals.blocked }
      : {
          ...numbers,
          OrganizationsComplete: totals.complete,
          OrganizationsWithDrift: totals.pending,
          CompleteCheck: totals.complete === totals.organizations ? 1 : 0,
        },
  )
  return { run, job, commit, totals, ended, reports }
}

async function summarize(
  world: LambdaWorld,
  event: unknown,
  now: Date,
): Promise<Outcome<{ readonly summary: FleetSummary; readonly reports: readonly string[] }>> {
  const settings = settingsOf(world)
  const asked = askedIn(event)
  if (!settings.ok || !asked.ok) return failed(...settings.diagnostics, ...asked.diagnostics)
  const { run, commit } = asked.value
  if (run === undefined || commit === undefined)
    return failed(diagnostic('aws/bad-event', { problem: '`run` and `commit` are missing' }))
  const bucket = world.bucket(settings.value.bucket)
  const items = await bucket.read(itemsKey(run), undone)
  if (!items.ok) return items
  if (items.value === undefined) return failed(diagnostic('aws/no-documents', { object: itemsKey(run), commit }))
  const organizations = readInventory(new TextDecoder().decode(items.value))
  if (!organizations.ok) return organizations
  const read = await readSummaries(bucket, run, organizations.value)
  if (!read.ok) return read
  const job = isObject(event) && event['job'] === 'apply' ? 'apply' : 'drift'
  const ended = endedBy(event)
  const summary = fleetSummary(
    { run, job, commit, at: now.toISOString(), ...(ended !== undefined && { ended }) },
    read.value,
  )
  const html = fleetHtml(summary, { folder: '.', now, version, sha256Base64 })
  const markdown = fleetMarkdown(summary)
  const json = `${JSON.stringify(summary, null, 2)}\n`
  const texts = { 'summary.html': html, 'summary.json': json, 'summary.md': markdown }
  const latest = `${prefixes.reports}fleet/latest-${job}`
  const problems: Diagnostic[] = []
  for (const [name, content] of [
    ...Object.entries(texts).map(([name, content]) => [fleetReports(run) + name, content] as const),
    ...Object.entries(texts).map(([name, content]) => [name.replace('summary', latest), content] as const),
  ])
    problems.push(...(await bucket.write(name, content, undone)).diagnostics)
  return outcome({ summary, reports: Object.keys(texts).map(name => fleetReports(run) + name) }, problems)
}

/** The name of the error that ended the map, as the machine caught it. */
function endedBy(event: unknown): string | undefined {
  const caught = isObject(event) ? event['caught'] : undefined
  const name = isObject(caught) ? caught['Error'] : undefined
  return typeof name === 'string' && name !== '' ? name.slice(0, 100) : undefined
}

async function readSummaries(bucket: Bucket, run: string, organizations: readonly FleetOrganization[]) {
  const found: { organization: FleetOrganization; summary: RunSummary | undefined; reports: string }[] = []
  const problems: Diagnostic[] = []
  for (let start = 0; start < organizations.length; start += atOnce) {
    const some = organizations.slice(start, start + atOnce)
    const read = await Promise.all(some.map(({ id }) => bucket.read(organizationSummaryKey(run, id), undone)))
    for (const [index, organization] of some.entries()) {
      const one = read[index]
      problems.push(...(one?.diagnostics ?? []))
      found.push({
        organization,
        summary: one?.ok === true && one.value !== undefined ? summaryIn(one.value) : undefined,
        reports: `${fleetReports(run)}organizations/${organization.id}/`,
      })
    }
  }
  return problems.some(isError) ? failed(...problems) : outcome(found, [])
}

/** Only the functions of the fleet write there; half an object is none. */
function summaryIn(bytes: Uint8Array): RunSummary | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes))
    return isObject(value) && value['formatVersion'] === '1.0' ? (value as unknown as RunSummary) : undefined
  } catch {
    return undefined
  }
}
