import type { ResourceType } from './document-attributes.ts'

/** An attribute of another resource, such as `postern_authentication_policy.staff.document`. */
export interface Reference {
  readonly reference: string
}

/** A value in a configuration: JSON without null, or what another resource has. */
export type BlockValue = boolean | number | string | Reference | readonly BlockValue[] | BlockObject

export interface BlockObject {
  readonly [name: string]: BlockValue
}

/** One resource of a configuration. */
export interface ResourceBlock {
  readonly type: ResourceType
  readonly label: string
  readonly attributes: BlockObject
}

/**
 * Documents as a configuration of Terraform. Texts are as they are: whoever writes them into a file for Terraform escapes them (`escapeTemplate`), names of members too.
 */
export interface Blocks {
  readonly provider: { readonly organization_id?: string; readonly organization?: BlockObject }
  /** Sorted by type, then by label. */
  readonly resources: readonly ResourceBlock[]
}
