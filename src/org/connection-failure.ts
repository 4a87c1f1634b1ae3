/** Facts of a call that brought no answer. */
export type ConnectionFailureFacts = Sent & (NoAnswer | TimedOut | Stopped)

interface NoAnswer {
  readonly kind: 'network'
  /** Why, in words; never text of the underlying error, which may hold headers. */
  readonly cause: string
}

interface TimedOut {
  readonly kind: 'timeout'
  readonly seconds: number
}

/** The run was stopped while the call was under way, or before. */
interface Stopped {
  readonly kind: 'stopped'
}

interface Sent {
  /** Whether the request may have reached the server. */
  readonly sent: 'no' | 'maybe'
  /** Trying again cannot help. */
  readonly lasting?: true
}

/** A call that brought no answer. Inside `org/` only: it leaves as an `OrgError`. */
export class ConnectionFailure extends Error {
  override readonly name = 'ConnectionFailure'
  readonly facts: ConnectionFailureFacts

  constructor(facts: ConnectionFailureFacts) {
    super(facts.kind)
    this.facts = facts
  }
}

// The request never left: these may always be repeated.
const notSent: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'the name server did not answer',
  EHOSTUNREACH: 'no route to the host',
  ENETUNREACH: 'no route to the network',
  UND_ERR_CONNECT_TIMEOUT: 'no connection in time',
}

const perhapsSent: Readonly<Record<string, string>> = {
  ECONNRESET: 'connection reset',
  EPIPE: 'connection closed',
  ETIMEDOUT: 'connection timed out',
  UND_ERR_SOCKET: 'connection closed',
  UND_ERR_HEADERS_TIMEOUT: 'no answer in time',
  UND_ERR_BODY_TIMEOUT: 'the answer stopped halfway',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'the answer was cut off',
  UND_ERR_RES_EXCEEDED_MAX_SIZE: 'the answer is too large',
}

/** What an error of the transport means, judged by its codes alone. */
export function connectionFailure(error: unknown): ConnectionFailure {
  if (error instanceof ConnectionFailure) return error
  const codes = codesOf(error)
  const unsent = codes.find(code => code in notSent)
  if (unsent !== undefined) return network(notSent[unsent] ?? unsent, 'no')
  const untrusted = codes.find(isCertificateCode)
  if (untrusted !== undefined) {
    const cause = `its certificate is not trusted, ${untrusted}`
    return new ConnectionFailure({ kind: 'network', cause, sent: 'no', lasting: true })
  }
  const known = codes.find(code => code in perhapsSent)
  return network(known === undefined ? (codes[0] ?? 'no answer') : (perhapsSent[known] ?? known), 'maybe')
}

const network = (cause: string, sent: 'no' | 'maybe'): ConnectionFailure =>
  new ConnectionFailure({ kind: 'network', cause, sent })

const isCertificateCode = (code: string): boolean =>
  /^(ERR_TLS_|CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH)/.test(code)

// `fetch` hides the code in a cause, a connection tried at several addresses in a list of errors.
function codesOf(error: unknown, depth = 0): readonly string[] {
  if (typeof error !== 'object' || error === null || depth > 4) return []
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown }
  return [
    ...(typeof code === 'string' && /^[A-Z][A-Z0-9_]*$/.test(code) ? [code] : []),
    ...codesOf(cause, depth + 1),
    ...(Array.isArray(errors) ? errors.flatMap(each => codesOf(each, depth + 1)) : []),
  ]
}
