import type { Json } from '../../model/json.ts'
import { at, listAt, numberAt } from '../members.ts'
import { isObject } from '../../model/json.ts'
import type { Shape } from '../shape.ts'

/** Numbers of users by role id and by account status (ref 2.2). */
export interface UserStats {
  readonly roles: Readonly<Record<string, number>>
  readonly accountStatus: Readonly<Record<string, number>>
}

/** The names of the members in the lists are not documented: the text in an entry is its name, the number its count. */
export const userStatsShape: Shape<UserStats> = {
  expected: 'user statistics',
  read: body => {
    const stats = at(body, 'data') ?? body
    const roles = listAt(stats, 'roles')
    const accountStatus = listAt(stats, 'accountStatus')
    return roles && accountStatus && { roles: counted(roles), accountStatus: counted(accountStatus) }
  },
}

/** A bare number, or one called `count`, with or without the envelope: the shape is not documented (ref 2.2). */
export const userCountShape: Shape<number> = {
  expected: 'a count',
  read: body => {
    const count = numberAt(body, 'count') ?? numberAt(body, 'data', 'count') ?? numberAt(body, 'data')
    return count ?? (typeof body === 'number' ? body : undefined)
  },
}

function counted(entries: readonly Json[]): Readonly<Record<string, number>> {
  return Object.fromEntries(
    entries.flatMap(entry => {
      const members = isObject(entry) ? Object.values(entry) : []
      const name = members.find(member => typeof member === 'string')
      const count = members.find(member => typeof member === 'number')
      return name === undefined || count === undefined ? [] : [[name, count] as const]
    }),
  )
}
