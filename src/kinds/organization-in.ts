import type { JsonObject } from '../model/json.ts'
import { breakGlassOf } from './access-rules.ts'
import type { Organization } from './organization.ts'

type Documents = Readonly<Record<string, JsonObject>>

/** The Organization document among others, as a ledger and a saved plan hold them. */
export const organizationIn = (documents: Documents = {}): Organization | undefined =>
  Object.values(documents).find(({ kind }) => kind === 'Organization') as Organization | undefined

/** The break-glass accounts that documents name: folded addresses. */
export function breakGlassIn(documents: Documents | undefined): ReadonlySet<string> {
  const organization = organizationIn(documents)
  return organization === undefined ? new Set() : breakGlassOf(organization)
}
