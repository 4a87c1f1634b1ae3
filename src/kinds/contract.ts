import type { Address } from '../model/address.ts'
import type { ApiRequest } from '../model/api-request.ts'
import type { FieldChange, UnprovenField } from '../model/change.ts'
import type { Json, JsonObject } from '../model/json.ts'
import type { ConsoleStep } from '../model/plan.ts'
import type { Fields } from './field.ts'

/** A policy object as the Control API serves it (ref 1.3), read leniently. */
export interface PolicyObject {
  readonly id: string
  readonly type: string
  readonly name?: string
  readonly status?: string
  readonly rule?: Json
}

/** One resource that a policy object is attached to. */
export interface PolicyResourceObject {
  readonly id: string
  readonly applicationStatus?: string
}

/** What a kind may read of the live organization. Each method is one operation of the Admin API. */
export interface Reader {
  controlPolicies(type: string): Promise<readonly PolicyObject[]>
  policyResources(policyId: string): Promise<readonly PolicyResourceObject[]>
}

/** An object as the API shows it. A path that is absent from `fields` could not be understood. */
export interface Observed {
  readonly address: Address
  readonly id: string
  readonly fields: Readonly<Record<string, Json>>
  /** As served, for requests that must send back what they don't change. */
  readonly raw: JsonObject
  /** The API is still carrying out an earlier write. */
  readonly settling?: true
}

/** A change of one object in the api channel. */
export type ApiChange<Spec> =
  | { readonly action: 'create'; readonly spec: Spec }
  | { readonly action: 'update'; readonly spec: Spec; readonly live: Observed; readonly fields: readonly FieldChange[] }
  | { readonly action: 'delete'; readonly live: Observed }

/** A change of one object in the console channel. */
export interface ConsoleChange<Spec> {
  readonly action: 'create' | 'update' | 'confirm'
  readonly spec: Spec
  readonly fields: readonly (FieldChange | UnprovenField)[]
}

/** What a kind needs to know to name requests and pages. */
export interface Surroundings {
  readonly organizationId: string
  /** Where the console is, without a slash at the end. */
  readonly consoleUrl: string
  /** The id of the object, where it has one and it is known. */
  readonly id?: string
  /** How many accounts the object holds now, where that is known. */
  readonly accounts?: number
}

/** A name that one document uses and another must declare. */
export interface Reference {
  /** Where the reference stands. */
  readonly path: readonly (string | number)[]
  readonly to: Address
}

/** Everything Postern knows of one kind of document. */
export interface Kind<Spec extends JsonObject = JsonObject> {
  readonly name: string
  readonly summary: string
  readonly schema: JsonObject
  readonly fields: Fields
  /** Names this document declares for others, besides its own. Like `references` it is asked of documents that lack what they need, too. */
  readonly declares: (spec: Partial<Spec>) => readonly Address[]
  readonly references: (spec: Partial<Spec>) => readonly Reference[]
  /** The objects of this kind that the API shows, absent where it shows none; `wanted` names those whose details matter. */
  readonly observe?: (reader: Reader, wanted: ReadonlySet<string> | 'all') => Promise<readonly Observed[]>
  /** The requests that carry a change out. Nothing is sent. */
  readonly write?: (change: ApiChange<Spec>, surroundings: Surroundings) => readonly ApiRequest[]
  /** How a person carries a change out. */
  readonly guide?: (change: ConsoleChange<Spec>, surroundings: Surroundings) => ConsoleStep
}
