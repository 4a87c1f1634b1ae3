import type { CodeCheck } from '../approvals/check-code.ts'

/** Seconds of one time step, and of the skew that clocks may have each way. */
const period = 30

/** Finds the time step of a code: RFC 6238 with SHA-1, six digits and 30 seconds, as authenticator apps have it, one step of skew each way. */
export async function stepsOf(secret: Uint8Array): Promise<CodeCheck['stepOf']> {
  const { verifySync } = await import('otplib/functional')
  return (token, now) => {
    const found = verifySync({
      secret,
      token,
      epoch: Math.floor(now.getTime() / 1000),
      epochTolerance: period,
      period,
      digits: 6,
      algorithm: 'sha1',
    })
    return found.valid && 'timeStep' in found ? found.timeStep : undefined
  }
}

/** What an authenticator app takes in, as text or as a QR code. */
export async function enrolmentUri(organization: string, approver: string, secret: string): Promise<string> {
  const { generateURI } = await import('otplib/functional')
  // A colon parts the issuer from the account: none may be in it.
  return generateURI({ issuer: `Postern ${organization.replaceAll(':', ' ')}`, label: approver, secret })
}
