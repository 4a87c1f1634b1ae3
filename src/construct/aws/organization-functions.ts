import type { LambdaFunction } from './bindings.ts'
import { createFunction, type Shared } from './function.ts'
import { currentKey, prefixes } from './prefixes.ts'
import { allow, type Statement } from './statement.ts'

/** The two functions that look at an organization: one reads with one key, the other writes with another. */
export interface OrganizationFunctions {
  readonly drift: LambdaFunction
  readonly apply: LambdaFunction
}

/** Where the keys are: the ARNs that a function may read, and what it asks for. */
export interface SecretPlaces {
  readonly read: SecretPlace
  readonly write: SecretPlace
}

export interface SecretPlace {
  readonly arn: string
  /** The secret; of a fleet, what the names of all of them begin with. */
  readonly id: string
}

export function createOrganizationFunctions(shared: Shared, secrets: SecretPlaces): OrganizationFunctions {
  const { settings, names } = shared
  const { fleet, apiUrl } = settings
  const concurrency = fleet?.maxConcurrency ?? 1
  const environment = (secret: SecretPlace) => ({
    POSTERN_SECRET: secret.id,
    POSTERN_LEDGER: `s3://${settings.bucketName}/ledger`,
    POSTERN_FOLDER: settings.folder,
    POSTERN_FLEET: String(fleet !== undefined),
    ...(apiUrl !== undefined && { POSTERN_API_URL: apiUrl }),
  })
  const drift = createFunction(shared, 'drift', {
    description: 'Looks for drift; its API key only reads',
    timeout: settings.checkTimeoutSeconds,
    concurrency,
    retries: 1,
    rights: organizationRights(shared, secrets.read),
    environment: { ...environment(secrets.read), POSTERN_FAIL_ON: JSON.stringify(settings.alarmOn) },
  })
  const apply = createFunction(shared, 'apply', {
    description: 'Plans and applies the documents of one commit',
    timeout: settings.applyTimeoutSeconds,
    concurrency,
    // An event that the service repeats hours later would apply what nobody expects any more.
    retries: 0,
    rights: [
      ...organizationRights(shared, secrets.write),
      ...(fleet === undefined ? [allow('Commit', ['s3:PutObject'], [names.object(currentKey)])] : []),
    ],
    environment: { ...environment(secrets.write), POSTERN_APPLY_FLAGS: JSON.stringify(settings.applyFlags) },
  })
  return { drift, apply }
}

const organizationRights = ({ names }: Shared, secret: SecretPlace): readonly Statement[] => [
  allow('Read', ['s3:GetObject'], [names.objects(prefixes.documents), names.objects(prefixes.ledger)]),
  allow('Write', ['s3:PutObject'], [names.objects(prefixes.ledger), names.objects(prefixes.reports)]),
  // Without it S3 answers a request for an object that is not there with 403, which would read as a refusal. Limited to a prefix it would, too.
  allow('List', ['s3:ListBucket'], [names.bucketArn]),
  allow('ApiKey', ['secretsmanager:GetSecretValue'], [secret.arn]),
]
