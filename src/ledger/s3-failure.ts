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
  const known = [Code, code, name].find(text => isWord(text) && text !== 'Error')
  return {
    name: isWord(known) ? known : 'Error',
    status: typeof status === 'number' ? status : undefined,
    attempts: Number(metadata['attempts'] ?? 1),
  }
}

const isWord = (text: unknown): text is string => typeof text === 'string' && /^[A-Za-z0-9_.]{1,60}$/.test(text)

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
