import { readFileSync } from 'node:fs'
import protobuf from 'protobufjs'
import { packed, unpacked, type Plain, type PlainObject } from './plain-values.ts'

const { root } = protobuf.parse(readFileSync(new URL('tfplugin6.proto', import.meta.url), 'utf8'))

/** A diagnostic, its path written as people would. */
export interface Diagnostic {
  readonly severity: 'ERROR' | 'WARNING'
  readonly summary: string
  readonly detail: string
  readonly path: string
}

interface Diagnosed {
  readonly diagnostics: readonly Diagnostic[]
}

export interface AttributeMessage {
  readonly name: string
  readonly type: Uint8Array
  readonly description: string
  readonly nestedType: { readonly nesting: string; readonly attributes: readonly AttributeMessage[] } | null
  readonly required: boolean
  readonly optional: boolean
  readonly computed: boolean
  readonly sensitive: boolean
}

export interface SchemaMessage {
  readonly version: number
  readonly block: { readonly attributes: readonly AttributeMessage[]; readonly description: string }
}

interface Typed {
  readonly typeName: string
}

/** What is asked and answered, by call. Values are plain: they are packed and unpacked on the way. */
export interface Calls {
  GetMetadata: [object, Diagnosed & { readonly resources: readonly Typed[]; readonly dataSources: readonly Typed[] }]
  GetProviderSchema: [
    object,
    Diagnosed & {
      readonly provider: SchemaMessage
      readonly resourceSchemas: Readonly<Record<string, SchemaMessage>>
      readonly dataSourceSchemas: Readonly<Record<string, SchemaMessage>>
      readonly serverCapabilities: Readonly<Record<string, boolean>>
    },
  ]
  GetFunctions: [object, Diagnosed]
  ValidateProviderConfig: [{ readonly config: Plain }, Diagnosed]
  ConfigureProvider: [{ readonly config: Plain; readonly terraformVersion?: string }, Diagnosed]
  ValidateResourceConfig: [Typed & { readonly config: Plain }, Diagnosed]
  ValidateDataResourceConfig: [Typed & { readonly config: Plain }, Diagnosed]
  UpgradeResourceState: [
    Typed & { readonly version?: number; readonly rawState: unknown },
    Diagnosed & { readonly upgradedState: PlainObject | null },
  ]
  ReadResource: [
    Typed & { readonly currentState: Plain; readonly private?: Uint8Array },
    Diagnosed & { readonly newState: PlainObject | null; readonly private: Uint8Array },
  ]
  PlanResourceChange: [
    Typed & {
      readonly priorState: Plain
      readonly proposedNewState: Plain
      readonly config: Plain
      readonly priorPrivate?: Uint8Array
    },
    Diagnosed & {
      readonly plannedState: PlainObject | null
      readonly plannedPrivate: Uint8Array
      /** Paths, written as people would. */
      readonly requiresReplace: readonly string[]
    },
  ]
  ApplyResourceChange: [
    Typed & {
      readonly priorState: Plain
      readonly plannedState: Plain
      readonly config: Plain
      readonly plannedPrivate?: Uint8Array
    },
    Diagnosed & { readonly newState: PlainObject | null; readonly private: Uint8Array },
  ]
  ImportResourceState: [
    Typed & { readonly id: string },
    Diagnosed & {
      readonly importedResources: readonly (Typed & {
        readonly state: PlainObject | null
        readonly private: Uint8Array
      })[]
    },
  ]
  ReadDataSource: [Typed & { readonly config: Plain }, Diagnosed & { readonly state: PlainObject | null }]
  StopProvider: [object, { readonly error: string }]
}

export type CallName = keyof Calls

/** The fields of requests that hold a value. */
const values = ['config', 'priorState', 'proposedNewState', 'plannedState', 'currentState']

export function requestBytes(name: CallName, request: object): Uint8Array {
  const type = root.lookupType(`tfplugin6.${name}.Request`)
  const content = Object.fromEntries(
    Object.entries(request).map(([field, value]) => {
      if (field === 'rawState') return [field, { json: Buffer.from(JSON.stringify(value)) }]
      return [field, values.includes(field) ? { msgpack: packed(value as Plain) } : (value as unknown)]
    }),
  )
  return type.encode(type.fromObject(content)).finish()
}

export const readResponse = <Name extends CallName>(name: Name, bytes: Uint8Array): Calls[Name][1] =>
  readable(message(name, bytes)) as Calls[Name][1]

/** Only the diagnostics of an answer: its values may be what was sent, however broken. */
export const readDiagnostics = (name: CallName, bytes: Uint8Array): readonly Diagnostic[] =>
  readable(message(name, bytes)['diagnostics'] ?? []) as readonly Diagnostic[]

function message(name: CallName, bytes: Uint8Array): Readonly<Record<string, unknown>> {
  const type = root.lookupType(`tfplugin6.${name}.Response`)
  return type.toObject(type.decode(bytes), { defaults: true, longs: Number, enums: String })
}

interface Step {
  readonly attributeName?: string
  readonly elementKeyString?: string
  readonly elementKeyInt?: number
}

/** Values are unpacked and paths written out, wherever they are. */
function readable(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(readable)
  if (typeof part !== 'object' || part === null || part instanceof Uint8Array) return part
  if ('msgpack' in part && part.msgpack instanceof Uint8Array) return unpacked(part.msgpack)
  if ('steps' in part) return pathText(part.steps as readonly Step[])
  const members = Object.entries(part).map(([name, member]) => [name, readable(member)])
  const object = Object.fromEntries(members) as Record<string, unknown>
  if ('summary' in object) {
    const { attribute, ...diagnostic } = object
    return { ...diagnostic, path: attribute ?? '' }
  }
  return object
}

const pathText = (steps: readonly Step[]): string =>
  steps
    .map(({ attributeName, elementKeyString, elementKeyInt }) =>
      attributeName === undefined
        ? `[${elementKeyString === undefined ? (elementKeyInt ?? '') : JSON.stringify(elementKeyString)}]`
        : `.${attributeName}`,
    )
    .join('')
    .replace(/^\./, '')
