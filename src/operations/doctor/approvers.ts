import { count } from '../../diagnostics/wording.ts'
import { wordsOf } from '../../diagnostics/to-document.ts'
import { organizationIn } from '../../kinds/organization-in.ts'
import { protectionsOf } from '../../kinds/protections-of.ts'
import type { Desired } from '../../kinds/resource.ts'
import type { DoctorCheck } from '../../model/doctor-report.ts'
import { secretOf, type SecretSource } from '../approver-secrets.ts'
import type { LedgerState } from '../ledger-state.ts'
import { failed, listed, ok, warning } from './check.ts'

const check = 'approvers'

/** Whether those who may approve have a secret here that their codes can be checked with. It is read and not told. */
export async function approversCheck(
  desired: Desired,
  state: LedgerState | undefined,
  source: SecretSource,
): Promise<DoctorCheck> {
  const { approvals } = protectionsOf(organizationIn(state?.lastApplied?.documents), desired.organization.spec)
  const { approvers, loosening = 0, suspensions, everything, attestations } = approvals
  const wanted = Math.max(loosening, suspensions, everything)
  if (wanted === 0 && !attestations) return ok(check, 'the documents ask for no approval')
  if (approvers.length < Math.max(wanted, 1))
    return failed(
      check,
      `${count(Math.max(wanted, 1), 'approval')} may be needed, and ${approvers.length === 0 ? 'nobody may approve' : `only ${listed(approvers.map(({ name }) => name))} may approve`}`,
      'name more under `approvals.approvers` of the Organization document; one who was named since the last apply counts from the next on',
    )
  const secrets: { readonly name: string; readonly state: 'there' | 'none' | 'bad'; readonly why: string }[] = []
  // One after the other: a command that asks somebody asks them one thing at a time.
  for (const { name } of approvers) {
    const secret = await secretOf(name, source)
    const [problem] = secret.diagnostics
    secrets.push({
      name,
      state: secret.ok ? 'there' : problem?.code === 'approval/no-secret' ? 'none' : 'bad',
      why: problem === undefined ? '' : wordsOf(problem).summary,
    })
  }
  const bad = secrets.filter(({ state: found }) => found === 'bad')
  if (bad.length > 0)
    return failed(check, bad.map(({ why }) => why).join('; '), '`postern approve --enrol --as NAME` makes a new secret')
  const missing = secrets.filter(({ state: found }) => found === 'none').map(({ name }) => name)
  return missing.length === 0
    ? ok(check, `a secret is set for ${listed(secrets.map(({ name }) => name))}`)
    : warning(
        check,
        `no secret is set here for ${listed(missing)}`,
        'right where nothing is approved or applied. Else set POSTERN_APPROVER_<NAME>; `postern approve --enrol --as NAME` makes a secret',
      )
}
