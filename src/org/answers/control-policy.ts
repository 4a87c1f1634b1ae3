import type { Json } from '../../model/json.ts'
import { at, listAt, present, textAt } from '../members.ts'
import { objectShape, readItems } from '../shape.ts'
import { policyResourceShape, type PolicyResource } from './policy-resource.ts'

/** A policy of the Control API (ref 1.3). Its type is open: unknown ones are served now and then. */
export interface ControlPolicy {
  readonly id: string
  readonly type: string
  readonly name?: string
  readonly status?: string
  /** An object as documented; live answers hold a list now and then. */
  readonly rule?: Json
  /** Only where they are embedded; otherwise they are asked for apart. */
  readonly resources?: readonly PolicyResource[]
  readonly metadata?: Json
}

export const controlPolicyShape = objectShape<ControlPolicy>('policies with an id and a type', policy => {
  const id = textAt(policy, 'id')
  const type = textAt(policy, 'attributes', 'type')
  if (id === undefined || type === undefined) return undefined
  const embedded = listAt(policy, 'attributes', 'resources')
  const resources = embedded && readItems(embedded, policyResourceShape.read)
  if (embedded !== undefined && resources === undefined) return undefined
  return present({
    id,
    type,
    name: textAt(policy, 'attributes', 'name'),
    status: textAt(policy, 'attributes', 'status'),
    rule: at(policy, 'attributes', 'rule'),
    resources,
    metadata: at(policy, 'attributes', 'metadata'),
  })
})
