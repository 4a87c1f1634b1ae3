import type { Schema } from '../blocks/schema.ts'
import type { Value, ValueObject, ValuePath } from '../blocks/value.ts'
import type { Json } from '../model/json.ts'

/** What Terraform shows a person: an error stops the operation, a warning does not. */
export interface Problem {
  readonly severity: 'error' | 'warning'
  /** One line. */
  readonly summary: string
  /** As many lines as it takes. */
  readonly detail?: string
  /** The part of the configuration that it is about; the whole block if left out. */
  readonly path?: ValuePath
}

export interface Problems {
  readonly problems: readonly Problem[]
}

/** Bytes that Terraform keeps beside a state or plan, and never looks into. */
export type Private = Uint8Array

/** A resource beside what it should become. `null` as `proposed` or `planned` is a destruction, as `prior` a creation. */
export interface PlanInput {
  readonly prior: ValueObject | null
  readonly proposed: ValueObject | null
  readonly config: ValueObject | null
  readonly private: Private
}

export interface Planned extends Problems {
  /** Null for a destruction. After an error it is not looked at. */
  readonly planned: ValueObject | null
  readonly private?: Private
  /** Attributes whose change takes a new object. */
  readonly requiresReplace?: readonly ValuePath[]
}

export interface ApplyInput {
  readonly prior: ValueObject | null
  readonly planned: ValueObject | null
  readonly config: ValueObject | null
  readonly private: Private
}

/** A state after a read or an apply; null where there is no object. */
export interface NewState extends Problems {
  readonly state: ValueObject | null
  readonly private?: Private
}

export interface ImportedResource {
  readonly type: string
  readonly state: ValueObject
  readonly private?: Private
}

/**
 * A provider, apart from the wire: values are decoded, problems are data. The names of types are known to be among the schemas. What is thrown is a bug, and is told as one error that says so.
 */
export interface Provider {
  readonly schemas: {
    readonly provider: Schema
    readonly resources: Readonly<Record<string, Schema>>
    readonly dataSources: Readonly<Record<string, Schema>>
  }
  validateProvider(config: ValueObject): Promise<readonly Problem[]>
  configure(config: ValueObject, terraformVersion: string): Promise<readonly Problem[]>
  validateResource(type: string, config: ValueObject): Promise<readonly Problem[]>
  validateDataSource(type: string, config: ValueObject): Promise<readonly Problem[]>
  /** Brings a state of an earlier schema version to the present one. It is asked on every refresh. */
  upgrade(type: string, version: number, state: Json): Promise<NewState>
  read(type: string, state: ValueObject, kept: Private): Promise<NewState>
  plan(type: string, input: PlanInput): Promise<Planned>
  apply(type: string, input: ApplyInput): Promise<NewState>
  import(type: string, id: string): Promise<Problems & { readonly imported: readonly ImportedResource[] }>
  readDataSource(type: string, config: ValueObject): Promise<Problems & { readonly state: Value }>
  /** Terraform was interrupted: what is under way ends after its present request. */
  stop(): void
  /** No call comes any more. Resolves once what was under way has ended. */
  close(): Promise<void>
}
