import type { Address } from '../model/address.ts'
import type { Field } from './field.ts'
import { isKindName, kindNamed } from './index.ts'

/** The fields that a person can look up in the console for one object, whether its document names them or not. */
export function consoleFieldsOf({ kind, name }: Address): readonly (readonly [path: string, field: Field])[] {
  if (!isKindName(kind)) return []
  return Object.entries(kindNamed(kind).fields).filter(
    ([path, { channel, compare }]) =>
      channel === 'console' &&
      compare !== 'declared' &&
      path !== 'name' &&
      // Only the test policy names its users (ref 5.2).
      !(kind === 'ExternalUserPolicy' && path === 'testUsers' && name !== 'test'),
  )
}
