import type { Names } from './names.ts'
import type { RunnerSettings } from './settings.ts'

/** One alarm. It goes off when the value of one period reaches the limit. */
export interface Alarm {
  readonly name: string
  readonly description: string
  readonly namespace: string
  readonly metric: string
  readonly dimensions: Readonly<Record<string, string>>
  readonly statistic: 'Sum' | 'Maximum'
  readonly period: number
  /** `fewer`: goes off below one, after so many periods. `any`: from one on. */
  readonly when: 'any' | 'fewer'
  readonly periods: number
  /** What no value means: it goes on as it was, all is well, or the worst. */
  readonly missing: 'ignore' | 'notBreaching' | 'breaching'
}

const soon = 300

/** The alarms of a runner. Everything that should happen and does not is one, too. */
export function alarmsOf(settings: RunnerSettings, { of, machineArn }: Names): readonly Alarm[] {
  const { name, fleet } = settings
  const own = (job: string, metric: string) => ({
    namespace: 'Postern',
    metric,
    dimensions: { Job: job, Name: name },
    statistic: 'Maximum' as const,
    ...any,
    missing: 'ignore' as const,
  })
  const lambda = (part: string, metric: string) => ({
    namespace: 'AWS/Lambda',
    metric,
    dimensions: { FunctionName: of(part) },
    statistic: 'Sum' as const,
    ...any,
    missing: 'notBreaching' as const,
  })
  const deadLetters: Alarm = {
    name: 'dead-letters',
    description: 'An event could not be handled: the queue of dead letters holds it',
    namespace: 'AWS/SQS',
    metric: 'ApproximateNumberOfMessagesVisible',
    dimensions: { QueueName: of('dead-letters') },
    statistic: 'Maximum',
    ...any,
    missing: 'notBreaching',
  }
  if (fleet !== undefined) return [...fleetAlarms(settings, { own, lambda, machineArn }), deadLetters]
  return [
    {
      name: 'drift',
      description: 'The organization differs from what was applied: see the newest report',
      ...own('drift', 'Drift'),
    },
    { name: 'check-failed', description: 'A check failed: see the log of the function', ...lambda('drift', 'Errors') },
    { name: 'apply-failed', description: 'An apply failed: see the log of the function', ...lambda('apply', 'Errors') },
    {
      name: 'apply-blocked',
      description: 'A guard or a missing approval blocks what was merged',
      ...own('apply', 'Blocked'),
    },
    {
      name: 'check-throttled',
      description: 'A check could not begin while another one ran',
      ...lambda('drift', 'Throttles'),
    },
    {
      name: 'apply-throttled',
      description: 'An apply could not begin while another one ran',
      ...lambda('apply', 'Throttles'),
    },
    deadLetters,
    absence(settings, own('drift', 'CompleteCheck')),
  ]
}

const any = { period: soon, when: 'any', periods: 1 } as const

type Measured = Pick<Alarm, 'namespace' | 'metric' | 'dimensions'>

/** No check that saw everything, for three periods in a row: whatever the reason is, nobody would hear of drift. */
const absence = ({ checkEveryMinutes }: RunnerSettings, { namespace, metric, dimensions }: Measured): Alarm => ({
  name: 'no-complete-check',
  description: `No complete check for three times ${checkEveryMinutes} minutes: nobody would hear of drift`,
  namespace,
  metric,
  dimensions,
  statistic: 'Sum',
  period: checkEveryMinutes * 60,
  when: 'fewer',
  periods: 3,
  missing: 'breaching',
})

type Make = (of: string, metric: string) => Omit<Alarm, 'name' | 'description'>

function fleetAlarms(
  settings: RunnerSettings,
  { own, lambda, machineArn }: { readonly own: Make; readonly lambda: Make; readonly machineArn: string },
): readonly Alarm[] {
  const states: (metric: string) => Omit<Alarm, 'name' | 'description'> = metric => ({
    ...lambda('fleet', metric),
    namespace: 'AWS/States',
    dimensions: { StateMachineArn: machineArn },
  })
  return [
    {
      name: 'drift',
      description: 'Organizations differ from what was applied: see the newest summary',
      ...own('fleet', 'OrganizationsWithDrift'),
    },
    {
      name: 'organizations-failed',
      description: 'Organizations could not be looked at as a whole: see the newest summary',
      ...own('fleet', 'OrganizationsFailed'),
    },
    {
      name: 'apply-blocked',
      description: 'Guards or missing approvals block what was merged',
      ...own('fleet', 'Blocked'),
    },
    {
      name: 'run-failed',
      description: 'A run over the fleet failed: see the execution',
      ...states('ExecutionsFailed'),
    },
    { name: 'run-timed-out', description: 'A run over the fleet took too long', ...states('ExecutionsTimedOut') },
    {
      name: 'prepare-failed',
      description: 'The inventory or the documents cannot be used: see the log',
      ...lambda('prepare', 'Errors'),
    },
    {
      name: 'summary-failed',
      description: 'The summary of a run is missing: see the log',
      ...lambda('summarize', 'Errors'),
    },
    absence(settings, own('fleet', 'OrganizationsComplete')),
  ]
}
