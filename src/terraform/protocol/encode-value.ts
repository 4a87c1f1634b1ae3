import { encode as pack, ExtData } from '@msgpack/msgpack'
import { isValueObject, unknown, type Value, type ValuePath } from '../../blocks/value.ts'
import { typeFor, type DynamicTypes } from './dynamic-types.ts'
import { digitsOf } from './exact-number.ts'
import { wellFormed } from './wire-text.ts'
import { typeToJson, type WireType } from './wire-type.ts'

const unknownOnTheWire = new ExtData(0, Uint8Array.of(0))

/**
 * The MessagePack bytes of a value, as exactly its type: an attribute that the value lacks is null, one that the type lacks is left out. Throws where the value is of another type.
 */
export const encodeValue = (value: Value, type: WireType, types: DynamicTypes): Uint8Array =>
  pack(write(value, type, [], types), { sortKeys: true, maxDepth: 1000 })

function write(value: Value, type: WireType, path: ValuePath, types: DynamicTypes): unknown {
  if (type === 'dynamic') return writeDynamic(value, path, types)
  if (value === unknown) return unknownOnTheWire
  if (value === null) return null
  if (typeof type === 'string') return writePlain(value, type, path)
  if ('map' in type) {
    if (!isValueObject(value)) throw mismatch(path, 'a map')
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [
        wellFormed(name),
        write(member, type.map, [...path, { key: name }], types),
      ]),
    )
  }
  if ('object' in type) {
    if (!isValueObject(value)) throw mismatch(path, 'an object')
    return Object.fromEntries(
      Object.entries(type.object).map(([name, member]) => [
        name,
        write(Object.hasOwn(value, name) ? (value[name] ?? null) : null, member, [...path, { attribute: name }], types),
      ]),
    )
  }
  if (!Array.isArray(value)) throw mismatch(path, 'a list')
  const items: readonly Value[] = value
  if ('set' in type) return items.map(item => write(item, type.set, path, types))
  if ('list' in type) return items.map((item, index) => write(item, type.list, [...path, { index }], types))
  return type.tuple.map((member, index) => write(items[index] ?? null, member, [...path, { index }], types))
}

function writePlain(value: Value, type: 'string' | 'number' | 'bool', path: ValuePath): unknown {
  if (typeof value !== (type === 'bool' ? 'boolean' : type)) throw mismatch(path, `a ${type}`)
  if (typeof value === 'string') return wellFormed(value)
  if (typeof value !== 'number') return value
  if (!Number.isFinite(value)) throw mismatch(path, 'a finite number')
  // To Terraform, minus zero is another number than zero.
  return Number.isSafeInteger(value) ? value + 0 : digitsOf(value)
}

function writeDynamic(value: Value, path: ValuePath, types: DynamicTypes): unknown {
  const type = typeFor(types, path, value)
  if (type === 'dynamic') return value === null ? null : unknownOnTheWire
  return [new TextEncoder().encode(JSON.stringify(typeToJson(type))), write(value, type, path, types)]
}

/** A bug in the provider. It tells the place and not the value, which may be a secret. */
const mismatch = (path: ValuePath, wanted: string): Error =>
  new Error(`a value at ${JSON.stringify(path)} is not ${wanted}`)
