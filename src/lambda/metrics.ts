/** What the alarms look at. */
export type Metric =
  | 'CompleteCheck'
  | 'Drift'
  | 'ChangedOutside'
  | 'Failed'
  | 'Blocked'
  | 'Requests'
  | 'Seconds'
  | 'Organizations'
  | 'OrganizationsComplete'
  | 'OrganizationsWithDrift'
  | 'OrganizationsFailed'

export const namespace = 'Postern'

/** One line in CloudWatch's embedded metric format: the log is the metric, and no right to write metrics is needed. */
export function metricsLine(
  values: Readonly<Partial<Record<Metric, number>>>,
  { name, job, time }: { readonly name: string; readonly job: string; readonly time: Date },
): string {
  const names = Object.keys(values).sort() as Metric[]
  return JSON.stringify({
    _aws: {
      Timestamp: time.getTime(),
      CloudWatchMetrics: [
        {
          Namespace: namespace,
          Dimensions: [['Name', 'Job']],
          Metrics: names.map(metric => ({ Name: metric, Unit: metric === 'Seconds' ? 'Seconds' : 'Count' })),
        },
      ],
    },
    Name: name,
    Job: job,
    ...Object.fromEntries(names.map(metric => [metric, values[metric]])),
  })
}
