import type { Json } from '../../model/json.ts'
import { booleanAt, listAt, present, textAt } from '../members.ts'
import { objectShape, type Shape } from '../shape.ts'

/** An account as the search shows it (ref 2.2), with no more than is needed: an organization may have half a million. */
export interface User {
  readonly accountId: string
  readonly email?: string
  readonly name?: string
  /** Composite of the next two. */
  readonly status?: string
  readonly accountStatus?: string
  readonly membershipStatus?: string
  /** `managed` or `unmanaged`: the switch between managed and external. */
  readonly claimStatus?: string
  readonly accountType?: string
  /** `invited` or `synced`; of managed accounts only. */
  readonly managementSource?: string
  /** Two-step verification on the account's own login; says something of managed accounts only. */
  readonly mfaEnabled?: boolean
  /** Only where it was asked for by `expand`; the same for the next two. */
  readonly platformRoles?: readonly string[]
  /** Keys of the apps. */
  readonly productAccess?: readonly string[]
  /** Ids of the groups. */
  readonly groups?: readonly string[]
  readonly addedToOrg?: string
  readonly lastActive?: string
}

/** The shape of one listing's users. Texts that recur among them are kept once. */
export function userShape(): Shape<User> {
  const known = new Map<string, string>()
  const shared = (text: string | undefined): string | undefined => {
    if (text === undefined) return undefined
    const first = known.get(text)
    if (first === undefined) known.set(text, text)
    return first ?? text
  }
  const names = (items: readonly Json[] | undefined, ...members: readonly string[]): readonly string[] | undefined =>
    items?.flatMap(item => shared(typeof item === 'string' ? item : firstText(item, members)) ?? [])

  return objectShape<User>('users with an accountId', user => {
    const accountId = textAt(user, 'accountId')
    if (accountId === undefined) return undefined
    const products = listAt(user, 'productAccess')
    return present({
      accountId,
      email: textAt(user, 'email'),
      name: textAt(user, 'name'),
      status: shared(textAt(user, 'status')),
      accountStatus: shared(textAt(user, 'accountStatus')),
      membershipStatus: shared(textAt(user, 'membershipStatus')),
      claimStatus: shared(textAt(user, 'claimStatus')),
      accountType: shared(textAt(user, 'accountType')),
      managementSource: shared(textAt(user, 'managementSource')),
      mfaEnabled: booleanAt(user, 'mfaEnabled'),
      platformRoles: names(listAt(user, 'platformRoles')),
      productAccess: names(products, 'key', 'productKey', 'id'),
      groups: names(listAt(user, 'groups'), 'id', 'groupId'),
      addedToOrg: textAt(user, 'addedToOrg'),
      lastActive: textAt(user, 'lastActive') ?? newest(products),
    })
  })
}

const firstText = (item: Json, members: readonly string[]): string | undefined =>
  members.map(member => textAt(item, member)).find(text => text !== undefined)

// Times of one spelling, RFC 3339 in UTC, order like their text.
const newest = (products: readonly Json[] | undefined): string | undefined =>
  products
    ?.flatMap(product => firstText(product, ['lastActive', 'lastActiveTimestamp', 'last_active']) ?? [])
    .sort()
    .at(-1)
