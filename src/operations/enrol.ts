import { secretBytes, secretVariable, writeSecret } from '../approvals/secret.ts'
import { isCode } from '../approvals/check-code.ts'
import type { Organization } from '../kinds/organization.ts'
import { failed, outcome, type Outcome } from '../diagnostics/outcome.ts'
import { notListed } from './approve.ts'
import { reservedName } from './approver-secrets.ts'
import { enrolmentUri, stepsOf } from './one-time-codes.ts'

/** A new secret of an approver. It is kept nowhere. */
export interface NewSecret {
  readonly secret: string
  /** What an authenticator app takes in. */
  readonly uri: string
  /** The variable and its value, as a secret store takes it. */
  readonly line: string
  /** Whether a code is one of the app at this time. */
  readonly proves: (code: string, now: Date) => boolean
}

/** Makes a secret for somebody whom the documents name as an approver, of random bytes that nobody can guess. */
export async function enrol(
  approver: string,
  { name, approvals }: Organization,
  randomBytes: (size: number) => Promise<Uint8Array>,
): Promise<Outcome<NewSecret>> {
  const approvers = (approvals?.approvers ?? []).map(({ logins = [], ...rest }) => ({ ...rest, logins }))
  if (!approvers.some(listed => listed.name === approver)) return failed(notListed(approver, approvers, false))
  const reserved = reservedName(approver)
  if (reserved !== undefined) return failed(reserved)
  const bytes = await randomBytes(secretBytes)
  const secret = writeSecret(bytes)
  const stepOf = await stepsOf(bytes)
  return outcome(
    {
      secret,
      uri: await enrolmentUri(name, approver, secret),
      line: `${secretVariable(approver)}=${secret}`,
      proves: (code, now) => isCode(code) && stepOf(code, now) !== undefined,
    },
    [],
  )
}
