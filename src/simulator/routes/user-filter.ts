import { domainOf, foldEmail } from '../../model/account.ts'
import type { Json, JsonObject } from '../../model/json.ts'
import { directoryOf, isListed, membershipAt, visibleRoles, type Account } from '../accounts.ts'
import { badBody, notFound } from '../refusal.ts'
import { textOf, textsOf, type Call } from '../route.ts'
import { compositeStatus, siteOf } from './user-json.ts'

/** The members of a users/search body that filter (ref 2.2); the count takes the same ones in its query. */
export const listFilters = [
  'accountIds',
  'directoryIds',
  'resourceIds',
  'groupIds',
  'roleIds',
  'emailDomains',
  'emails',
  'status',
  'accountStatus',
  'membershipStatus',
] as const

/** A query as the body that asks for the same: lists may repeat a name or be set apart by commas. */
export function filtersFromQuery(query: URLSearchParams): JsonObject {
  const body: Record<string, Json> = {}
  for (const name of listFilters)
    if (query.has(name)) body[name] = query.getAll(name).flatMap(value => value.split(','))
  for (const name of ['claimStatus', 'searchTerm']) if (query.has(name)) body[name] = query.get(name)
  if (query.has('mfaEnabled')) body['mfaEnabled'] = query.get('mfaEnabled') === 'true'
  return body
}

/** Which accounts a search finds: every filter must let them pass, an empty list filters nothing. */
export function userFilter(call: Call, body: JsonObject): (account: Account) => boolean {
  const { state, now, effects } = call
  const claimStatus = textOf(body, 'claimStatus')
  if (claimStatus !== undefined && claimStatus !== 'managed' && claimStatus !== 'unmanaged')
    throw badBody('claimStatus must be managed or unmanaged')
  const mfaEnabled = body['mfaEnabled']
  if (mfaEnabled !== undefined && typeof mfaEnabled !== 'boolean') throw badBody('mfaEnabled must be a boolean')
  const searchTerm = textOf(body, 'searchTerm')?.toLowerCase()
  if (searchTerm !== undefined && textsOf(body, 'emails') !== undefined)
    throw badBody('searchTerm and emails are mutually exclusive')

  const passes: ((account: Account) => boolean)[] = [isListed, ...inDirectory(call)]
  const oneOf = (
    name: (typeof listFilters)[number],
    valuesOf: (account: Account) => readonly (string | undefined)[],
  ): void => {
    const wanted = textsOf(body, name)
    if (wanted === undefined || wanted.length === 0) return
    const set = new Set<string | undefined>(
      name === 'emails' || name === 'emailDomains' ? wanted.map(foldEmail) : wanted,
    )
    passes.push(account => valuesOf(account).some(value => value !== undefined && set.has(value)))
  }
  if (claimStatus !== undefined) passes.push(({ managed }) => managed === (claimStatus === 'managed'))
  // The flag is defined for managed accounts only: neither value finds external ones.
  if (mfaEnabled !== undefined) passes.push(account => account.managed && account.mfaEnabled === mfaEnabled)
  if (searchTerm !== undefined)
    passes.push(({ name, email }) => name.toLowerCase().includes(searchTerm) || foldEmail(email).includes(searchTerm))
  oneOf('accountIds', ({ accountId }) => [accountId])
  oneOf('emails', ({ email }) => [foldEmail(email)])
  oneOf('emailDomains', ({ email }) => [domainOf(email)])
  oneOf('status', account => [compositeStatus(account)])
  oneOf('accountStatus', ({ accountStatus }) => [accountStatus])
  oneOf('membershipStatus', ({ membershipStatus }) => [membershipStatus])
  oneOf('directoryIds', account => [directoryOf(state, account)])
  oneOf('resourceIds', ({ products }) => products.map(product => siteOf(state, product)?.id))
  oneOf('groupIds', account => membershipAt(state, account, now - effects.stale).groups)
  oneOf('roleIds', account => [
    ...visibleRoles(state, account, now),
    ...(account.products.length > 0 ? ['atlassian/user'] : []),
  ])
  return account => passes.every(pass => pass(account))
}

/** The directory of the path: `-` stands for all of them (ref 2). */
function inDirectory(call: Call): ((account: Account) => boolean)[] {
  const { state } = call
  const directoryId = call.param('directoryId')
  if (directoryId === '-') return []
  if (!state.directories.some(({ id }) => id === directoryId)) throw notFound('ADMIN-404-1', 'no such directory')
  return [account => directoryOf(state, account) === directoryId]
}

const expandable = ['platformRoles', 'counts.resources', 'productAccess', 'groups']

/** What a search wants besides the plain members (ref 2.2). */
export function expansion(values: readonly string[] | undefined): ReadonlySet<string> {
  const unknown = values?.find(value => !expandable.includes(value))
  if (unknown !== undefined) throw badBody(`expand has no ${unknown}`)
  return new Set(values)
}
