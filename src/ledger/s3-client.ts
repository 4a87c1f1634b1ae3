import type * as AwsS3 from '@aws-sdk/client-s3'
import { diagnostic } from '../diagnostics/diagnostic.ts'
import { codeOf } from './file-problem.ts'
import { LedgerError } from './ledger-error.ts'

type Sdk = typeof AwsS3

/** What the surroundings say of the server; the rest (credentials, profiles, regions) the SDK finds by itself. */
export type S3Environment = Readonly<Record<string, string | undefined>>

const connectionMilliseconds = 5_000
const requestMilliseconds = 20_000
const attempts = 4

/** The SDK and a client of it. It is large and only a ledger in a bucket needs it, so it is loaded here, where it is installed. */
export async function s3Client(
  environment: S3Environment,
  load: () => Promise<Sdk> = () => import('@aws-sdk/client-s3'),
) {
  // Else it warns, in each process on Node.js 20, of versions of itself that are still to come.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true'
  const sdk = await load().catch((error: unknown) => {
    if (!['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'].includes(codeOf(error) ?? '')) throw error
    throw new LedgerError(diagnostic('ledger/no-sdk', {}))
  })
  const endpoint = endpointIn(environment)
  const client = new sdk.S3Client({
    maxAttempts: attempts,
    retryMode: 'standard',
    // Servers other than Amazon's know neither buckets in host names nor the newer checksums.
    ...(endpoint !== undefined && { endpoint, forcePathStyle: true, ...regionFor(environment) }),
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: {
      connectionTimeout: connectionMilliseconds,
      requestTimeout: requestMilliseconds,
      throwOnRequestTimeout: true,
    },
  })
  return { sdk, client }
}

const regionFor = ({ AWS_REGION }: S3Environment) => (AWS_REGION ? {} : { region: 'us-east-1' })

/** The server that is not Amazon's. What is recorded names people, so it goes over https, except on this machine. */
function endpointIn(environment: S3Environment): string | undefined {
  const endpoint = [environment['AWS_ENDPOINT_URL_S3'], environment['AWS_ENDPOINT_URL']].find(text => Boolean(text))
  if (endpoint === undefined) return undefined
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined
  const loopback = url !== undefined && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname)
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback)) return endpoint
  throw new LedgerError(diagnostic('ledger/bad-endpoint', { origin: url === undefined ? '' : url.origin }))
}
