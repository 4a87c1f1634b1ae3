import { present, textAt } from '../members.ts'
import { objectShape } from '../shape.ts'

/** An API key of the organization. That its end is among the members is documented, their names are not (ref 3.2). */
export interface ApiKey {
  readonly id: string
  readonly label?: string
  readonly createdAt?: string
  readonly expiresAt?: string
  readonly createdBy?: string
}

export const apiKeyShape = objectShape<ApiKey>('API keys with an id', key => {
  const id = textAt(key, 'id')
  if (id === undefined) return undefined
  return present({
    id,
    label: textAt(key, 'label') ?? textAt(key, 'name'),
    createdAt: textAt(key, 'createdAt'),
    expiresAt: textAt(key, 'expiresAt') ?? textAt(key, 'expiry') ?? textAt(key, 'expirationDate'),
    createdBy: textAt(key, 'createdBy', 'id') ?? textAt(key, 'createdBy') ?? textAt(key, 'user', 'id'),
  })
})
