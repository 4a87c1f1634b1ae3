import { diagnostic } from '../diagnostics/diagnostic.ts'
import { failed, outcome, type Outcome } from '../diagnostics/outcome.ts'
import type { Organization } from '../kinds/organization.ts'
import { organizationIn } from '../kinds/organization-in.ts'
import { protectionsOf } from '../kinds/protections-of.ts'
import type { Protections } from '../kinds/protections.ts'
import type { Ledger } from '../ledger/contract.ts'
import { notListed } from './approve.ts'
import { attempt } from './attempt.ts'
import { refuseForeign } from './claim-ledger.ts'
import { takeCodes, type GivenCode } from './take-codes.ts'

/** What an attestation takes: by the stricter of what was last applied and what the documents say. */
export async function attestationRules(
  ledger: Ledger,
  organization: Organization,
): Promise<Outcome<Protections['approvals']>> {
  return attempt(async () => {
    await refuseForeign(ledger, organization.id)
    const lastApplied = await ledger.read('last-applied')
    return protectionsOf(organizationIn(lastApplied?.documents), organization).approvals
  })
}

/** Why somebody cannot attest, whatever code they give. */
export function mayAttest(by: string, { attestations, approvers }: Protections['approvals']): Outcome<undefined> {
  return attestations && !approvers.some(({ name }) => name === by)
    ? failed(notListed(by, approvers, false))
    : outcome(undefined, [])
}

/** Takes the code of whoever attests, where one is demanded. */
export async function takeAttestersCode(
  by: string,
  code: Omit<GivenCode, 'approver'> | undefined,
  { rules, ledger, now }: { readonly rules: Protections['approvals']; readonly ledger: Ledger; readonly now: Date },
): Promise<Outcome<unknown>> {
  if (!rules.attestations) return outcome(undefined, [])
  const may = mayAttest(by, rules)
  if (!may.ok) return may
  if (code === undefined) return failed(diagnostic('approval/needs-code', { approver: by }))
  return takeCodes(ledger, [{ approver: by, ...code }], now)
}
