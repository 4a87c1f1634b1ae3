import type { Organization } from '../kinds/organization.ts'
import { parseDuration } from '../model/duration.ts'
import type { Evidence } from '../model/evidence.ts'

/** Whether an identity provider asks everybody for a second factor, as far as somebody declared it. Only `yes` counts. */
export interface MfaDeclaration {
  readonly enforced: 'yes' | 'no' | 'expired' | 'undeclared'
  readonly evidence?: Evidence
  /** There is neither a day in the document nor in the ledger: it counts, and is shown as such. */
  readonly undated?: true
}

/** The declarations of one organization, by the name of the identity provider. */
export type MfaDeclarations = (provider: string) => MfaDeclaration

/** The name under which the ledger remembers when a declaration was first seen. Another value is another declaration. */
export const declarationKey = (provider: string, enforcesMfa: boolean): string =>
  `identityProviders/${provider}/enforcesMfa=${enforcesMfa}`

/** A declaration expires like evidence: counted from `declaredAt`, else from when the ledger first saw it (design 4). */
export function mfaDeclarations(
  { identityProviders = [], evidence }: Organization,
  seen: Readonly<Record<string, string>>,
  now: Date,
): MfaDeclarations {
  const life = (parseDuration(evidence?.expiresAfter ?? '90d') ?? 0) * 60_000
  const known = new Map(
    identityProviders.map(({ name, enforcesMfa, declaredAt }): readonly [string, MfaDeclaration] => {
      if (enforcesMfa === undefined) return [name, { enforced: 'undeclared' }]
      const day = declaredAt === undefined ? seen[declarationKey(name, enforcesMfa)] : `${declaredAt}T00:00:00.000Z`
      const proof: Evidence = {
        path: `identityProviders.${name}.enforcesMfa`,
        from: 'declaration',
        at: day ?? now.toISOString(),
      }
      if (!enforcesMfa) return [name, { enforced: 'no', evidence: proof }]
      if (day === undefined) return [name, { enforced: 'yes', evidence: proof, undated: true }]
      // A day that is still to come was not looked at.
      if (Date.parse(day) > now.getTime() + 86_400_000) return [name, { enforced: 'undeclared' }]
      const current = now.getTime() - Date.parse(day) <= life
      return [name, { enforced: current ? 'yes' : 'expired', evidence: proof }]
    }),
  )
  return provider => known.get(provider) ?? { enforced: 'undeclared' }
}
