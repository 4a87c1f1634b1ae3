import { compareText, formatAddress, parseAddress } from '../../model/address.ts'
import type { Json, JsonObject } from '../../model/json.ts'
import type { Pseudonyms } from './pseudonyms.ts'

/** Members of documents whose texts are names, or free text that may hold some. */
const namesUnder = new Set([
  'name',
  'logins',
  'owner',
  'reason',
  'ticket',
  'keyLabel',
  'groups',
  'group',
  'accountLists',
  'policies',
  'requirement',
  'directory',
  'directories',
  'identityProvider',
])

const domainsUnder = new Set(['domains', 'allowedDomains'])

/** A value with other addresses, names and domains in it; settings stay. `under` is the member that it stands under. */
export function redacted(value: Json, names: Pseudonyms, under = ''): Json {
  if (typeof value === 'string') {
    if (value.includes('@')) return names.account(value)
    if (namesUnder.has(under)) return names.name(value)
    return domainsUnder.has(under) ? names.domain(value) : value
  }
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return (value as readonly Json[]).map(item => redacted(item, names, under))
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, redacted(part, names, key)]))
}

/** Documents by address, as a ledger holds them. The two external user policies have their names from Atlassian. */
export const redactedDocuments = (documents: Readonly<Record<string, JsonObject>>, names: Pseudonyms): JsonObject =>
  Object.fromEntries(
    Object.entries(documents)
      .flatMap(([key, spec]): readonly (readonly [string, Json])[] => {
        const address = parseAddress(key)
        if (address === undefined) return []
        if (address.kind === 'ExternalUserPolicy') {
          const { name, ...rest } = spec
          return [[key, { ...(redacted(rest, names) as JsonObject), ...(name !== undefined && { name }) }]]
        }
        const other = formatAddress({ ...address, name: names.name(address.name) })
        return [[other, redacted(spec, names)]]
      })
      .sort(([a], [b]) => compareText(a, b)),
  )
