import { createHmac } from 'node:crypto'
import { foldEmail } from '../../model/account.ts'
import type { SnapshotMatch } from '../../model/snapshot.ts'

/** What a name is of: the same text as a domain and as a group is two names. Object names, groups and free text are `name`. */
export type NameClass = 'account' | 'domain' | 'name'

export const nameClasses: readonly NameClass[] = ['account', 'domain', 'name']

/** Under which digest a name can be found again. Accounts and domains compare without regard to case. */
export const digestOf = (salt: string, of: NameClass, text: string): string =>
  keyed(salt, of, of === 'name' ? text : foldEmail(text)).slice(0, 32)

const keyed = (key: string | Uint8Array, of: string, text: string): string =>
  createHmac('sha256', key).update(`${of}\0${text}`).digest('hex')

/** Gives names that stand for others. The same name always gets the same one, in this snapshot and in no other. */
export interface Pseudonyms {
  /** Stands for an address: `3f9a…@acme.com`, or with a stand-in for the domain too. */
  account(email: string): string
  accountId(id: string): string
  domain(name: string): string
  name(text: string): string
  /** The names that can be found again, by digest. */
  readonly known: () => Readonly<Record<string, string>>
  /** Digests of all that the documents named. */
  readonly answered: () => readonly string[]
}

/**
 * Stand-ins keyed by a secret that nobody keeps: whoever has the snapshot cannot try out guesses. Only the names in `named`, which the documents show anyway, get a digest keyed by the public salt as
 * well; with `everyone` every name does, and then a guess can be tried.
 */
export function pseudonyms(
  named: ReadonlySet<string>,
  { match, salt, secret }: { readonly match: SnapshotMatch; readonly salt: string; readonly secret: Uint8Array },
): Pseudonyms {
  const known = new Map<string, string>()
  const given = new Map<string, string>()
  const folded = new Set([...named].map(foldEmail))

  function standIn(of: NameClass, text: string, make: (key: string) => string): string {
    const key = of === 'name' ? text : foldEmail(text)
    const id = `${of}\0${key}`
    const before = given.get(id)
    if (before !== undefined) return before
    const made = make(keyed(secret, of, key))
    given.set(id, made)
    if (match === 'everyone' || (of === 'name' ? named : folded).has(key)) known.set(digestOf(salt, of, text), made)
    return made
  }

  const domain = (name: string): string => standIn('domain', name, key => `d-${key.slice(0, 16)}.invalid`)
  return {
    account: email =>
      standIn('account', email, key => `${key.slice(0, 16)}@${domain(email.slice(email.lastIndexOf('@') + 1))}`),
    accountId: id => `a-${keyed(secret, 'id', id).slice(0, 20)}`,
    domain,
    name: text => standIn('name', text, key => `n-${key.slice(0, 16)}`),
    known: () => Object.fromEntries([...known].sort(([a], [b]) => (a < b ? -1 : 1))),
    answered: () =>
      match === 'everyone' ? [] : [...named].flatMap(text => nameClasses.map(of => digestOf(salt, of, text))).sort(),
  }
}
