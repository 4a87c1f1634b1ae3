/** The type of an attribute, in Terraform's words. `dynamic` takes any value and tells its type with it. */
export type AttributeType =
  | 'string'
  | 'number'
  | 'bool'
  | 'dynamic'
  | { readonly list: AttributeType }
  | { readonly set: AttributeType }
  | { readonly map: AttributeType }
  | { readonly object: Readonly<Record<string, AttributeType>> }

/** Attributes inside an attribute: one object, or a list, set or map of objects. */
export interface NestedType {
  readonly nesting: 'single' | 'list' | 'set' | 'map'
  readonly attributes: Attributes
  /** In documents an object that has nothing but this attribute is written as its bare value. */
  readonly shorthand?: string
}

/** One attribute. It has a type or nested attributes, never both. */
export interface Attribute {
  /** Markdown, for the registry and for editors. */
  readonly description: string
  readonly type?: AttributeType
  readonly nested?: NestedType
  readonly required?: true
  readonly optional?: true
  readonly computed?: true
  readonly sensitive?: true
  readonly writeOnly?: true
  readonly deprecated?: true
}

export type Attributes = Readonly<Record<string, Attribute>>

/** What a provider, resource or data source takes and shows. There are no nested blocks: everything is an attribute. */
export interface Schema {
  readonly version: number
  readonly description: string
  readonly attributes: Attributes
}
