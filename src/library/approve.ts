import type { Approval } from '../model/approval.ts'
import type { SavedPlan } from '../model/plan.ts'
import { approveWithCodes } from '../operations/approve.ts'
import { dateOf } from './clock.ts'
import { ledgerAt } from './open.ts'
import type { CallOptions, LiveOptions } from './options.ts'
import type { Outcome } from './outcome.ts'
import { told } from './told.ts'

/** Who approves what. */
export interface ApproveOptions extends Pick<LiveOptions, 'ledger'>, Pick<CallOptions, 'clock'> {
  /** Exactly this plan is approved: its digest is what is recorded. */
  readonly plan: SavedPlan
  /** The approvers, as the Organization document names them, each with the six digits that their authenticator app shows. */
  readonly codes: readonly { readonly approver: string; readonly code: string }[]
  /** Holds the secret of each approver as `POSTERN_APPROVER_<NAME>`: `process.env`, or what a secret store told. */
  readonly secrets: Readonly<Record<string, string | undefined>>
}

/** Records in the ledger that people agree to exactly this plan. All codes must be right; each is taken once. */
export async function approve(options: ApproveOptions): Promise<Outcome<readonly Approval[]>> {
  const ledger = ledgerAt(options.ledger)
  if (!ledger.ok) return told(ledger)
  const { plan, codes, secrets, clock } = options
  const otps = codes.map(({ approver, code }) => `${approver}:${code}`)
  return told(
    await approveWithCodes(otps, { plan, ledger: ledger.value, now: dateOf(clock), secrets: { env: secrets } }),
  )
}
