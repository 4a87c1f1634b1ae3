import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { isObject } from '../model/json.ts'

/** What was asked of the bucket when it failed. */
export interface S3Request {
  readonly task: 'read' | 'write' | 'list'
  /** The address of the object. */
  readonly object: string
}

/** What is known of a failure, without its message: that may hold parts of what was signed. */
export interface S3Failure {
  readonly name: string
  /** The answer's; undefined where none came. */
  readonly status: number | undefined
  /** How often it was tried, as far as the SDK tells. */
  readonly attempts: number
}

const credentials = new Set([
  'CredentialsProviderError',
  'TokenProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidAccessKeyId',
  'InvalidToken',
  'SignatureDoesNotMatch',
  'TokenRefreshRequired',
])

const regions = new Set(['PermanentRedirect', 'AuthorizationHeaderMalformed', 'IllegalLocationConstraintException'])

/** Failures of the way there, before anything was sent. */
const notSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'CredentialsProviderError', 'TokenProviderError'])

/** What an error of the SDK says of itself. */
export function s3Failure(error: unknown): S3Failure {
  const { name, code, Code, $metadata, $response } = (error ?? {}) as Readonly<Record<string, unknown>>
  const metadata: Readonly<Record<string, unknown>> = isObject($metadata) ? $metadata : {}
  const status = metadata['httpStatusCode'] ?? (isObject($response) ? $response['statusCode'] : undefined)
  // Errors of the network are called `Error`, and say in their code what they are.
  return {
    name: [Code, code, name].find(isKnown) ?? 'Error',
    status: typeof status === 'number' ? status : undefined,
    attempts: Number(metadata['attempts'] ?? 1),
  }
}

/** What is repeated in a message. A server that echoes a token as its code must not have it shown, so it is a list, and codes of the operating system. */
const isKnown = (text: unknown): text is string =>
  typeof text === 'string' &&
  (/^E[A-Z_]{3,15}$/.test(text) || credentials.has(text) || regions.has(text) || others.has(text))

const others = new Set([
  'AccessDenied',
  'BadDigest',
  'ConditionalRequestConflict',
  'Forbidden',
  'InternalError',
  'InvalidArgument',
  'InvalidBucketName',
  'InvalidRequest',
  'KMS.DisabledException',
  'MethodNotAllowed',
  'NetworkingError',
  'NoSuchBucket',
  'NoSuchKey',
  'NotFound',
  'NotImplemented',
  'OperationAborted',
  'PreconditionFailed',
  'QuotaExceeded',
  'RequestExpired',
  'RequestTimeTooSkewed',
  'RequestTimeout',
  'ServiceUnavailable',
  'SlowDown',
  'Throttling',
  'ThrottlingException',
  'TimeoutError',
  'TooManyRequestsException',
  'UnknownError',
])

/** Whether a write that failed so was surely not carried out: an attempt before the last one may have been, too. */
export const isSurelyNotWritten = ({ name, status, attempts }: S3Failure): boolean =>
  attempts <= 1 && (status === undefined ? notSent.has(name) : status < 500)

/** The failure as a diagnostic. */
export function s3Diagnostic({ task, object }: S3Request, failure: S3Failure, recorded: 'no' | 'maybe'): Diagnostic {
  const { name, status } = failure
  const facts = { task, object, name, ...(status !== undefined && { status }), recorded }
  if (credentials.has(name)) return diagnostic('ledger/no-credentials', facts)
  if (name === 'NoSuchBucket') return diagnostic('ledger/no-bucket', facts)
  if (name === 'RequestTimeTooSkewed' || name === 'RequestExpired') return diagnostic('ledger/clock-skew', facts)
  if (regions.has(name) || (status !== undefined && status >= 300 && status < 400))
    return diagnostic('ledger/wrong-region', facts)
  if (status === 401 || status === 403) return diagnostic('ledger/denied', facts)
  return diagnostic(status === undefined ? 'ledger/unreachable' : 'ledger/store-failed', facts)
}
