import type { FleetProps, GithubProps, PosternRunnerProps } from './props.ts'

/** The props with every default in its place. */
export interface RunnerSettings extends Required<
  Omit<PosternRunnerProps, 'github' | 'fleet' | 'permissionsBoundary' | 'apiUrl' | 'code' | 'bucketName'>
> {
  readonly github: GithubProps & { readonly branch: string }
  readonly bucketName: string
  readonly permissionsBoundary: string | undefined
  readonly apiUrl: string | undefined
  readonly code: string | undefined
  readonly fleet: Required<FleetProps> | undefined
}

/** Fills in the defaults. Throws one error that names everything that cannot be right. */
export function runnerSettings(props: PosternRunnerProps): RunnerSettings {
  const { account, region, github, fleet = false, name = 'postern' } = props
  const fleetProps = typeof fleet === 'boolean' ? {} : fleet
  const settings: RunnerSettings = {
    account,
    region,
    name,
    partition: props.partition ?? 'aws',
    github: { ...github, branch: github.branch ?? 'main' },
    folder: props.folder ?? 'policies',
    checkEveryMinutes: props.checkEveryMinutes ?? 60,
    alarmOn: props.alarmOn ?? ['changed-outside', 'conflict', 'vendor'],
    alarmEmails: props.alarmEmails ?? [],
    applyFlags: props.applyFlags ?? [],
    runtime: props.runtime ?? 'nodejs22.x',
    architecture: props.architecture ?? 'arm64',
    memory: props.memory ?? 1024,
    checkTimeoutSeconds: props.checkTimeoutSeconds ?? 300,
    applyTimeoutSeconds: props.applyTimeoutSeconds ?? 900,
    reportDays: props.reportDays ?? 400,
    oldVersionDays: props.oldVersionDays ?? 90,
    logDays: props.logDays ?? 365,
    bucketName: props.bucketName ?? `${name}-${account}-${region}`,
    removable: props.removable ?? false,
    permissionsBoundary: props.permissionsBoundary,
    apiUrl: props.apiUrl,
    code: props.code,
    fleet:
      fleet === false
        ? undefined
        : {
            maxConcurrency: fleetProps.maxConcurrency ?? 20,
            toleratedFailurePercentage: fleetProps.toleratedFailurePercentage ?? 10,
            runTimeoutSeconds: fleetProps.runTimeoutSeconds ?? 21_600,
          },
  }
  const problems = problemsOf(settings)
  if (problems.length > 0)
    throw new Error(`PosternRunner cannot be made:\n${problems.map(one => `- ${one}`).join('\n')}`)
  return settings
}

const logDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
]
const classes = ['changed-outside', 'conflict', 'pending', 'new', 'vendor', 'settling', 'stale', 'unverified']
const arn = /^arn:aws[\w-]*:iam::(\d{12}|aws):[\w+=,.@/-]+$/

function problemsOf(settings: RunnerSettings): readonly string[] {
  const { github, fleet, checkEveryMinutes, checkTimeoutSeconds } = settings
  const { environment, oidcProviderArn } = github
  const whole = (value: number, least: number, most: number): boolean =>
    Number.isInteger(value) && value >= least && value <= most
  const checks: readonly (readonly [boolean, string])[] = [
    [/^\d{12}$/.test(settings.account), 'account: must be the 12 digits of an AWS account'],
    [/^[a-z]{2}(-[a-z]+)+-\d$/.test(settings.region), 'region: must be a region, such as eu-central-1'],
    [/^aws(-[a-z]+)*$/.test(settings.partition), 'partition: must be aws, aws-cn or aws-us-gov'],
    [/^[a-z][a-z0-9-]{0,29}[a-z0-9]$/.test(settings.name), 'name: must be 2 to 31 small letters, digits and `-`'],
    [/^[\w.-]+\/[\w.-]+$/.test(github.repository), 'github.repository: must be owner/repository, without `*`'],
    [isRef(github.branch), 'github.branch: must be the name of one branch, without `*`'],
    [environment === undefined || isRef(environment), 'github.environment: must be a name, without `*`'],
    [
      oidcProviderArn === undefined || /^arn:aws[\w-]*:iam::\d{12}:oidc-provider\/[\w./-]+$/.test(oidcProviderArn),
      'github.oidcProviderArn: must be the ARN of an OpenID Connect provider',
    ],
    [/^[\w][\w./ -]*$/.test(settings.folder) && !settings.folder.includes('..'), 'folder: must be a relative path'],
    [whole(checkEveryMinutes, 5, 1440), 'checkEveryMinutes: must be a whole number from 5 to 1440'],
    [whole(settings.memory, 256, 10_240), 'memory: must be a whole number of megabytes from 256 to 10240'],
    [whole(checkTimeoutSeconds, 60, 900), 'checkTimeoutSeconds: must be a whole number from 60 to 900'],
    [
      checkTimeoutSeconds < checkEveryMinutes * 60,
      'checkTimeoutSeconds: must be less than the time between two checks, or checks wait for each other',
    ],
    [whole(settings.applyTimeoutSeconds, 60, 900), 'applyTimeoutSeconds: must be a whole number from 60 to 900'],
    [whole(settings.reportDays, 1, 36_500), 'reportDays: must be a whole number of days'],
    [whole(settings.oldVersionDays, 1, 36_500), 'oldVersionDays: must be a whole number of days'],
    [logDays.includes(settings.logDays), `logDays: must be one of ${logDays.join(', ')}`],
    [/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(settings.bucketName), 'bucketName: must be the name of a bucket'],
    [
      settings.alarmOn.every(name => classes.includes(name)),
      `alarmOn: must be classes of drift: ${classes.join(', ')}`,
    ],
    [settings.alarmEmails.every(one => /^[^\s@]+@[^\s@]+$/.test(one)), 'alarmEmails: must be addresses'],
    [
      settings.permissionsBoundary === undefined || arn.test(settings.permissionsBoundary),
      'permissionsBoundary: must be the ARN of a policy',
    ],
    [settings.apiUrl === undefined || /^https:\/\/[\w.:-]+$/.test(settings.apiUrl), 'apiUrl: must be an https address'],
    [fleet === undefined || whole(fleet.maxConcurrency, 1, 900), 'fleet.maxConcurrency: must be from 1 to 900'],
    [
      fleet === undefined || whole(fleet.toleratedFailurePercentage, 0, 100),
      'fleet.toleratedFailurePercentage: must be from 0 to 100',
    ],
    [
      fleet === undefined || whole(fleet.runTimeoutSeconds, 600, 86_400),
      'fleet.runTimeoutSeconds: must be from 600 to 86400',
    ],
  ]
  return checks.flatMap(([holds, problem]) => (holds ? [] : [problem]))
}

/** A name of a branch or environment that stands for itself: `*` and `?` would be patterns, `:` ends the part. */
const isRef = (text: string): boolean => /^[\w][\w./ -]{0,199}$/.test(text)
