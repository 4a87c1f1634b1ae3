import { compareText } from '../model/address.ts'
import { coverageLevels } from '../model/coverage.ts'
import { driftClasses, type DriftReport } from '../model/drift.ts'
import { forTerminal } from './harmless.ts'

/** What the loop of checks counted since it began. */
export interface WatchCounters {
  /** When the last check began; absent before the first. */
  readonly lastCheckAt?: string
  /** Checks that brought a report, complete or not, and those that brought none. */
  readonly checks: { readonly ok: number; readonly failed: number }
  /** Whether the last check brought no report. What is known then is from the one before. */
  readonly lastFailed: boolean
  /** Requests to the Admin API. */
  readonly requests: number
}

interface Family {
  readonly name: string
  readonly type: 'gauge' | 'counter'
  readonly help: string
  readonly samples: readonly Sample[]
}

interface Sample {
  readonly label?: readonly [name: string, value: string]
  readonly value: number
}

/**
 * The last report there was and the counters of the loop in the text format of Prometheus, version 0.0.4. Before the first report numbers of the organization are NaN, not 0: nothing
 * is called in sync that nobody looked at. Differences that an Exception silences are not counted.
 */
export function driftMetrics(report: DriftReport | undefined, counters: WatchCounters): string {
  const { lastCheckAt, lastFailed, checks, requests } = counters
  const families: readonly Family[] = [
    gauge('postern_last_check_timestamp_seconds', 'When the last check began; 0: there was none yet.', [
      { value: seconds(lastCheckAt) },
    ]),
    gauge(
      'postern_last_complete_check_timestamp_seconds',
      'When the last check that could read everything that it had to began; 0: none is known.',
      [{ value: seconds(report?.lastCompleteAt) }],
    ),
    gauge(
      'postern_last_full_read_timestamp_seconds',
      'When everything was last read: what the audit log does not tell has not been looked at since; 0: not known.',
      [{ value: seconds(report?.reading.fullAt) }],
    ),
    gauge(
      'postern_check_complete',
      '1 where the last check could read everything that it had to, 0 where it failed or could not.',
      [{ value: report?.complete === true && !lastFailed ? 1 : 0 }],
    ),
    gauge(
      'postern_differences',
      'Differences in the last report by class, without those that an Exception silences; NaN: there is no report.',
      differences(report),
    ),
    gauge(
      'postern_accounts',
      'Accounts by the strongest second factor that their sign-in must pass; NaN: there is no report.',
      coverageLevels.map(level => ({ label: ['level', level], value: report?.coverage.levels[level] ?? Number.NaN })),
    ),
    gauge(
      'postern_key_days_left',
      'Whole days until an API key ends; negative: it has ended.',
      daysLeft(report, 'api-key'),
    ),
    gauge(
      'postern_certificate_days_left',
      'Whole days until the certificate of an identity provider ends, as declared; negative: it has ended.',
      daysLeft(report, 'certificate'),
    ),
    counter('postern_requests_total', 'Requests to the Admin API in checks that brought a report.', [
      { value: requests },
    ]),
    counter(
      'postern_checks_total',
      'Checks that brought a report, complete or not (ok), and that brought none (failed).',
      [
        { label: ['result', 'ok'], value: checks.ok },
        { label: ['result', 'failed'], value: checks.failed },
      ],
    ),
  ]
  return families.map(familyText).join('')
}

const family =
  (type: Family['type']) =>
  (name: string, help: string, samples: readonly Sample[]): Family => ({ name, type, help, samples })

const gauge = family('gauge')
const counter = family('counter')

const seconds = (time: string | null | undefined): number => {
  const milliseconds = Date.parse(time ?? '')
  return Number.isNaN(milliseconds) ? 0 : milliseconds / 1000
}

const differences = (report: DriftReport | undefined): readonly Sample[] =>
  driftClasses.map(which => ({
    label: ['class', which],
    value:
      report === undefined
        ? Number.NaN
        : report.differences.filter(found => found.class === which && found.exception === undefined).length,
  }))

/** One sample for each name, the one that ends first: Prometheus refuses a page that holds a series twice, and names need not be unique. */
function daysLeft(report: DriftReport | undefined, what: string): readonly Sample[] {
  const shortest = new Map<string, number>()
  for (const { name, days } of report?.life.filter(life => life.what === what) ?? []) {
    const shown = forTerminal(name)
    shortest.set(shown, Math.min(days, shortest.get(shown) ?? days))
  }
  return [...shortest].sort(([a], [b]) => compareText(a, b)).map(([name, value]) => ({ label: ['name', name], value }))
}

const familyText = ({ name, type, help, samples }: Family): string =>
  [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} ${type}`,
    ...samples.map(sample => `${name}${sampleText(sample)}`),
    '',
  ].join('\n')

const sampleText = ({ label, value }: Sample): string =>
  label === undefined ? ` ${value}` : `{${label[0]}="${labelValue(label[1])}"} ${value}`

const labelValue = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
