import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { failed, outcome, type Outcome } from '../diagnostics/outcome.ts'
import type { Desired } from '../kinds/resource.ts'
import type { Ledger } from '../ledger/contract.ts'
import { compareText } from '../model/address.ts'
import type { ObservedFile } from '../model/reports.ts'
import { attempt } from './attempt.ts'
import type { Connection } from './connection.ts'
import { recordExports } from './record-exports.ts'
import { observedFile, takeExports, type GivenExports, type TakenExport } from './take-exports.ts'

/** What observe needs. */
export interface ObserveOptions extends GivenExports {
  readonly desired: Desired
  readonly ledger: Ledger
  readonly now: Date
  /** Where a key is at hand: the organization itself says whether the accounts are its own. */
  readonly connection?: Connection | undefined
}

/** Takes console exports in as evidence. All files or none: the first problem leaves the ledger untouched. */
export async function observe(options: ObserveOptions): Promise<Outcome<readonly ObservedFile[]>> {
  const { desired, ledger, now, connection } = options
  const organization = desired.organization.spec
  const taken = await takeExports(options, { id: organization.id, domains: organization.domains, connection }, now)
  if (!taken.ok) return taken
  const diagnostics = [...taken.diagnostics, ...taken.value.flatMap(file => undeclared(file, desired))]
  const written = await attempt(() => recordExports(ledger, organization, taken.value, now))
  if (!written.ok) return failed(...diagnostics, ...written.diagnostics)
  return outcome(taken.value.map(observedFile), diagnostics)
}

function undeclared({ file, facts }: TakenExport, { AuthenticationPolicy }: Desired): readonly Diagnostic[] {
  const declared = new Set(AuthenticationPolicy.map(({ spec }) => spec.name))
  const policies = [...new Set(facts.map(({ address }) => address.name))]
    .filter(name => !declared.has(name))
    .sort(compareText)
  return policies.length === 0 ? [] : [diagnostic('evidence/undeclared-policies', { file, policies })]
}
