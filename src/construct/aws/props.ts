/** Where Postern runs, and for whom. What is left out has a default that an operator can live with. */
export interface PosternRunnerProps {
  /** The AWS account, of 12 digits. It is given, not looked up, so that a plan needs no connection. */
  readonly account: string
  readonly region: string
  /** `aws` by default; `aws-cn` and `aws-us-gov` are the others. */
  readonly partition?: string
  /** What all names begin with: `postern` by default. Two runners in one region need two. */
  readonly name?: string
  /** The repository whose merges are applied. */
  readonly github: GithubProps
  /** The policy folder inside the repository: `policies` by default. Of a fleet, the inventory names one for each organization. */
  readonly folder?: string
  /** From the start of one check to the start of the next, 60 by default; 5 to 1440. The alarm for absence goes off after three of them. */
  readonly checkEveryMinutes?: number
  /** The differences that count as drift, for the alarm: `changed-outside`, `conflict` and `vendor` by default. An empty list: all. */
  readonly alarmOn?: readonly string[]
  /** Addresses that alarms are mailed to. Each is asked by AWS to confirm. */
  readonly alarmEmails?: readonly string[]
  /** More of the command line of plan and apply, such as `['--require-evidence']`. */
  readonly applyFlags?: readonly string[]
  /** `nodejs22.x` by default. */
  readonly runtime?: 'nodejs20.x' | 'nodejs22.x'
  /** `arm64` by default. */
  readonly architecture?: 'arm64' | 'x86_64'
  /** Megabytes of each function, 1024 by default: enough for 70,000 accounts. */
  readonly memory?: number
  /** 300 by default, at most 900. It must be less than the time between two checks. */
  readonly checkTimeoutSeconds?: number
  /** 900 by default. */
  readonly applyTimeoutSeconds?: number
  /** 400 by default. */
  readonly reportDays?: number
  /** How long versions that were replaced are kept, the ledger's included: 90 days by default. The current ones never expire. */
  readonly oldVersionDays?: number
  /** 365 by default; one of the numbers that CloudWatch knows. */
  readonly logDays?: number
  /** The name of the bucket: name, account and region by default. */
  readonly bucketName?: string
  /** The ARN of a policy that bounds every role, where an organization in AWS asks for one. */
  readonly permissionsBoundary?: string
  /** Lets `terraform destroy` take the bucket, the KMS key and the secrets. Never without a copy of the ledger. */
  readonly removable?: boolean
  /** Stands for https://api.atlassian.com, for a trial against the simulator. */
  readonly apiUrl?: string
  /** The folder with the code of the functions. By default the one that comes with this package. */
  readonly code?: string
  /** Many organizations instead of one. */
  readonly fleet?: boolean | FleetProps
}

/** The repository that may apply, and how AWS knows it. */
export interface GithubProps {
  /** `owner/repository`. */
  readonly repository: string
  /** `main` by default. Workflows of no other branch are trusted. */
  readonly branch?: string
  /** The environment of the job, where it has one. GitHub then names the environment in place of the branch: limit its branches there. */
  readonly environment?: string
  /** The provider of the account, where there is one already: there can be only one. Without it, it is created. */
  readonly oidcProviderArn?: string
}

/** How wide a fleet is looked at. */
export interface FleetProps {
  /** Organizations at a time, 20 by default. So much concurrency of Lambda is reserved. */
  readonly maxConcurrency?: number
  /** The share of organizations that may fail before the run is given up, 10 by default. */
  readonly toleratedFailurePercentage?: number
  /** When a run is ended, whatever is left: 21600 seconds by default. */
  readonly runTimeoutSeconds?: number
}
