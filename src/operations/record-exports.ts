import type { ExportKind } from '../evidence/columns.ts'
import { isFromTheFuture, mergeFacts } from '../evidence/field-state.ts'
import type { Organization } from '../kinds/organization.ts'
import type { Ledger, StoredExports } from '../ledger/contract.ts'
import type { Fact } from '../model/evidence.ts'
import { grouped } from '../model/grouped.ts'
import { claimLedger } from './claim-ledger.ts'
import { rememberDeclarations } from './remember-declarations.ts'
import type { TakenExport } from './take-exports.ts'

/** Records exports as evidence of an organization. Throws a `LedgerError` for a ledger of another one. */
export async function recordExports(
  ledger: Ledger,
  organization: Pick<Organization, 'name' | 'id' | 'identityProviders'>,
  taken: readonly TakenExport[],
  now: Date,
): Promise<void> {
  const { name, id } = organization
  await claimLedger(ledger, { name, id })
  await rememberDeclarations(ledger, organization, now)
  await ledger.update('evidence', before => ({ facts: withExportedFacts(before?.facts ?? [], taken, now) }))
  await ledger.update('exports', before => withExports(before ?? {}, taken, now))
}

/** Stored facts and those of exports that were just taken. */
export const withExportedFacts = (stored: readonly Fact[], taken: readonly TakenExport[], now: Date): readonly Fact[] =>
  mergeFacts(
    stored,
    taken.flatMap(({ facts }) => facts),
    now,
  )

/** Stored exports and those that were just taken: of each kind the newest is kept. */
export const withExports = (stored: StoredExports, taken: readonly TakenExport[], now: Date): StoredExports =>
  taken.reduce((before, file) => withExport(before, file, now), stored)

function withExport(stored: StoredExports, { at, content: { kind, rows } }: TakenExport, now: Date): StoredExports {
  const key = {
    members: 'members',
    accounts: 'accounts',
    'external-users': 'externalUsers',
  } as const satisfies Readonly<Record<ExportKind, string>>
  const before = stored[key[kind]]
  if (before !== undefined && !isFromTheFuture(before, now) && Date.parse(before.at) > Date.parse(at)) return stored
  if (kind === 'accounts')
    return {
      ...stored,
      accounts: {
        at,
        rows: rows.map(({ accountId = '', singleSignOn = '', policyType = '' }) => ({
          accountId,
          singleSignOn,
          policyType,
        })),
      },
    }
  if (kind === 'external-users') {
    return {
      ...stored,
      externalUsers: {
        at,
        rows: rows.map(({ accountId = '', email = '', lastActive = '' }) => ({ accountId, email, lastActive })),
      },
    }
  }
  // Names are the organization's: one of them may be that of something every object has.
  const named = rows.filter(({ policyName = '', email = '' }) => policyName !== '' && email !== '')
  const policies = [...grouped(named, ({ policyName }) => policyName)].map(
    ([name, members]) => [name, members.map(({ email = '' }) => email)] as const,
  )
  return { ...stored, members: { at, policies: Object.fromEntries(policies) } }
}
