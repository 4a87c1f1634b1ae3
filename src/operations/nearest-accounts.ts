import { distance } from 'fastest-levenshtein'
import { foldEmail } from '../model/account.ts'
import { compareText } from '../model/address.ts'
import type { OrgReader } from '../org/reader.ts'

/** How many are offered, and how many letters may be wrong: a third of them. */
const offered = 3
const wrong = 1 / 3

/** The addresses of accounts that are spelled most like one that nobody has. */
export async function nearestAccounts(reader: OrgReader, email: string): Promise<readonly string[]> {
  const wanted = foldEmail(email)
  const found: { readonly email: string; readonly distance: number }[] = []
  for await (const page of reader.users({ expand: [] })) {
    for (const { email: other } of page) {
      if (other === undefined) continue
      const own = { email: other, distance: distance(wanted, foldEmail(other)) }
      if (own.distance <= wanted.length * wrong) found.push(own)
    }
    found.sort((a, b) => a.distance - b.distance || compareText(a.email, b.email))
    found.length = Math.min(found.length, offered)
  }
  return found.map(({ email: other }) => other)
}
