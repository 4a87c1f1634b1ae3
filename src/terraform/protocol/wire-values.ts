import type { Schema } from '../../blocks/schema.ts'
import { isValueObject, type Value, type ValueObject } from '../../blocks/value.ts'
import { decodeValue } from './decode-value.ts'
import type { DynamicTypes } from './dynamic-types.ts'
import { encodeValue } from './encode-value.ts'
import { wireFault } from './wire-fault.ts'
import { objectType, type WireType } from './wire-type.ts'

/** The message `DynamicValue`, as it comes; null where there is none. */
export type DynamicValue = { readonly msgpack: Uint8Array; readonly json: Uint8Array } | null

/** The values of one call, all of one schema. What types dynamic ones came with holds for those that go out. */
export interface WireValues {
  /** An object. Throws a wire fault for anything else. */
  readonly object: (value: DynamicValue) => ValueObject
  /** An object, or null where none is. */
  readonly objectOrNull: (value: DynamicValue) => ValueObject | null
  readonly encode: (value: Value) => { readonly msgpack: Uint8Array }
}

const typesOf = new WeakMap<Schema, WireType>()

export function wireValues(schema: Schema): WireValues {
  const type = typesOf.get(schema) ?? objectType(schema.attributes)
  typesOf.set(schema, type)
  const dynamic: DynamicTypes = new Map()
  const objectOrNull = (value: DynamicValue): ValueObject | null => {
    if (value === null || (value.msgpack.length === 0 && value.json.length === 0)) throw wireFault('is missing')
    if (value.msgpack.length === 0) throw wireFault('is JSON, not MessagePack')
    const decoded = decodeValue(value.msgpack, type, dynamic)
    if (decoded !== null && !isValueObject(decoded)) throw wireFault('must be an object')
    return decoded
  }
  return {
    objectOrNull,
    object: value => objectOrNull(value) ?? missing(),
    encode: value => ({ msgpack: encodeValue(value, type, dynamic) }),
  }
}

function missing(): never {
  throw wireFault('is missing')
}
