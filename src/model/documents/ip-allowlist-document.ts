// Made from the schemas of the kinds by `npm run generate`.

/** The addresses from which the apps can be reached. */
export interface IpAllowlistDocument {
  readonly kind: 'IpAllowlist'
  /** The name of the allowlist in Security → IP allowlists. Postern finds it by this name. */
  readonly name: string
  /** Whether the allowlist is in force. */
  readonly enabled?: boolean
  /** Addresses and ranges (CIDR) from which the apps can be reached. Leave yourself a way in. */
  readonly ranges: readonly string[]
  /** Whether mobile apps are let in from everywhere. */
  readonly allowMobileBypass?: boolean
  /** The sites that the allowlist guards, as Atlassian resource identifiers. */
  readonly resources?: readonly string[]
}
