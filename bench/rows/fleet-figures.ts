// What a thousand organizations come to, from what one costs. Every number that was not measured has a name here.

/** List prices in US dollars, us-east-1, without free tiers and discounts, as of when we looked (`seen`). They change: look again before you rely on them. */
export const prices = {
  region: 'us-east-1',
  seen: '2026-11',
  lambdaGigabyteSecondArm: 0.0000133334,
  lambdaMillionRequests: 0.2,
  statesThousandTransitions: 0.025,
  s3ThousandWrites: 0.005,
  s3ThousandReads: 0.0004,
  s3GigabyteMonth: 0.023,
  secretMonth: 0.4,
  secretTenThousandCalls: 0.05,
  kmsKeyMonth: 1,
  logGigabyte: 0.5,
  alarmMonth: 0.1,
  metricMonth: 0.3,
}

/** What is assumed. `processor`: a function of 1769 MB has one whole processor; the one that measured was as fast. */
export const assumed = {
  organizations: 1_000,
  everyMinutes: 60,
  maxConcurrency: 20,
  memoryGigabytes: 1,
  processor: 1024 / 1769,
  /** From a start to the handler: the archive is fetched and the runtime begins. */
  coldStartSeconds: 1,
  /** States of a child: its beginning and the task. Those of the run itself, and those that the map needs, are few. */
  transitionsPerOrganization: 2,
  transitionsPerRun: 8,
  alarms: 9,
  metrics: 9,
  reportDays: 400,
  daysPerMonth: 30.4,
}

/** The quotas on calls a minute. They are those of one organization or of one key: organizations don't share them, as far as is known. */
export const quotas = {
  // Observed in the vendor's own schema.
  'last-active-dates': { perMinute: 200, per: 'organization' },
  'events-stream': { perMinute: 50, per: 'organization' },
  events: { perMinute: 10, per: 'organization' },
}

/** One check, as `measured/fleet.ts` saw it. */
interface Check {
  readonly seconds: number
  readonly cpuSeconds: number
  /** Requests to the API, by quota. */
  readonly calls: Readonly<Record<string, number>>
  readonly s3: { readonly GET?: number; readonly PUT?: number; readonly LIST?: number }
  readonly bytes: number
  readonly reportBytes: number
  readonly logBytes: number
  readonly megabytes: number
}

