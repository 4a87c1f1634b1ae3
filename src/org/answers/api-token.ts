import { present, textAt } from '../members.ts'
import { objectShape } from '../shape.ts'

/** An API token of a user (ref 3.2). */
export interface ApiToken {
  readonly id: string
  readonly label?: string
  /** `ALLOWED` or `BLOCKED`: the one echo of the token settings of policies. */
  readonly status?: string
  readonly createdAt?: string
  readonly expiresAt?: string
  readonly lastActiveAt?: string
  readonly accountId?: string
}

export const apiTokenShape = objectShape<ApiToken>('API tokens with an id', token => {
  const id = textAt(token, 'id')
  if (id === undefined) return undefined
  return present({
    id,
    label: textAt(token, 'label'),
    status: textAt(token, 'status'),
    createdAt: textAt(token, 'createdAt'),
    expiresAt: textAt(token, 'expiresAt'),
    lastActiveAt: textAt(token, 'lastActiveAt'),
    accountId: textAt(token, 'user', 'id'),
  })
})
