import { declarationKey } from '../coverage/mfa-declaration.ts'
import type { Organization } from '../kinds/organization.ts'
import type { Ledger } from '../ledger/contract.ts'

/**
 * Remembers when a declaration that names no day was first seen: it expires counted from then (design 4). Written only where something is new, by the commands that
 * write to the ledger anyway.
 */
export async function rememberDeclarations(
  ledger: Ledger,
  { identityProviders = [] }: Pick<Organization, 'identityProviders'>,
  now: Date,
): Promise<void> {
  const undated = identityProviders.flatMap(({ name, enforcesMfa, declaredAt }) =>
    enforcesMfa === undefined || declaredAt !== undefined ? [] : [declarationKey(name, enforcesMfa)],
  )
  if (undated.length === 0) return
  const { seen = {} } = (await ledger.read('declarations')) ?? {}
  if (undated.every(key => seen[key] !== undefined)) return
  await ledger.update('declarations', before => ({
    seen: { ...Object.fromEntries(undated.map(key => [key, now.toISOString()])), ...before?.seen },
  }))
}