/** What was measured of one organization. */
export interface MeasuredFleet {
  readonly accounts: number
  /** Milliseconds until the API answered in the slow check. */
  readonly latency: number
  /** The check that loads everything, as a function that was just started does. */
  readonly first: Check
  readonly warm: Check
  /** A check in which answers took their time. */
  readonly slow: Check
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** What a fleet comes to. */
export function fleetFigures({ accounts, latency, first, warm, slow }: MeasuredFleet) {
  const { organizations, everyMinutes, maxConcurrency, memoryGigabytes, processor } = assumed
  const calls = sum(Object.values(warm.calls))
  // What waits for answers goes on while the processor works, but one after the other is the honest sum.
  const waiting = slow.seconds - slow.cpuSeconds
  const seconds = assumed.coldStartSeconds + first.cpuSeconds / processor + Math.max(0, waiting)
  const perCheck = {
    calls,
    seconds,
    gigabyteSeconds: seconds * memoryGigabytes,
    s3Reads: warm.s3.GET ?? 0,
    // A listing costs what a write costs.
    s3Writes: (warm.s3.PUT ?? 0) + (warm.s3.LIST ?? 0),
  }
  const run = {
    minutes: (Math.ceil(organizations / maxConcurrency) * seconds) / 60,
    calls: organizations * calls,
    gigabyteSeconds: organizations * perCheck.gigabyteSeconds,
    transitions: organizations * assumed.transitionsPerOrganization + assumed.transitionsPerRun,
  }
  const runs = (assumed.daysPerMonth * 24 * 60) / everyMinutes
  const monthly = (times: number) => {
    const checks = organizations * times
    const parts: (readonly [name: string, usd: number])[] = [
      [
        'Lambda',
        checks * (perCheck.gigabyteSeconds * prices.lambdaGigabyteSecondArm + prices.lambdaMillionRequests / 1e6),
      ],
      ['Step Functions', (times * run.transitions * prices.statesThousandTransitions) / 1000],
      // The summary reads what each left, and the state of each child is written.
      [
        'S3 requests',
        (checks *
          ((perCheck.s3Writes + 1) * prices.s3ThousandWrites + (perCheck.s3Reads + 1) * prices.s3ThousandReads)) /
          1000,
      ],
      [
        'S3 storage',
        ((checks * warm.reportBytes) / 2 ** 30) * (assumed.reportDays / assumed.daysPerMonth) * prices.s3GigabyteMonth,
      ],
      ['secrets', organizations * 2 * prices.secretMonth + (checks * prices.secretTenThousandCalls) / 10_000],
      ['logs', ((checks * warm.logBytes) / 2 ** 30) * prices.logGigabyte],
      [
        'alarms and metrics',
        assumed.alarms * prices.alarmMonth + assumed.metrics * prices.metricMonth + prices.kmsKeyMonth,
      ],
    ]
    return parts.map(([name, usd]) => ({ name, usd }))
  }
  const parts = monthly(runs)
  const most = Math.floor((everyMinutes * 60) / seconds) * maxConcurrency
  return {
    accounts,
    assumed: { ...assumed, latency },
    prices,
    organizations,
    perCheck,
    run,
    month: {
      parts,
      total: sum(parts.map(({ usd }) => usd)),
      daily: sum(monthly(assumed.daysPerMonth).map(({ usd }) => usd)),
    },
    limits: limitsOf({ accounts, warm, perCheck, most, waiting, first }),
  }
}

/** What breaks first when organizations or accounts grow. */
function limitsOf({
  accounts,
  warm,
  perCheck,
  most,
  waiting,
  first,
}: Pick<MeasuredFleet, 'accounts' | 'warm' | 'first'> & {
  readonly perCheck: { readonly calls: number }
  /** Organizations that can be checked before the next run begins. */
  readonly most: number
  /** Seconds of a check that it waits for answers. */
  readonly waiting: number
}): readonly { readonly what: string; readonly value: string }[] {
  const { everyMinutes, maxConcurrency, processor, memoryGigabytes } = assumed
  // Twice the organizations take twice the places or twice the time.
  const perAccount = (waiting + first.cpuSeconds / processor) / accounts
  const tight = Object.entries(quotas)
    .filter(([name]) => (warm.calls[name] ?? 0) > 0)
    .map(([name, { perMinute }]) => ({ name, share: (warm.calls[name] ?? 0) / perMinute }))
    .sort((a, b) => b.share - a.share)[0]
  const megabytesPerAccount = (warm.megabytes - emptyMegabytes) / accounts
  const thousands = (value: number): string => `${Math.floor(value / 1000).toLocaleString('en-US')},000`
  return [
    {
      what: 'organizations before runs overlap',
      value: `${most.toLocaleString('en-US')} at ${maxConcurrency} at a time, every ${everyMinutes} minutes`,
    },
    {
      what: 'accounts before a function times out',
      value: `about ${thousands((900 - assumed.coldStartSeconds) / perAccount)} at 900 s`,
    },
    {
      what: 'accounts before its memory is full',
      value: `at least ${thousands((memoryGigabytes * 1024 - emptyMegabytes) / megabytesPerAccount)} at ${memoryGigabytes * 1024} MB`,
    },
    {
      what: 'the tightest known quota of the API',
      value:
        tight === undefined
          ? 'none is touched'
          : `${tight.name}: ${Math.round(tight.share * 100)} % of a minute's, and it does not grow with the accounts`,
    },
    {
      what: 'calls a minute of one organization',
      value: `${Math.round((perCheck.calls / (waiting + first.cpuSeconds)) * 60)} while it is looked at; no quota is published for most`,
    },
  ]
}

/** What Node.js and the program take before there is an account. */
const emptyMegabytes = 110
