/** An attribute of another resource, such as `postern_authentication_policy.staff.document`. */
export interface ConfigurationReference {
  readonly reference: string
}

/** A value in a configuration of Terraform: JSON without null, or what another resource has. */
export type ConfigurationValue =
  boolean | number | string | ConfigurationReference | readonly ConfigurationValue[] | ConfigurationObject

/** Values by the names of attributes, or by the keys of a map. */
export interface ConfigurationObject {
  readonly [name: string]: ConfigurationValue
}

/** One resource of a configuration. */
export interface ConfigurationResource {
  /** Such as `postern_membership`. */
  readonly type: string
  readonly label: string
  readonly attributes: ConfigurationObject
}

/** Documents as a configuration of Terraform. Texts are as they are: whoever writes them for Terraform uses `escapeTemplate`, for keys of maps as well. */
export interface Configuration {
  readonly provider: { readonly organization_id?: string; readonly organization?: ConfigurationObject }
  /** Sorted by type, then by label. A resource that others refer to comes before them. */
  readonly resources: readonly ConfigurationResource[]
}
