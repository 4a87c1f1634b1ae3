/** One account wherever a document names it. The id is absent where only an address is known. */
export interface AccountRef {
  readonly accountId?: string
  readonly email: string
}

/** Email addresses and domains compare without regard to case. */
export const foldEmail = (email: string): string => email.trim().toLowerCase()

/** The domain of an address, folded; empty where there is none. */
export const domainOf = (email: string): string => foldEmail(email).slice(email.trim().lastIndexOf('@') + 1)
