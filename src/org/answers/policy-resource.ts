import { present, textAt } from '../members.ts'
import { objectShape } from '../shape.ts'

/** An app that a control policy applies to (ref 1.3). */
export interface PolicyResource {
  /** The ARI of the app. */
  readonly id: string
  /** `validating`, `applying`, `applied`, `removing`, `failed`, `scheduled`; live also `enabled`. */
  readonly applicationStatus?: string
}

export const policyResourceShape = objectShape<PolicyResource>('resources with an id', resource => {
  const id = textAt(resource, 'id')
  if (id === undefined) return undefined
  const applicationStatus = textAt(resource, 'applicationStatus') ?? textAt(resource, 'attributes', 'applicationStatus')
  return present({ id, applicationStatus })
})
