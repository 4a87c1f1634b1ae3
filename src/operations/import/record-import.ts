import type { Organization } from '../../kinds/organization.ts'
import type { Desired } from '../../kinds/resource.ts'
import type { Ledger } from '../../ledger/contract.ts'
import { claimLedger } from '../claim-ledger.ts'
import type { LedgerState } from '../ledger-state.ts'
import { recordExports } from '../record-exports.ts'
import type { TakenExport } from '../take-exports.ts'
import type { Made } from './made.ts'

/** What an import leaves in the ledger. */
export interface Recording {
  readonly ledger: Ledger
  readonly organization: Pick<Organization, 'name' | 'id' | 'identityProviders'>
  readonly taken: readonly TakenExport[]
  /** The former names of documents by which somebody attested something, with the ids of their policies. */
  readonly formerNames: ReadonlyMap<string, string>
  readonly now: Date
}

/** Records the exports, and which policies were called otherwise. Without either the ledger is left alone. Throws a `LedgerError`. */
export async function recordImport({ ledger, organization, taken, formerNames, now }: Recording): Promise<void> {
  if (taken.length > 0) await recordExports(ledger, organization, taken, now)
  if (formerNames.size === 0) return
  await claimLedger(ledger, { name: organization.name, id: organization.id })
  await ledger.update('bindings', before => ({
    policies: { ...before?.policies, ...Object.fromEntries(formerNames) },
  }))
}

/** What an import has to record. A former name matters only where somebody attested something by it. */
export function recordingOf({
  ledger,
  now,
  taken,
  made,
  desired,
  state: { facts, bindings },
}: Pick<Recording, 'ledger' | 'now' | 'taken'> & {
  readonly made: Pick<Made, 'organization' | 'formerNames'>
  readonly desired: Desired | undefined
  readonly state: Pick<LedgerState, 'facts' | 'bindings'>
}): Recording {
  const attested = new Set(
    facts.flatMap(({ address: { kind, name }, from }) =>
      kind === 'AuthenticationPolicy' && from === 'attestation' ? [name] : [],
    ),
  )
  const formerNames = [...made.formerNames].filter(([name]) => attested.has(name) && !Object.hasOwn(bindings, name))
  return {
    ledger,
    now,
    taken,
    organization: desired?.organization.spec ?? made.organization,
    formerNames: new Map(formerNames),
  }
}
