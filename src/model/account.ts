/** One account wherever a document names it. The id is absent where only an address is known. */
export interface AccountRef {
  readonly accountId?: string
  readonly email: string
}

/** Email addresses and domains compare without regard to case. */
export const foldEmail = (email: string): string => email.trim().toLowerCase()

/** The accounts that have one of these addresses, by it. Both are folded. */
export function withAddressIn<T extends { readonly email: string }>(
  accounts: readonly T[],
  addresses: ReadonlySet<string>,
): ReadonlyMap<string, T> {
  const found = new Map<string, T>()
  // Nearly always there are many accounts and few addresses, or none.
  for (const account of addresses.size === 0 ? [] : accounts) {
    const email = foldEmail(account.email)
    if (addresses.has(email)) found.set(email, account)
  }
  return found
}

/** The domain of an address, folded; empty where there is none. */
export const domainOf = (email: string): string => foldEmail(email).slice(email.trim().lastIndexOf('@') + 1)
