import type { ErrorObject } from 'ajv'
import type { KindName } from '../../kinds/index.ts'

interface Validator {
  (value: unknown): boolean
  readonly errors?: readonly ErrorObject[] | null
}

declare const validators: { readonly [K in KindName]: Validator }
export default validators
